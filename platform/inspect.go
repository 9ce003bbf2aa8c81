package platform

import (
	"context"
	"encoding/json"
	"net/http"
)

// Inspection says what is known of a connector besides its configuration. It
// does not list its actions: the skill document does, see [Client.SkillDocs].
// Ids are UUIDs, but for DocsSkillID.
type Inspection struct {
	ConnectorID    string            `json:"connector_id"` // of the connector asked about
	Name           string            `json:"name"`         // shown to people, such as "Pylon - default"
	WorkspaceID    string            `json:"workspace_id"`
	OrganizationID string            `json:"organization_id"`
	DefinitionID   string            `json:"source_definition_id"`      // of the connector's type
	DefinitionName string            `json:"source_definition_name"`    // such as "Pylon"; may be ""
	TemplateID     string            `json:"source_config_template_id"` // as Template.ID
	DocsSkillID    string            `json:"docs_skill_id"`             // for SkillDocs, passed on as it is
	Readiness      *Readiness        `json:"context_store_readiness"`   // nil when not said
	Warnings       []json.RawMessage `json:"warnings"`                  // as sent
}

// Readiness says which entities the context store can search: Supported are
// those it could hold, Configured those it was told to hold.
type Readiness struct {
	Supported  []SupportedEntity `json:"supported_context_store_entities"`
	Configured []CachedEntity    `json:"configured_cache_entities"`
}

// SupportedEntity is an entity that the context store could hold.
type SupportedEntity struct {
	Entity    string `json:"entity"`    // as ExecuteRequest names it
	Suggested bool   `json:"suggested"` // the platform advises to hold it
}

// CachedEntity is an entity that the context store holds, or is to hold.
type CachedEntity struct {
	Entity         string          `json:"entity"`                 // as ExecuteRequest names it
	Status         string          `json:"status"`                 // for people: the words are not documented
	ReadyForSearch bool            `json:"ready_for_search"`       // until then a search fails
	Supported      bool            `json:"supported"`              // the context store can hold it
	EntityCount    *int64          `json:"entity_count"`           // records held; nil: unknown
	UpdatedAt      string          `json:"updated_at"`             // ISO 8601; "" when not said
	SemanticSearch json.RawMessage `json:"semantic_search_status"` // as sent
}

// InspectConnector returns what is known of a connector.
func (c *Client) InspectConnector(ctx context.Context, id string) (*Inspection, error) {
	const op = "inspect connector"
	if err := checkID(op, "connector id", id); err != nil {
		return nil, err
	}
	return fetch[Inspection](ctx, c, &call{
		op:     op,
		method: http.MethodGet,
		url:    c.endpoint(nil, "integrations", "connectors", id, "inspect"),
	})
}
