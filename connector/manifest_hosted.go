package connector

import (
	"github.com/agentsdk-go/airbyte/internal/action"
	"github.com/agentsdk-go/airbyte/internal/manifest"
)

// hosted returns the entities as the hosted platform offers them.
func (m *Manifest) hosted() []Entity {
	entities := m.view(hostedActions)
	for i := range entities {
		entities[i].SearchFields = m.searchFields(entities[i].Name)
	}
	return entities
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

func (m *Manifest) searchFields(entity string) []SearchField {
	for i := range m.doc.Entities {
		if e := &m.doc.Entities[i]; e.Name == entity && e.Search != nil {
			fields := make([]SearchField, 0, len(e.Search.Fields))
			for _, f := range e.Search.Fields {
				fields = append(fields, SearchField(f))
			}
			return fields
		}
	}
	return nil
}
