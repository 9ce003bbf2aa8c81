package platform

import (
	"context"
	"encoding/json"
	"net/http"
)

// Inspection says what is known of a connector besides its configuration. It
// does not list its actions: the skill document does, see [Client.SkillDocs].
type Inspection struct {
	ConnectorID    string            `json:"connector_id"`
	Name           string            `json:"name"`
	WorkspaceID    string            `json:"workspace_id"`
	OrganizationID string            `json:"organization_id"`
	DefinitionID   string            `json:"source_definition_id"`
	DefinitionName string            `json:"source_definition_name"`
	TemplateID     string            `json:"source_config_template_id"`
	DocsSkillID    string            `json:"docs_skill_id"` // for SkillDocs, passed on as it is
	Readiness      *Readiness        `json:"context_store_readiness"`
	Warnings       []json.RawMessage `json:"warnings"` // as sent
}

// Readiness says which entities the context store can search.
type Readiness struct {
	Supported  []SupportedEntity `json:"supported_context_store_entities"`
	Configured []CachedEntity    `json:"configured_cache_entities"`
}

// SupportedEntity is an entity that the context store could hold.
type SupportedEntity struct {
	Entity    string `json:"entity"`
	Suggested bool   `json:"suggested"`
}

// CachedEntity is an entity that the context store holds, or is to hold.
type CachedEntity struct {
	Entity         string          `json:"entity"`
	Status         string          `json:"status"`
	ReadyForSearch bool            `json:"ready_for_search"`
	Supported      bool            `json:"supported"`
	EntityCount    *int64          `json:"entity_count"` // nil: unknown
	UpdatedAt      string          `json:"updated_at"`
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
