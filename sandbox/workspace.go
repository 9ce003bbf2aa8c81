package sandbox

import (
	"net/http"
	"slices"
)

const (
	statusActive   = "active"
	statusInactive = "inactive"
)

// workspace is one workspace as the service shows it.
type workspace struct {
	ID             string  `json:"id"`
	Name           string  `json:"name"`
	OrganizationID string  `json:"organization_id"`
	Status         string  `json:"status"`
	CacheEnabled   *bool   `json:"cache_enabled"`
	Tombstone      bool    `json:"tombstone"`
	Visibility     string  `json:"visibility"`
	Color          *string `json:"color"`
	CreatedAt      string  `json:"created_at"`
	UpdatedAt      string  `json:"updated_at"`

	position int // in the order of creation, from 1
}

// addWorkspace is called with o.mu held, or before o is shared.
func (o *organization) addWorkspace(id, name, at string) *workspace {
	o.added++
	ws := &workspace{
		ID:             id,
		Name:           name,
		OrganizationID: o.id,
		Status:         statusActive,
		Visibility:     "shared",
		CreatedAt:      at,
		UpdatedAt:      at,
		position:       o.added,
	}
	o.workspaces = append(o.workspaces, ws)
	return ws
}

// ensureWorkspace returns the workspace of that exact name, made when missing.
func (o *organization) ensureWorkspace(name string, newID func() string, at string) workspace {
	o.mu.Lock()
	defer o.mu.Unlock()
	i := slices.IndexFunc(o.workspaces, func(w *workspace) bool { return w.Name == name })
	if i >= 0 {
		return *o.workspaces[i]
	}
	return *o.addWorkspace(newID(), name, at)
}

func (o *organization) workspace(id string) (workspace, bool) {
	return o.findWorkspace(func(w *workspace) bool { return w.ID == id })
}

func (o *organization) workspaceNamed(name string) (workspace, bool) {
	return o.findWorkspace(func(w *workspace) bool { return w.Name == name })
}

func (o *organization) findWorkspace(match func(*workspace) bool) (workspace, bool) {
	o.mu.RLock()
	defer o.mu.RUnlock()
	i := slices.IndexFunc(o.workspaces, match)
	if i < 0 {
		return workspace{}, false
	}
	return *o.workspaces[i], true
}

// selectWorkspaces returns copies of the workspaces that keep wants, in the
// order of their creation.
func (o *organization) selectWorkspaces(keep func(workspace) bool) []workspace {
	o.mu.RLock()
	defer o.mu.RUnlock()
	selected := []workspace{}
	for _, ws := range o.workspaces {
		if keep(*ws) {
			selected = append(selected, *ws)
		}
	}
	return selected
}

// changeWorkspace applies change to the workspace. A name that another one has
// is refused, because names are how programs find workspaces.
func (o *organization) changeWorkspace(id string, change func(*workspace)) (workspace, error) {
	o.mu.Lock()
	defer o.mu.Unlock()
	i := slices.IndexFunc(o.workspaces, func(w *workspace) bool { return w.ID == id })
	if i < 0 {
		return workspace{}, noWorkspace(id)
	}
	changed := *o.workspaces[i]
	change(&changed)
	if slices.ContainsFunc(o.workspaces, func(w *workspace) bool { return w.ID != id && w.Name == changed.Name }) {
		return workspace{}, refuse(http.StatusBadRequest, "Another workspace is named %q", changed.Name)
	}
	*o.workspaces[i] = changed
	return changed, nil
}

// removeWorkspace deletes the workspace and the connectors in it.
func (o *organization) removeWorkspace(id string) error {
	o.mu.Lock()
	defer o.mu.Unlock()
	i := slices.IndexFunc(o.workspaces, func(w *workspace) bool { return w.ID == id })
	if i < 0 {
		return noWorkspace(id)
	}
	o.workspaces = slices.Delete(o.workspaces, i, i+1)
	o.connectors = slices.DeleteFunc(o.connectors, func(c *connector) bool { return c.workspaceID == id })
	return nil
}

func noWorkspace(id string) *failure {
	return refuse(http.StatusNotFound, "Workspace %s not found", id)
}
