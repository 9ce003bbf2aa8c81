package sandbox

import (
	"fmt"
	"net/http"
	"slices"
	"strings"
	"sync"

	"github.com/agentsdk-go/airbyte/sandbox/internal/pylon"
)

// organization is one tenant: its workspaces, their connectors, and the Pylon
// account that all its connectors reach.
type organization struct {
	id    string
	name  string
	pylon func() *pylon.Organization // built when first used, so that Start is quick

	mu         sync.RWMutex
	added      int // workspaces ever added: their order, which cursors point into
	workspaces []*workspace
	connectors []*connector
}

// seed makes what a fresh sandbox holds.
func (s *Sandbox) seed() []*organization {
	organizations := make([]*organization, s.config.organizations)
	for i := range organizations {
		organizations[i] = s.newOrganization(i)
	}
	first := organizations[0]
	for i := range s.config.extraWorkspaces {
		first.addWorkspace(s.ids.next(), fmt.Sprintf("workspace-%d", i+1), seededAt)
	}
	first.addConnector(s.seedConnector(ConnectorID, connectorName(Workspace)))
	for i := range s.config.extraConnectors {
		first.addConnector(s.seedConnector(s.ids.next(), fmt.Sprintf("%s %d", connectorName(Workspace), i+2)))
	}
	return organizations
}

func (s *Sandbox) newOrganization(index int) *organization {
	org := &organization{
		id:    sandboxID(1 + uint64(index)),
		name:  "Sandbox organization",
		pylon: sync.OnceValue(s.newPylon),
	}
	workspaceID := WorkspaceID
	if index > 0 {
		org.name = fmt.Sprintf("Sandbox organization %d", index+1)
		workspaceID = s.ids.next()
	}
	org.addWorkspace(workspaceID, Workspace, seededAt)
	return org
}

// namedOrganization returns the organization that the request's header names,
// or nil when there is no such header.
func (s *Sandbox) namedOrganization(r *http.Request) (*organization, error) {
	id := r.Header.Get(organizationHeader)
	switch {
	case id == "":
		return nil, nil //nolint:nilnil // no header is no failure
	case !isUUID(id):
		return nil, unprocessable(problem{"uuid_parsing", []any{"header", "x-organization-id"}, "Input should be a valid UUID"})
	}
	i := slices.IndexFunc(s.organizations, func(o *organization) bool { return strings.EqualFold(o.id, id) })
	if i < 0 {
		return nil, refuse(http.StatusForbidden, "You are not a member of organization %s", id)
	}
	return s.organizations[i], nil
}

func (s *Sandbox) hasOrganization(id string) bool {
	return slices.ContainsFunc(s.organizations, func(o *organization) bool { return strings.EqualFold(o.id, id) })
}

const organizationHeader = "X-Organization-Id"

// organizationOf decides which organization a request is about.
func (s *Sandbox) organizationOf(r *http.Request, token claims) (*organization, error) {
	named, err := s.namedOrganization(r)
	if err != nil {
		return nil, err
	}
	if token.OrganizationID != "" {
		if named != nil && named.id != token.OrganizationID {
			return nil, refuse(http.StatusForbidden, "The token does not belong to organization %s", named.id)
		}
		i := slices.IndexFunc(s.organizations, func(o *organization) bool { return o.id == token.OrganizationID })
		return s.organizations[i], nil
	}
	if named == nil && len(s.organizations) > 1 {
		return nil, refuse(http.StatusBadRequest, "You belong to several organizations: specify target organization with the X-Organization-Id header")
	}
	if named == nil {
		named = s.organizations[0]
	}
	return named, nil
}

type organizationItem struct {
	ID               string  `json:"id"`
	Name             string  `json:"organization_name"`
	FirstWorkspaceID *string `json:"first_workspace_id,omitempty"`
}

type organizationList struct {
	Organizations   []organizationItem `json:"organizations"`
	IsInstanceAdmin bool               `json:"is_instance_admin"`
}

// listOrganizations works without the organization header: it is how a client
// finds out what to put there.
func (s *Sandbox) listOrganizations(c *call) (response, error) {
	list := organizationList{
		Organizations:   []organizationItem{},
		IsInstanceAdmin: c.token.Kind == userToken && s.config.account == AccountInstanceAdmin,
	}
	for _, org := range s.memberships(c.token) {
		list.Organizations = append(list.Organizations, org.item())
	}
	return success(list)
}

func (o *organization) item() organizationItem {
	o.mu.RLock()
	defer o.mu.RUnlock()
	item := organizationItem{ID: o.id, Name: o.name}
	if len(o.workspaces) > 0 {
		item.FirstWorkspaceID = &o.workspaces[0].ID
	}
	return item
}
