package platform

import (
	"context"
	"encoding/json"
	"net/http"

	"github.com/agentsdk-go/airbyte/internal/httpx"
)

// CreateConnectorRequest describes a new connector. Exactly one of
// ConnectorType, DefinitionID and TemplateID says what it connects to, and at
// least one of Credentials, ReplicationConfig and OAuthSecretID how. Objects
// are JSON whose shape the connector's type decides.
type CreateConnectorRequest struct {
	// WorkspaceName is required. A name that the server does not know may be
	// refused: [Client.ScopedToken] makes the workspace.
	WorkspaceName string `json:"workspace_name"`

	// Name is shown to people; the server makes one up when it is empty.
	Name string `json:"name,omitempty"`

	ConnectorType string `json:"connector_type,omitempty"` // display name, spaces included
	DefinitionID  string `json:"definition_id,omitempty"`
	TemplateID    string `json:"source_template_id,omitempty"`

	Credentials       json.RawMessage `json:"credentials,omitempty"`
	ReplicationConfig json.RawMessage `json:"replication_config,omitempty"` // what is not secret
	Environment       json.RawMessage `json:"environment,omitempty"`        // server variables
	OAuthSecretID     string          `json:"server_side_oauth_secret_id,omitempty"`

	// Entities limits what the connector may use; empty: the server's choice.
	Entities []ConnectorEntity `json:"entities,omitempty"`
}

// ConnectorEntity lets a connector use one entity.
type ConnectorEntity struct {
	Entity string   `json:"entity"`          // as ExecuteRequest names it
	Modes  []string `json:"modes,omitempty"` // "read", "write"; none: the server's choice
}

// UpdateConnectorRequest changes a connector. What is nil or empty stays;
// an empty list that is not nil clears Entities. Credentials cannot be changed
// this way.
type UpdateConnectorRequest struct {
	Name              string            `json:"name,omitempty"`               // shown to people
	ReplicationConfig json.RawMessage   `json:"replication_config,omitempty"` // a JSON object, without secrets
	Entities          []ConnectorEntity `json:"entities,omitzero"`
}

func (r *CreateConnectorRequest) encode(op string) ([]byte, error) {
	if r.WorkspaceName == "" {
		return nil, invalid(op, "workspace name is empty")
	}
	if countSet(r.ConnectorType, r.DefinitionID, r.TemplateID) != 1 {
		return nil, invalid(op, "give exactly one of connector type, definition id and template id")
	}
	if len(r.Credentials) == 0 && len(r.ReplicationConfig) == 0 && r.OAuthSecretID == "" {
		return nil, invalid(op, "give credentials, a replication config or an oauth secret id")
	}
	for name, raw := range map[string]json.RawMessage{
		"credentials": r.Credentials, "replication config": r.ReplicationConfig, "environment": r.Environment,
	} {
		if len(raw) > 0 && !isObject(raw) {
			return nil, invalid(op, "%s is not a json object", name)
		}
	}
	return json.Marshal(r)
}

func countSet(values ...string) int {
	n := 0
	for _, v := range values {
		if v != "" {
			n++
		}
	}
	return n
}

// CreateConnector makes a connector. The server stores credentials without
// trying them: [Client.CheckConnector] does that.
func (c *Client) CreateConnector(ctx context.Context, req CreateConnectorRequest) (*Connector, error) {
	const op = "create connector"
	body, err := req.encode(op)
	if err != nil {
		return nil, err
	}
	c.knowSecrets(req.Credentials, req.ReplicationConfig)
	return fetch[Connector](ctx, c, &call{
		op:      op,
		method:  http.MethodPost,
		url:     c.endpoint(nil, "integrations", "connectors"),
		body:    body,
		write:   true,
		timeout: longTimeout,
	})
}

// UpdateConnector changes a connector's name, configuration or entities.
func (c *Client) UpdateConnector(ctx context.Context, id string, req UpdateConnectorRequest) (*Connector, error) {
	const op = "update connector"
	if err := checkID(op, "connector id", id); err != nil {
		return nil, err
	}
	if len(req.ReplicationConfig) > 0 && !isObject(req.ReplicationConfig) {
		return nil, invalid(op, "replication config is not a json object")
	}
	body, err := json.Marshal(req)
	if err != nil {
		return nil, invalid(op, "%v", err)
	}
	c.knowSecrets(nil, req.ReplicationConfig)
	return fetch[Connector](ctx, c, &call{
		op:     op,
		method: http.MethodPut,
		url:    c.endpoint(nil, "integrations", "connectors", id),
		body:   body,
		write:  true,
	})
}

// DeleteConnector starts the removal of a connector and returns the id of the
// server's job, which may be empty. It has ended when the connector is gone
// from [Client.Connectors].
func (c *Client) DeleteConnector(ctx context.Context, id string) (jobID string, err error) {
	const op = "delete connector"
	if err := checkID(op, "connector id", id); err != nil {
		return "", err
	}
	var answer struct {
		JobID string `json:"job_id"`
	}
	err = c.do(ctx, &call{
		op:     op,
		method: http.MethodDelete,
		url:    c.endpoint(nil, "integrations", "connectors", id),
		write:  true,
		accept: func(body []byte) error {
			if len(body) == 0 { // the success is in the status
				return nil
			}
			return explain(json.Unmarshal(body, &answer))
		},
	})
	return answer.JobID, err
}

// knowSecrets has the values of credentials kept out of errors, too: servers
// like to repeat what they did not accept. Of a configuration these are the
// values whose names say so.
func (c *Client) knowSecrets(credentials, config json.RawMessage) {
	var value any
	if json.Unmarshal(credentials, &value) == nil {
		c.secrets.Add(leaves(value)...)
	}
	if json.Unmarshal(config, &value) == nil {
		c.secrets.Add(secretLeaves(value)...)
	}
}

// secretLeaves are the texts below members that are named like secrets.
func secretLeaves(value any) []string {
	var found []string
	switch v := value.(type) {
	case []any:
		for _, item := range v {
			found = append(found, secretLeaves(item)...)
		}
	case map[string]any:
		for key, item := range v {
			if httpx.HidesSecret(key) {
				found = append(found, leaves(item)...)
			} else {
				found = append(found, secretLeaves(item)...)
			}
		}
	}
	return found
}

// minSecret keeps words such as an option's title from being taken for
// secrets all over later texts.
const minSecret = 8

func leaves(value any) []string {
	var found []string
	switch v := value.(type) {
	case string:
		if len(v) >= minSecret {
			found = append(found, v)
		}
	case []any:
		for _, item := range v {
			found = append(found, leaves(item)...)
		}
	case map[string]any:
		for key, item := range v {
			if key != "option_title" {
				found = append(found, leaves(item)...)
			}
		}
	}
	return found
}
