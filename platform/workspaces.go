package platform

import (
	"context"
	"iter"
	"net/http"
	"net/url"
)

// Workspace holds the connectors of one customer or team. Timestamps are ISO
// 8601, as sent.
type Workspace struct {
	ID             string `json:"id"` // durable; the name is only a label
	Name           string `json:"name"`
	OrganizationID string `json:"organization_id"`
	Status         string `json:"status"`        // "active" or "inactive"
	CacheEnabled   *bool  `json:"cache_enabled"` // nil: as the organization has it
	Tombstone      bool   `json:"tombstone"`
	Visibility     string `json:"visibility"` // "shared" or "private"
	Color          string `json:"color"`
	CreatedAt      string `json:"created_at"`
	UpdatedAt      string `json:"updated_at"`
}

// WorkspaceQuery selects workspaces. Its zero value selects all.
type WorkspaceQuery struct {
	NameContains string // ignoring case
	Status       string // "active" or "inactive"
	Limit        int    // size of a page, 1 to 100; 0: the server's, 20, and 100 in an iteration
	Next         string // WorkspacePage.Next of the page before; the rest is then ignored
}

// WorkspacePage is one page of workspaces.
type WorkspacePage struct {
	Items []Workspace `json:"data"` // at most WorkspaceQuery.Limit
	Next  string      `json:"next"` // link to the next page; "" on the last
}

// Workspaces returns all workspaces that q selects, page by page, 100 to a page
// unless q.Limit is set. An error ends the sequence; a list without an end, for
// which it takes more than 10,000 workspaces, is one.
func (c *Client) Workspaces(ctx context.Context, q WorkspaceQuery) iter.Seq2[Workspace, error] {
	if q.Limit == 0 {
		q.Limit = maxPageSize
	}
	return walk[Workspace]{
		op:   opListWorkspaces,
		size: pageSize(q.Limit),
		id:   func(w Workspace) string { return w.ID },
		next: func(cursor string) ([]Workspace, string, error) {
			if cursor != "" {
				q.Next = cursor
			}
			page, err := c.WorkspacesPage(ctx, q)
			if err != nil {
				return nil, "", err
			}
			return page.Items, page.Next, nil
		},
	}.rows()
}

const opListWorkspaces = "list workspaces"

// WorkspacesPage returns one page of workspaces. A Next link to another host
// is refused.
func (c *Client) WorkspacesPage(ctx context.Context, q WorkspaceQuery) (*WorkspacePage, error) {
	target, err := c.workspacesURL(q)
	if err != nil {
		return nil, err
	}
	got, err := fetch[page[Workspace]](ctx, c, &call{op: opListWorkspaces, method: http.MethodGet, url: target})
	if err != nil {
		return nil, err
	}
	return &WorkspacePage{Items: got.Data, Next: got.Next}, nil
}

func (c *Client) workspacesURL(q WorkspaceQuery) (*url.URL, error) {
	if q.Next != "" {
		return c.follow(opListWorkspaces, q.Next)
	}
	query := url.Values{}
	set(query, "name_contains", q.NameContains)
	set(query, "status", q.Status)
	if err := setPage(opListWorkspaces, query, q.Limit, ""); err != nil {
		return nil, err
	}
	return c.endpoint(query, "workspaces"), nil
}

// Workspace returns one workspace by its id.
func (c *Client) Workspace(ctx context.Context, id string) (*Workspace, error) {
	const op = "get workspace"
	if err := checkID(op, "workspace id", id); err != nil {
		return nil, err
	}
	return fetch[Workspace](ctx, c, &call{op: op, method: http.MethodGet, url: c.endpoint(nil, "workspaces", id)})
}
