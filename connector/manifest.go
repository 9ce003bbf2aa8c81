package connector

import (
	"strings"

	"github.com/agentsdk-go/airbyte/internal/action"
	"github.com/agentsdk-go/airbyte/internal/catalog"
	"github.com/agentsdk-go/airbyte/internal/manifest"
)

// Manifest describes a connector: its entities and what can be done with them.
// It is read-only and safe for concurrent use.
type Manifest struct {
	doc *manifest.Document
}

// LookupManifest returns an embedded manifest by its name, its title or its
// Airbyte definition id, ignoring case. The one embedded is "pylon".
func LookupManifest(name string) (*Manifest, bool) {
	doc, ok := catalog.Lookup(strings.TrimSpace(name))
	if !ok {
		return nil, false
	}
	return &Manifest{doc: doc}, true
}

// Name returns the connector's short name, such as "pylon".
func (m *Manifest) Name() string { return m.doc.Name }

// Title returns the connector's display name.
func (m *Manifest) Title() string { return m.doc.Title }

// Version returns the version of the connector that the manifest describes.
func (m *Manifest) Version() string { return m.doc.Version }

// DefinitionID returns the id under which Airbyte knows the connector's type.
func (m *Manifest) DefinitionID() string { return m.doc.DefinitionID }

// Entities returns what the hosted platform offers of the connector, in the
// manifest's order. The elements must not be changed.
func (m *Manifest) Entities() []Entity { return m.hosted() }

// hosted returns the entities as the hosted platform offers them.
func (m *Manifest) hosted() []Entity {
	entities := make([]Entity, 0, len(m.doc.Entities))
	for i := range m.doc.Entities {
		e := &m.doc.Entities[i]
		actions := hostedActions(e)
		if len(actions) == 0 {
			continue
		}
		entities = append(entities, Entity{
			Name:             e.Name,
			Description:      e.Summary,
			WhenToUse:        e.WhenToUse,
			SearchStrategy:   e.SearchStrategy,
			ExampleQuestions: e.ExampleQuestions,
			Actions:          actions,
			Relationships:    relationships(e.Relationships),
			SearchFields:     searchFields(e.Search),
			Schema:           e.Schema,
		})
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
		p := &declared[i]
		if p.DirectOnly || p.In == "header" {
			continue
		}
		params = append(params, Parameter{
			Name:        p.Name,
			In:          p.In,
			Type:        p.Type,
			Format:      p.Format,
			Description: p.Description,
			Required:    p.Required,
			Enum:        p.Enum,
			Examples:    p.Examples,
			Default:     p.Default,
			Items:       p.Items,
		})
	}
	return params
}

func relationships(declared []manifest.Relationship) []Relationship {
	out := make([]Relationship, 0, len(declared))
	for _, r := range declared {
		out = append(out, Relationship(r))
	}
	return out
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
