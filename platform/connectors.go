package platform

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"net/http"
	"net/url"
)

// Connector is a configured connection to one service, in one workspace. Raw
// members and timestamps (ISO 8601) are as sent; a list leaves ReplicationConfig
// and Entities out.
type Connector struct {
	ID                string // for Execute and all else that takes a connector id
	Name              string // shown to people, such as "Pylon - default"
	Template          Template
	ReplicationConfig json.RawMessage
	Entities          json.RawMessage
	CreatedAt         string
	UpdatedAt         string
}

// Template is what a connector was made from.
type Template struct {
	ID                   string // as CreateConnectorRequest.TemplateID takes it
	Name                 string // display name of the type, such as "Pylon"
	ConnectorName        string // slug; may be empty
	DefinitionID         string
	OrganizationID       string // "" for Airbyte's own templates
	Icon                 string
	Tags                 []string
	Mode                 string // "DIRECT", "REPLICATION" or "MULTI"
	RuntimeMode          string
	SupportsContextStore *bool // nil when not said
}

// UnmarshalJSON reads a connector of a list and one fetched by itself, whose
// template has another name. A text that arrives as a number is kept as one.
func (c *Connector) UnmarshalJSON(b []byte) error {
	var wire struct {
		ID                words           `json:"id"`
		Name              words           `json:"name"`
		Summary           *Template       `json:"summarized_source_template"`
		Detail            *Template       `json:"source_template"`
		ReplicationConfig json.RawMessage `json:"replication_config"`
		Entities          json.RawMessage `json:"entities"`
		CreatedAt         words           `json:"created_at"`
		UpdatedAt         words           `json:"updated_at"`
	}
	if err := json.Unmarshal(b, &wire); err != nil {
		return err
	}
	if wire.ID == "" {
		return errors.New("a connector has no id")
	}
	*c = Connector{
		ID:                string(wire.ID),
		Name:              string(wire.Name),
		ReplicationConfig: wire.ReplicationConfig,
		Entities:          wire.Entities,
		CreatedAt:         string(wire.CreatedAt),
		UpdatedAt:         string(wire.UpdatedAt),
	}
	if t := cmp.Or(wire.Detail, wire.Summary); t != nil {
		c.Template = *t
	}
	return nil
}

// UnmarshalJSON reads both names of the definition's id.
func (t *Template) UnmarshalJSON(b []byte) error {
	var wire struct {
		ID                   words   `json:"id"`
		Name                 words   `json:"name"`
		ConnectorName        words   `json:"connector_name"`
		ActorDefinitionID    words   `json:"actor_definition_id"`
		SourceDefinitionID   words   `json:"source_definition_id"`
		OrganizationID       words   `json:"organization_id"`
		Icon                 words   `json:"icon"`
		Tags                 []words `json:"tags"`
		Mode                 words   `json:"mode"`
		RuntimeMode          words   `json:"runtime_mode"`
		SupportsContextStore *bool   `json:"supports_context_store"`
	}
	if err := json.Unmarshal(b, &wire); err != nil {
		return err
	}
	*t = Template{
		ID:                   string(wire.ID),
		Name:                 string(wire.Name),
		ConnectorName:        string(wire.ConnectorName),
		DefinitionID:         string(cmp.Or(wire.ActorDefinitionID, wire.SourceDefinitionID)),
		OrganizationID:       string(wire.OrganizationID),
		Icon:                 string(wire.Icon),
		Tags:                 plain(wire.Tags),
		Mode:                 string(wire.Mode),
		RuntimeMode:          string(wire.RuntimeMode),
		SupportsContextStore: wire.SupportsContextStore,
	}
	return nil
}

// ConnectorQuery selects the connectors of one workspace, which either
// WorkspaceName or WorkspaceID names.
type ConnectorQuery struct {
	WorkspaceName string
	WorkspaceID   string
	DefinitionID  string // "": of every type
}

// Connectors returns the connectors of a workspace; the API has no pages
// here. The server refuses a list without a workspace, so that is refused
// before it is asked.
func (c *Client) Connectors(ctx context.Context, q ConnectorQuery) ([]Connector, error) {
	const op = "list connectors"
	if (q.WorkspaceName == "") == (q.WorkspaceID == "") {
		return nil, invalid(op, "give the workspace's name or its id, and not both")
	}
	query := url.Values{}
	set(query, "workspace_name", q.WorkspaceName)
	set(query, "workspace_id", q.WorkspaceID)
	set(query, "definition_id", q.DefinitionID)
	got, err := fetch[page[Connector]](ctx, c, &call{
		op:     op,
		method: http.MethodGet,
		url:    c.endpoint(query, "integrations", "connectors"),
	})
	if err != nil {
		return nil, err
	}
	return got.Data, nil
}

// Connector returns one connector by its id.
func (c *Client) Connector(ctx context.Context, id string) (*Connector, error) {
	const op = "get connector"
	if err := checkID(op, "connector id", id); err != nil {
		return nil, err
	}
	return fetch[Connector](ctx, c, &call{op: op, method: http.MethodGet, url: c.endpoint(nil, "integrations", "connectors", id)})
}
