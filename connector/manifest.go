package connector

import (
	"strings"

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
// manifest's order; DirectEntities is what Open gives. The elements must not be
// changed.
func (m *Manifest) Entities() []Entity { return m.hosted() }

// DirectEntities returns what the service itself offers, as Open gives it
// without any configuration, in the manifest's order. The elements must not be
// changed.
func (m *Manifest) DirectEntities() []Entity {
	return m.direct(func(*manifest.Parameter) bool { return false })
}

// view is how one mode sees a manifest. An entity without actions in it is left
// out.
func (m *Manifest) view(actions func(*manifest.Entity) []Action) []Entity {
	entities := make([]Entity, 0, len(m.doc.Entities))
	for i := range m.doc.Entities {
		e := &m.doc.Entities[i]
		offered := actions(e)
		if len(offered) == 0 {
			continue
		}
		entities = append(entities, Entity{
			Name:             e.Name,
			Description:      e.Summary,
			WhenToUse:        e.WhenToUse,
			SearchStrategy:   e.SearchStrategy,
			ExampleQuestions: e.ExampleQuestions,
			Actions:          offered,
			Relationships:    relationships(e.Relationships),
			Schema:           e.Schema,
		})
	}
	return entities
}

func relationships(declared []manifest.Relationship) []Relationship {
	out := make([]Relationship, 0, len(declared))
	for _, r := range declared {
		out = append(out, Relationship{
			Target: r.Target, ForeignKey: r.ForeignKey, TargetKey: r.TargetKey, Cardinality: r.Cardinality, Description: r.Description,
		})
	}
	return out
}

// operation is the one that an entity and an action name, nil when the service
// itself has none.
func (m *Manifest) operation(entity, action string) *manifest.Operation {
	for i := range m.doc.Entities {
		e := &m.doc.Entities[i]
		if e.Name != entity {
			continue
		}
		for j := range e.Operations {
			if e.Operations[j].Action == action {
				return &e.Operations[j]
			}
		}
	}
	return nil
}

// newParameter is what both modes say of a parameter.
func newParameter(p *manifest.Parameter) Parameter {
	return Parameter{
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
		Nullable:    p.Nullable,
		Schema:      p.Schema,
		TypeName:    p.Ref,
	}
}
