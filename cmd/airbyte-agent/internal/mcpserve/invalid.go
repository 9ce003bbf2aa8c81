package mcpserve

import (
	"regexp"
	"slices"
	"strconv"
	"strings"

	"github.com/agentsdk-go/airbyte/cmd/airbyte-agent/internal/failure"
	"github.com/agentsdk-go/airbyte/connector"
	"github.com/agentsdk-go/airbyte/internal/suggest"
)

// value is a flag with its value as the packages write them: as a call.
var value = regexp.MustCompile(`^(--[a-z-]+)\("?(.*?)"?\): `)

// invalid is an error of the packages tools and mcp in the words of the command
// line, without what only a program's author cares for.
func invalid(err error) *failure.Error {
	text := strings.TrimSuffix(failure.From(err).Message, ": "+connector.ErrConfig.Error())
	text = strings.TrimPrefix(strings.TrimPrefix(text, "tools: "), "mcp: ")
	return failure.Invalid("%s", value.ReplaceAllString(text, "$1 $2: "))
}

// invalid says what there is where the error is that of --allow or --deny.
func (f *toolFlags) invalid(conn *connector.Connector, err error) error {
	e := invalid(err)
	globs := slices.Concat(f.allow, f.deny)
	if len(globs) == 0 {
		return e
	}
	e.Hint = "airbyte-agent connectors describe shows the operations of " + conn.Name()
	if f.readOnly {
		e.Hint += "; --read-only leaves out those that change data"
	}
	for _, glob := range globs {
		if strings.Contains(err.Error(), strconv.Quote(glob)) {
			e.DidYouMean, e.Candidates = operationsNear(glob, conn)
		}
	}
	return e
}

// operationsNear returns the glob that was meant, or where none is near all of
// them, one for each entity.
func operationsNear(glob string, conn *connector.Connector) (meant string, all []string) {
	var words []string
	for _, entity := range conn.Entities() {
		all = append(all, entity.Name+".*")
		words = append(words, entity.Name+".*", entity.Name)
		for _, action := range entity.Actions {
			words = append(words, entity.Name+"."+action.Name)
		}
	}
	meant = suggest.Nearest(glob, words)
	switch {
	case meant == "":
		return "", all
	case !strings.Contains(meant, "."):
		meant += ".*" // an entity stands for all that it can do
	}
	return meant, nil
}
