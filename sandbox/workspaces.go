package sandbox

import (
	"encoding/base64"
	"net/http"
	"net/url"
	"strconv"
	"strings"
)

type workspacePage struct {
	Data []workspace `json:"data"`
	Next *string     `json:"next"`
}

// workspaceQuery is what a request to the workspace list asks for.
type workspaceQuery struct {
	nameContains string
	status       string
	limit        int
	after        int // position of the last row of the page before
}

func parseWorkspaceQuery(query url.Values) (workspaceQuery, error) {
	q := workspaceQuery{nameContains: strings.ToLower(query.Get("name_contains")), status: query.Get("status")}
	if q.status != "" && q.status != statusActive && q.status != statusInactive {
		return q, badQuery("status", "enum", "Input should be 'active' or 'inactive'")
	}
	var err error
	if q.limit, err = queryLimit(query); err != nil {
		return q, err
	}
	if cursor := query.Get("cursor"); cursor != "" {
		if q.after, err = readCursor(cursor); err != nil {
			return q, err
		}
	}
	return q, nil
}

func (q workspaceQuery) matches(ws workspace) bool {
	return ws.position > q.after &&
		(q.status == "" || ws.Status == q.status) &&
		strings.Contains(strings.ToLower(ws.Name), q.nameContains)
}

func (s *Sandbox) listWorkspaces(c *call) (response, error) {
	q, err := parseWorkspaceQuery(c.request.URL.Query())
	if err != nil {
		return response{}, err
	}
	rows := c.org.selectWorkspaces(func(ws workspace) bool { return c.mayUse(ws.ID) && q.matches(ws) })
	page := workspacePage{Data: rows}
	if size := min(q.limit, s.config.workspacePage); len(rows) > size {
		page.Data = rows[:size]
		next := s.nextPage(c.request.URL, rows[size-1].position)
		page.Next = &next
	}
	return success(page)
}

// nextPage is the complete address of the page after position: the same
// request with another cursor.
func (s *Sandbox) nextPage(current *url.URL, position int) string {
	query := current.Query()
	query.Set("cursor", writeCursor(position))
	return s.url + current.Path + "?" + query.Encode()
}

func writeCursor(position int) string {
	return base64.RawURLEncoding.EncodeToString([]byte("after:" + strconv.Itoa(position)))
}

func readCursor(cursor string) (int, error) {
	raw, err := base64.RawURLEncoding.DecodeString(cursor)
	if err == nil {
		digits, ok := strings.CutPrefix(string(raw), "after:")
		if position, err := strconv.Atoi(digits); ok && err == nil && position > 0 {
			return position, nil
		}
	}
	return 0, refuse(http.StatusBadRequest, "The cursor is not one that this API gave out")
}

type workspaceStats struct {
	Active   int `json:"active_count"`
	Inactive int `json:"inactive_count"`
	Total    int `json:"total_count"`
}

func (s *Sandbox) workspaceStats(c *call) (response, error) {
	var stats workspaceStats
	for _, ws := range c.org.selectWorkspaces(func(ws workspace) bool { return c.mayUse(ws.ID) }) {
		stats.Total++
		if ws.Status == statusActive {
			stats.Active++
		} else {
			stats.Inactive++
		}
	}
	return success(stats)
}

func (s *Sandbox) getWorkspace(c *call) (response, error) {
	id, err := c.workspaceID()
	if err != nil {
		return response{}, err
	}
	ws, ok := c.org.workspace(id)
	if !ok {
		return response{}, noWorkspace(id)
	}
	return success(ws)
}

// workspaceID reads the id of the path and checks that the token reaches it.
func (c *call) workspaceID() (string, error) {
	id := c.request.PathValue("id")
	if !isUUID(id) {
		return "", unprocessable(problem{"uuid_parsing", []any{"path", "workspace_id"}, "Input should be a valid UUID"})
	}
	id = strings.ToLower(id)
	if !c.mayUse(id) {
		return "", refuse(http.StatusForbidden, "The token is limited to another workspace")
	}
	return id, nil
}

func (s *Sandbox) updateWorkspace(c *call) (response, error) {
	id, err := c.workspaceID()
	if err != nil {
		return response{}, err
	}
	in, err := parseFields(c.body)
	if err != nil {
		return response{}, err
	}
	change := workspaceChange(in)
	if err := in.err(); err != nil {
		return response{}, err
	}
	ws, err := c.org.changeWorkspace(id, func(ws *workspace) {
		change(ws)
		ws.UpdatedAt = timestamp(s.config.now())
	})
	if err != nil {
		return response{}, err
	}
	return success(ws)
}

// workspaceChange reads an update: absent members are kept. A null
// cache_enabled goes back to inheriting.
func workspaceChange(in *fields) func(*workspace) {
	name, status := in.optionalText("name"), in.oneOf("status", statusActive, statusInactive)
	if in.has("name") && strings.TrimSpace(name) == "" {
		in.reject("name", "string_too_short", "String should have at least 1 character")
	}
	var cache *bool
	if in.has("cache_enabled") {
		enabled := in.flag("cache_enabled", false)
		cache = &enabled
	}
	return func(ws *workspace) {
		if name != "" {
			ws.Name = name
		}
		if status != "" {
			ws.Status = status
		}
		if in.sent("cache_enabled") {
			ws.CacheEnabled = cache
		}
	}
}

type workspaceRemoval struct {
	ID        string `json:"id"`
	DeletedAt string `json:"deleted_at"`
}

func (s *Sandbox) deleteWorkspace(c *call) (response, error) {
	id, err := c.workspaceID()
	if err != nil {
		return response{}, err
	}
	if err := c.org.removeWorkspace(id); err != nil {
		return response{}, err
	}
	return success(workspaceRemoval{id, timestamp(s.config.now())})
}
