package tools

import (
	"cmp"
	"encoding/json"
	"slices"
	"strings"

	"github.com/agentsdk-go/airbyte/connector"
	"github.com/agentsdk-go/airbyte/internal/action"
)

// capabilities is what a model is told about a connector: the operations that
// the policy permits.
type capabilities struct {
	connector *connector.Connector
	entities  []connector.Entity // empty: not known
	readOnly  bool               // the policy permits reads alone
}

// callable returns the operations that a tool can run. In open source mode a
// download gives a file, which is no tool's result.
func callable(c *connector.Connector) []connector.Entity {
	entities := c.Entities()
	if c.ID() != "" {
		return entities
	}
	kept := entities[:0]
	for _, e := range entities {
		e.Actions = slices.DeleteFunc(slices.Clone(e.Actions), func(a connector.Action) bool { return a.Name == "download" })
		if len(e.Actions) > 0 {
			kept = append(kept, e)
		}
	}
	return kept
}

// effect returns the most that the permitted operations may do; where they are
// not known, the worst is assumed.
func (c *capabilities) effect() connector.Effect {
	if len(c.entities) == 0 && !c.readOnly {
		return connector.Destroy
	}
	return worst(c.entities)
}

func (c *capabilities) has(entity, verb string) bool {
	_, ok := c.find(entity, verb)
	return ok
}

// find returns an operation that the policy permits.
func (c *capabilities) find(entity, verb string) (connector.Action, bool) {
	for _, e := range c.entities {
		if e.Name != entity {
			continue
		}
		for _, a := range e.Actions {
			if a.Name == verb {
				return a, true
			}
		}
	}
	return connector.Action{}, false
}

// effectOf is what one operation may do: what the connector says of it, or else
// what its name does.
func (c *capabilities) effectOf(entity, verb string) connector.Effect {
	a, _ := c.find(entity, verb)
	return cmp.Or(a.Effect, action.Of(verb))
}

// effectOfCall is the effect of the operation that arguments name, "" when they
// name none.
func (c *capabilities) effectOfCall(args json.RawMessage) connector.Effect {
	entity, verb := operationOf(args)
	if verb == "" {
		return ""
	}
	return c.effectOf(entity, verb)
}

// narrower says how to ask an operation for less, "" when there is no way.
func (c *capabilities) narrower(entity, verb string) string {
	a, _ := c.find(entity, verb)
	_, filters := parameter(a, "query")
	_, limits := parameter(a, "limit")
	_, windowed := parameter(a, "start_time")
	switch {
	case filters:
		return "narrow the filter, ask for fewer fields or a smaller limit"
	case limits:
		return "ask for a smaller limit"
	case windowed:
		return "ask for a shorter time window"
	case c.has(entity, action.ContextStoreSearch):
		return "use context_store_search of " + entity + " with a filter, few fields and a limit"
	default:
		return ""
	}
}

func (c *capabilities) entityNames() []string {
	names := make([]string, len(c.entities))
	for i := range c.entities {
		names[i] = c.entities[i].Name
	}
	return names
}

func actionNames(e connector.Entity) []string {
	names := make([]string, len(e.Actions))
	for i := range e.Actions {
		names[i] = e.Actions[i].Name
	}
	return names
}

// verbs returns the names of all actions, in the order they first occur.
func (c *capabilities) verbs() []string {
	var verbs []string
	for _, e := range c.entities {
		for _, a := range e.Actions {
			if !slices.Contains(verbs, a.Name) {
				verbs = append(verbs, a.Name)
			}
		}
	}
	return verbs
}

// searchable returns the names of the entities that the context store keeps.
func (c *capabilities) searchable() []string {
	var names []string
	for _, e := range c.entities {
		if c.has(e.Name, action.ContextStoreSearch) {
			names = append(names, e.Name)
		}
	}
	return names
}

// title is how texts call the connector.
func (c *capabilities) title() string {
	name := c.connector.Name()
	if name == "" {
		return "the connector"
	}
	return strings.ToUpper(name[:1]) + name[1:]
}

// can says what the permitted operations do to the customer's data.
func (c *capabilities) can() string {
	if c.effect() == connector.Read {
		return "Read"
	}
	return "Read and change"
}

// only returns what a tool of one operation can do.
func (c *capabilities) only(e connector.Entity, a connector.Action) *capabilities {
	e.Actions = []connector.Action{a}
	return &capabilities{connector: c.connector, entities: []connector.Entity{e}, readOnly: c.readOnly}
}
