package execute

import (
	"slices"
	"strings"

	"github.com/agentsdk-go/airbyte/cmd/airbyte-agent/internal/failure"
	"github.com/agentsdk-go/airbyte/connector"
	"github.com/agentsdk-go/airbyte/internal/suggest"
)

// isPlatforms reports whether an action is the platform's own, which it has for
// connectors whether their manifests name it or not.
func (c call) isPlatforms() bool {
	return c.entity == "" || c.action == "describe" || c.action == "sql_select" || strings.HasPrefix(c.action, "context_store_")
}

// check refuses an operation that is not among the entities, and names what may
// have been meant. Without entities nothing is known.
func (c call) check(entities []connector.Entity) *failure.Error {
	if len(entities) == 0 || c.isPlatforms() {
		return nil
	}
	i := slices.IndexFunc(entities, func(e connector.Entity) bool { return e.Name == c.entity })
	if i < 0 {
		names := make([]string, 0, len(entities))
		for j := range entities {
			names = append(names, entities[j].Name)
		}
		return c.unknown("entity", c.entity, names)
	}
	actions := make([]string, 0, len(entities[i].Actions))
	for j := range entities[i].Actions {
		actions = append(actions, entities[i].Actions[j].Name)
	}
	if slices.Contains(actions, c.action) {
		return nil
	}
	return c.unknown("action", c.action, actions)
}

func (c call) unknown(what, got string, known []string) *failure.Error {
	e := failure.Invalid("execute %s: unknown %s %q", c, what, got).
		WithHint("use one of the candidates; to send it all the same, because the platform may know more than this program, add --yes")
	e.DidYouMean, e.Candidates = suggest.Nearest(got, known), known
	return e
}
