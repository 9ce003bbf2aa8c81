package sandbox_test

import (
	"net/http"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/agentsdk-go/airbyte/sandbox"
)

func TestWorkspace(t *testing.T) {
	t.Parallel()
	_, c := connect(t)
	got := c.get(workspacePath + "/" + sandbox.WorkspaceID)
	c.want(got, http.StatusOK)
	want := `{"id":"` + sandbox.WorkspaceID + `","name":"default","organization_id":"` + sandbox.OrganizationID +
		`","status":"active","cache_enabled":null,"tombstone":false,"visibility":"shared","color":null,` +
		`"created_at":"2026-01-05T09:00:00.000000Z","updated_at":"2026-01-05T09:00:00.000000Z"}`
	if diff := cmp.Diff(want, got.body); diff != "" {
		t.Error(diff)
	}
}

// names collects a list through its next links.
func (c *client) names(path string) []string {
	c.t.Helper()
	var names []string
	for path != "" {
		page := c.get(path)
		c.want(page, http.StatusOK)
		for _, row := range page.get("data").Array() {
			names = append(names, row.Get("name").String())
		}
		path = page.get("next").String()
		if path != "" && !strings.HasPrefix(path, c.base+"/") {
			c.t.Fatalf("next %q is no complete address of the sandbox", path)
		}
	}
	return names
}

func TestWorkspacePages(t *testing.T) {
	t.Parallel()
	box, c := connect(t, sandbox.WithExtraWorkspaces(25), sandbox.WithWorkspacePageSize(7))
	all := c.names(workspacePath)
	if len(all) != 26 || all[0] != "default" || all[25] != "workspace-25" {
		t.Errorf("all workspaces: %q", all)
	}
	if got := box.Count(sandbox.RouteWorkspaces); got != 4 {
		t.Errorf("%d pages, want 4", got)
	}
	filtered := c.names(workspacePath + "?name_contains=SPACE-2&limit=3&status=active")
	want := []string{"workspace-2", "workspace-20", "workspace-21", "workspace-22", "workspace-23", "workspace-24", "workspace-25"}
	if diff := cmp.Diff(want, filtered); diff != "" {
		t.Error(diff)
	}
	requests := box.Requests()
	if last := requests[len(requests)-1]; !strings.Contains(last.Query, "name_contains=SPACE-2") || !strings.Contains(last.Query, "limit=3") {
		t.Errorf("the next page lost the filter: %s", last.Query)
	}
}

func TestWorkspaceCursorSurvivesDeletions(t *testing.T) {
	t.Parallel()
	_, c := connect(t, sandbox.WithExtraWorkspaces(4))
	page := c.get(workspacePath + "?limit=2")
	c.want(c.delete(workspacePath+"/"+page.get("data.1.id").String()), http.StatusOK)
	if rest := c.names(page.get("next").String()); !slices.Equal(rest, []string{"workspace-2", "workspace-3", "workspace-4"}) {
		t.Errorf("after the first page: %q", rest)
	}
}

func TestWorkspaceRefusals(t *testing.T) {
	t.Parallel()
	_, c := connect(t)
	tests := []struct {
		name   string
		got    answer
		status int
		text   string
	}{
		{"limit zero", c.get(workspacePath + "?limit=0"), 422, "greater than or equal"},
		{"limit high", c.get(workspacePath + "?limit=101"), 422, "less than or equal"},
		{"limit text", c.get(workspacePath + "?limit=many"), 422, "integer"},
		{"status", c.get(workspacePath + "?status=gone"), 422, "active"},
		{"cursor", c.get(workspacePath + "?cursor=made-up"), 400, "cursor"},
		{"no such", c.get(workspacePath + "/" + unknownID), 404, unknownID},
		{"no id", c.get(workspacePath + "/x%2Fy"), 422, "UUID"},
		{"delete no such", c.delete(workspacePath + "/" + unknownID), 404, unknownID},
		{"change no such", c.put(workspacePath+"/"+unknownID, `{"name":"x"}`), 404, unknownID},
		{"empty name", c.put(workspacePath+"/"+sandbox.WorkspaceID, `{"name":" "}`), 422, "name"},
		{"wrong status", c.put(workspacePath+"/"+sandbox.WorkspaceID, `{"status":"gone"}`), 422, "status"},
		{"wrong cache", c.put(workspacePath+"/"+sandbox.WorkspaceID, `{"cache_enabled":"yes"}`), 422, "cache_enabled"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			(&client{t: t}).wantError(tt.got, tt.status, tt.text)
		})
	}
}

func TestWorkspaceChange(t *testing.T) {
	t.Parallel()
	clock := &movable{}
	_, c := connect(t, sandbox.WithExtraWorkspaces(1), sandbox.WithClock(clock.now))
	path := workspacePath + "/" + sandbox.WorkspaceID

	got := c.put(path, `{"name":"support","cache_enabled":true}`)
	c.want(got, http.StatusOK)
	if got.get("name").String() != "support" || !got.get("cache_enabled").Bool() || got.get("updated_at").String() != "2026-11-02T10:00:00.000000Z" {
		t.Errorf("changed: %s", got.body)
	}
	if got := c.put(path, `{"cache_enabled":null}`); got.get("cache_enabled").Raw != "null" || got.get("name").String() != "support" {
		t.Errorf("changed: %s", got.body)
	}
	c.wantError(c.put(path, `{"name":"workspace-1"}`), http.StatusBadRequest, "workspace-1")

	c.want(c.put(path, `{"status":"inactive"}`), http.StatusOK)
	stats := c.get(workspacePath + "/stats")
	if want := `{"active_count":1,"inactive_count":1,"total_count":2}`; stats.body != want {
		t.Errorf("stats %s, want %s", stats.body, want)
	}
	if names := c.names(workspacePath + "?status=inactive"); !slices.Equal(names, []string{"support"}) {
		t.Errorf("inactive: %q", names)
	}
	c.wantError(c.execute(`{"entity":"me","action":"get"}`), http.StatusForbidden, "inactive")
}

func TestWorkspaceDelete(t *testing.T) {
	t.Parallel()
	clock := &movable{}
	_, c := connect(t, sandbox.WithClock(clock.now))
	scoped := c.scoped(sandbox.Workspace)
	path := workspacePath + "/" + sandbox.WorkspaceID
	got := c.delete(path)
	c.want(got, http.StatusOK)
	if want := `{"id":"` + sandbox.WorkspaceID + `","deleted_at":"2026-11-02T10:00:00.000000Z"}`; got.body != want {
		t.Errorf("deleted %s, want %s", got.body, want)
	}
	c.wantError(c.get(path), http.StatusNotFound, sandbox.WorkspaceID)
	c.wantError(c.execute(`{"entity":"me","action":"get"}`), http.StatusNotFound, sandbox.ConnectorID)
	c.wantError(scoped.get(scopedPath+"/info"), http.StatusNotFound, sandbox.WorkspaceID)
}
