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

// view is how one mode sees a manifest: show fills in what the mode has of an
// entity. One without actions is left out.
func (m *Manifest) view(show func(*manifest.Entity, *Entity)) []Entity {
	entities := make([]Entity, 0, len(m.doc.Entities))
	for i := range m.doc.Entities {
		e := &m.doc.Entities[i]
		seen := Entity{
			Name:             e.Name,
			Description:      e.Summary,
			WhenToUse:        e.WhenToUse,
			SearchStrategy:   e.SearchStrategy,
			ExampleQuestions: e.ExampleQuestions,
			Relationships:    relationships(e.Relationships),
			Schema:           e.Schema,
		}
		if show(e, &seen); len(seen.Actions) > 0 {
			entities = append(entities, seen)
		}
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
