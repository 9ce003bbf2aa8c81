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
// template has another name.
func (c *Connector) UnmarshalJSON(b []byte) error {
	var wire struct {
		ID                string          `json:"id"`
		Name              string          `json:"name"`
		Summary           *Template       `json:"summarized_source_template"`
		Detail            *Template       `json:"source_template"`
		ReplicationConfig json.RawMessage `json:"replication_config"`
		Entities          json.RawMessage `json:"entities"`
		CreatedAt         string          `json:"created_at"`
		UpdatedAt         string          `json:"updated_at"`
	}
	if err := json.Unmarshal(b, &wire); err != nil {
		return err
	}
	if wire.ID == "" {
		return errors.New("a connector has no id")
	}
	*c = Connector{
		ID:                wire.ID,
		Name:              wire.Name,
		ReplicationConfig: wire.ReplicationConfig,
		Entities:          wire.Entities,
		CreatedAt:         wire.CreatedAt,
		UpdatedAt:         wire.UpdatedAt,
	}
	if t := cmp.Or(wire.Detail, wire.Summary); t != nil {
		c.Template = *t
	}
	return nil
}

// UnmarshalJSON reads both names of the definition's id.
func (t *Template) UnmarshalJSON(b []byte) error {
	var wire struct {
		ID                   string   `json:"id"`
		Name                 string   `json:"name"`
		ConnectorName        string   `json:"connector_name"`
		ActorDefinitionID    string   `json:"actor_definition_id"`
		SourceDefinitionID   string   `json:"source_definition_id"`
		OrganizationID       string   `json:"organization_id"`
		Icon                 string   `json:"icon"`
		Tags                 []string `json:"tags"`
		Mode                 string   `json:"mode"`
		RuntimeMode          string   `json:"runtime_mode"`
		SupportsContextStore *bool    `json:"supports_context_store"`
	}
	if err := json.Unmarshal(b, &wire); err != nil {
		return err
	}
	*t = Template{
		ID:                   wire.ID,
		Name:                 wire.Name,
		ConnectorName:        wire.ConnectorName,
		DefinitionID:         cmp.Or(wire.ActorDefinitionID, wire.SourceDefinitionID),
		OrganizationID:       wire.OrganizationID,
		Icon:                 wire.Icon,
		Tags:                 wire.Tags,
		Mode:                 wire.Mode,
		RuntimeMode:          wire.RuntimeMode,
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

type connectorList struct {
	Data *[]Connector `json:"data"`
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
	var list *connectorList
	err := c.do(ctx, &call{
		op:     op,
		method: http.MethodGet,
		url:    c.endpoint(query, "integrations", "connectors"),
		accept: func(body []byte) (err error) {
			if list, err = decode[connectorList](body); err == nil && list.Data == nil {
				err = errors.New(`it has no list "data"`)
			}
			return err
		},
	})
	if err != nil {
		return nil, err
	}
	return *list.Data, nil
}

// Connector returns one connector by its id.
func (c *Client) Connector(ctx context.Context, id string) (*Connector, error) {
	const op = "get connector"
	if err := checkID(op, "connector id", id); err != nil {
		return nil, err
	}
	return fetch[Connector](ctx, c, &call{op: op, method: http.MethodGet, url: c.endpoint(nil, "integrations", "connectors", id)})
}
