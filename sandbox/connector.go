package sandbox

import (
	"encoding/json"
	"net/http"
	"slices"
	"strings"
)

// connector is one stored connector. Its credentials are not kept: only if the
// simulated service would accept them.
type connector struct {
	id                string
	name              string
	workspaceID       string
	credentials       credentialState
	replicationConfig json.RawMessage
	entities          json.RawMessage
	createdAt         string
	updatedAt         string
}

type credentialState string

const (
	credentialsAccepted credentialState = ""
	credentialsMissing  credentialState = "no API token is configured"
	credentialsRefused  credentialState = "the API token was refused"
)

// connectorName is the service's default display name.
func connectorName(workspaceName string) string { return pylonName + " - " + workspaceName }

func (s *Sandbox) seedConnector(id, name string) *connector {
	return &connector{
		id:          id,
		name:        name,
		workspaceID: WorkspaceID,
		entities:    json.RawMessage("[]"),
		createdAt:   seededAt,
		updatedAt:   seededAt,
	}
}

func (o *organization) addConnector(added *connector) {
	o.mu.Lock()
	defer o.mu.Unlock()
	o.connectors = append(o.connectors, added)
}

// connector returns the connector, or the failure that the service answers when
// it is unknown or the token does not reach it.
func (c *call) connector(id string) (connector, error) {
	c.org.mu.RLock()
	defer c.org.mu.RUnlock()
	i := c.org.connectorIndex(id)
	if i < 0 {
		return connector{}, noConnector(id)
	}
	found := *c.org.connectors[i]
	if !c.mayUse(found.workspaceID) {
		return connector{}, refuse(http.StatusForbidden, "The token is limited to another workspace")
	}
	return found, nil
}

// connectorIndex is called with o.mu held.
func (o *organization) connectorIndex(id string) int {
	return slices.IndexFunc(o.connectors, func(c *connector) bool { return strings.EqualFold(c.id, id) })
}

func noConnector(id string) *failure {
	return refuse(http.StatusNotFound, "Connector %s not found", id)
}

// connectorsIn returns copies of the connectors of a workspace, oldest first.
func (o *organization) connectorsIn(workspaceID string) []connector {
	o.mu.RLock()
	defer o.mu.RUnlock()
	var in []connector
	for _, c := range o.connectors {
		if c.workspaceID == workspaceID {
			in = append(in, *c)
		}
	}
	return in
}

func (o *organization) changeConnector(id string, change func(*connector)) (connector, error) {
	o.mu.Lock()
	defer o.mu.Unlock()
	i := o.connectorIndex(id)
	if i < 0 {
		return connector{}, noConnector(id)
	}
	change(o.connectors[i])
	return *o.connectors[i], nil
}

func (o *organization) removeConnector(id string) error {
	o.mu.Lock()
	defer o.mu.Unlock()
	i := o.connectorIndex(id)
	if i < 0 {
		return noConnector(id)
	}
	o.connectors = slices.Delete(o.connectors, i, i+1)
	return nil
}
