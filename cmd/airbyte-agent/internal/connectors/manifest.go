package connectors

import (
	"encoding/json"

	"github.com/agentsdk-go/airbyte/cmd/airbyte-agent/internal/target"
	"github.com/agentsdk-go/airbyte/connector"
	"github.com/agentsdk-go/airbyte/internal/envelope"
)

type description struct {
	Name         string `json:"name"`
	Title        string `json:"title"`
	Version      string `json:"version"`
	DefinitionID string `json:"definition_id"`
	Schema       schema `json:"schema"`
}

type schema struct {
	Entities []entity `json:"entities"`
}

type entity struct {
	Name        string          `json:"name"`
	Description string          `json:"description,omitempty"`
	WhenToUse   string          `json:"when_to_use,omitempty"`
	Actions     []action        `json:"actions"`
	Record      json.RawMessage `json:"record,omitempty"` // JSON Schema
}

type action struct {
	Name        string      `json:"name"`
	Description string      `json:"description,omitempty"`
	Effect      string      `json:"effect"` // read, write or destroy
	Signature   string      `json:"signature"`
	Parameters  []parameter `json:"parameters"`
}

type parameter struct {
	Name        string            `json:"name"`
	Type        string            `json:"type,omitempty"`
	Format      string            `json:"format,omitempty"`
	Required    bool              `json:"required"`
	Description string            `json:"description,omitempty"`
	Enum        []json.RawMessage `json:"enum,omitempty"`
	Default     json.RawMessage   `json:"default,omitempty"`
	Items       json.RawMessage   `json:"items,omitempty"`
	Schema      json.RawMessage   `json:"schema,omitempty"`
}

// describeManifest tells what a connector can do in direct mode. It needs
// neither credentials nor the service.
func describeManifest(t *target.Target) (json.RawMessage, error) {
	m, err := t.LoadManifest()
	if err != nil {
		return nil, err
	}
	out := description{Name: m.Name(), Title: m.Title(), Version: m.Version(), DefinitionID: m.DefinitionID()}
	out.Schema.Entities = []entity{}
	for _, e := range m.DirectEntities() {
		out.Schema.Entities = append(out.Schema.Entities, entityOf(&e))
	}
	return envelope.Marshal(out)
}

func entityOf(e *connector.Entity) entity {
	out := entity{Name: e.Name, Description: e.Description, WhenToUse: e.WhenToUse, Actions: []action{}, Record: e.Schema}
	for _, a := range e.Actions {
		described := action{
			Name:        a.Name,
			Description: a.Description,
			Effect:      string(a.Effect),
			Signature:   a.ShortSignature(e.Name),
			Parameters:  []parameter{},
		}
		for i := range a.Parameters {
			described.Parameters = append(described.Parameters, parameterOf(&a.Parameters[i]))
		}
		out.Actions = append(out.Actions, described)
	}
	return out
}

func parameterOf(p *connector.Parameter) parameter {
	return parameter{
		Name:        p.Name,
		Type:        p.Type,
		Format:      p.Format,
		Required:    p.Required,
		Description: p.Description,
		Enum:        p.Enum,
		Default:     p.Default,
		Items:       p.Items,
		Schema:      p.Schema,
	}
}
