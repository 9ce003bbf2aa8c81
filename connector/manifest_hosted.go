package connector

import (
	"github.com/agentsdk-go/airbyte/internal/action"
	"github.com/agentsdk-go/airbyte/internal/manifest"
)

// hosted returns the entities as the hosted platform offers them.
func (m *Manifest) hosted() []Entity {
	return m.view(func(e *manifest.Entity, seen *Entity) {
		seen.Actions, seen.SearchFields = hostedActions(e), searchFields(e.Search)
	})
}

func hostedActions(e *manifest.Entity) []Action {
	actions := make([]Action, 0, len(e.Operations)+1)
	for i := range e.Operations {
		op := &e.Operations[i]
		if op.DirectOnly {
			continue
		}
		actions = append(actions, Action{
			Name:        op.Action,
			Description: op.Description,
			Effect:      action.Of(op.Action),
			Parameters:  hostedParameters(op.Parameters),
		})
	}
	if e.Search != nil {
		actions = append(actions, searchAction(e.Name))
	}
	return actions
}

func hostedParameters(declared []manifest.Parameter) []Parameter {
	params := make([]Parameter, 0, len(declared))
	for i := range declared {
		if p := &declared[i]; !p.DirectOnly && p.In != "header" {
			params = append(params, newParameter(p))
		}
	}
	return params
}

func searchFields(s *manifest.Search) []SearchField {
	if s == nil {
		return nil
	}
	fields := make([]SearchField, 0, len(s.Fields))
	for _, f := range s.Fields {
		fields = append(fields, SearchField(f))
	}
	return fields
}
