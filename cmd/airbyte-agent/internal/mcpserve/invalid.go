package mcpserve

import (
	"slices"
	"strconv"
	"strings"

	"github.com/agentsdk-go/airbyte/cmd/airbyte-agent/internal/failure"
	"github.com/agentsdk-go/airbyte/connector"
	"github.com/agentsdk-go/airbyte/internal/suggest"
)

// invalid says what there is where the error is that of --allow or --deny.
func (f *toolFlags) invalid(conn *connector.Connector, err error) error {
	e := failure.InvalidOption(err)
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
