package sandbox

import (
	"encoding/json"
	"net/http"
	"net/url"
	"strings"
)

type connectorItem struct {
	ID        string         `json:"id"`
	Name      string         `json:"name"`
	Template  sourceTemplate `json:"summarized_source_template"`
	CreatedAt string         `json:"created_at"`
	UpdatedAt string         `json:"updated_at"`
}

type connectorList struct {
	Data []connectorItem `json:"data"`
}

// connectorDetail answers create, get and update.
type connectorDetail struct {
	ID                string          `json:"id"`
	Name              string          `json:"name"`
	Template          templateDetail  `json:"source_template"`
	ReplicationConfig json.RawMessage `json:"replication_config"`
	Entities          json.RawMessage `json:"entities"`
	CreatedAt         string          `json:"created_at"`
	UpdatedAt         string          `json:"updated_at"`
}

func (c connector) detail() connectorDetail {
	return connectorDetail{
		ID:                c.id,
		Name:              c.name,
		Template:          pylonTemplateDetail(),
		ReplicationConfig: c.replicationConfig,
		Entities:          c.entities,
		CreatedAt:         c.createdAt,
		UpdatedAt:         c.updatedAt,
	}
}

// listConnectors lists one workspace. Without a workspace the service answers
// 400, although its specification calls every filter optional.
func (s *Sandbox) listConnectors(c *call) (response, error) {
	query := c.request.URL.Query()
	definition, err := queryID(query, "definition_id")
	if err != nil {
		return response{}, err
	}
	ws, err := c.queriedWorkspace(query)
	if err != nil {
		return response{}, err
	}
	list := connectorList{Data: []connectorItem{}}
	if definition != "" && !strings.EqualFold(definition, PylonDefinitionID) {
		return success(list)
	}
	for _, found := range c.org.connectorsIn(ws.ID) {
		list.Data = append(list.Data, connectorItem{found.id, found.name, pylonTemplate(), found.createdAt, found.updatedAt})
	}
	return success(list)
}

// queriedWorkspace finds the workspace that the query names by id or name.
func (c *call) queriedWorkspace(query url.Values) (workspace, error) {
	id, err := queryID(query, "workspace_id")
	if err != nil {
		return workspace{}, err
	}
	name := firstOf(query, "workspace_name", "customer_name", "external_user_id")
	if id == "" && name == "" {
		return workspace{}, refuse(http.StatusBadRequest, "Specify a workspace with workspace_id or workspace_name")
	}
	ws, ok := c.org.findWorkspace(func(w *workspace) bool {
		return (id == "" || strings.EqualFold(w.ID, id)) && (name == "" || w.Name == name)
	})
	if !ok {
		return workspace{}, refuse(http.StatusNotFound, "Workspace %q not found", name+id)
	}
	if !c.mayUse(ws.ID) {
		return workspace{}, refuse(http.StatusForbidden, "The token is limited to another workspace")
	}
	return ws, nil
}

func firstOf(query url.Values, keys ...string) string {
	for _, key := range keys {
		if value := query.Get(key); value != "" {
			return value
		}
	}
	return ""
}

func (s *Sandbox) getConnector(c *call) (response, error) {
	found, err := c.connector(c.request.PathValue("id"))
	if err != nil {
		return response{}, err
	}
	return success(found.detail())
}

// updateConnector keeps what is absent and clears entities with an empty list.
// There is no way to change credentials.
func (s *Sandbox) updateConnector(c *call) (response, error) {
	found, err := c.connector(c.request.PathValue("id"))
	if err != nil {
		return response{}, err
	}
	in, err := parseFields(c.body)
	if err != nil {
		return response{}, err
	}
	change := s.connectorChange(in)
	if err := in.err(); err != nil {
		return response{}, err
	}
	changed, err := c.org.changeConnector(found.id, change)
	if err != nil {
		return response{}, err
	}
	return success(changed.detail())
}

func (s *Sandbox) connectorChange(in *fields) func(*connector) {
	name, config, entities := in.optionalText("name"), in.object("replication_config"), in.entities()
	return func(c *connector) {
		if name != "" {
			c.name = name
		}
		if config != nil {
			c.replicationConfig = config
		}
		if entities != nil {
			c.entities = entities
		}
		c.updatedAt = timestamp(s.config.now())
	}
}

// entities returns the list of entities and their modes, or nil when absent.
func (f *fields) entities() json.RawMessage {
	if !f.has("entities") {
		return nil
	}
	var list []struct {
		Entity *string  `json:"entity"`
		Modes  []string `json:"modes"`
	}
	if err := json.Unmarshal(f.members["entities"], &list); err != nil {
		f.reject("entities", "list_type", "Input should be a valid list of entities")
		return nil
	}
	for _, item := range list {
		if item.Entity == nil {
			f.reject("entities", "missing", "Every entity needs its name in entity")
		}
		for _, mode := range item.Modes {
			if mode != "read" && mode != "write" {
				f.reject("entities", "enum", "Input should be 'read' or 'write'")
			}
		}
	}
	return f.members["entities"]
}

type jobReply struct {
	JobID string `json:"job_id"`
}

// deleteConnector answers 202 as the service does, whose deletion runs in the
// background. Here it is done at once.
func (s *Sandbox) deleteConnector(c *call) (response, error) {
	found, err := c.connector(c.request.PathValue("id"))
	if err != nil {
		return response{}, err
	}
	if err := c.org.removeConnector(found.id); err != nil {
		return response{}, err
	}
	return respond(http.StatusAccepted, jobReply{s.ids.next()})
}
