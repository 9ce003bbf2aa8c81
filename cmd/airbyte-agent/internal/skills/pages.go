package skills

import (
	"context"
	"encoding/json"
	"maps"
	"net/http"
	"net/url"
	"strconv"

	"github.com/tidwall/gjson"

	"github.com/agentsdk-go/airbyte/cmd/airbyte-agent/internal/app"
	"github.com/agentsdk-go/airbyte/cmd/airbyte-agent/internal/failure"
	"github.com/agentsdk-go/airbyte/cmd/airbyte-agent/internal/operation"
	"github.com/agentsdk-go/airbyte/cmd/airbyte-agent/internal/workspaces"
	"github.com/agentsdk-go/airbyte/platform"
)

const (
	usualLimit = 20
	pageSize   = 100 // the largest page that the API gives
)

// pages returns the list at a route as the server sent it. A limit above the
// API's largest page takes several, whose rows become one list.
func pages(ctx context.Context, a *app.App, in operation.Input, query url.Values, route ...string) (json.RawMessage, error) {
	client, err := a.Client()
	if err != nil {
		return nil, err
	}
	id, err := workspaceID(ctx, a, client, in.Text("workspace"))
	if err != nil {
		return nil, err
	}
	query.Set("workspace_id", id)
	left := in.Int("limit")
	if left <= 0 {
		left = usualLimit
	}
	w := walk{client: client, route: route, query: query}
	return w.rows(ctx, left, in.Text("cursor"))
}

// workspaceID returns the id of the workspace of that name, "" being the usual
// one.
func workspaceID(ctx context.Context, a *app.App, client *platform.Client, given string) (string, error) {
	name, err := a.Workspace(given)
	if err != nil {
		return "", err
	}
	found, err := workspaces.Find(ctx, client, name)
	if err != nil {
		return "", err
	}
	if given == "" {
		a.Notice("workspace: %s", found.Name)
	}
	return found.ID, nil
}

// walk reads a list page by page.
type walk struct {
	client *platform.Client
	route  []string
	query  url.Values
}

func (w walk) rows(ctx context.Context, left int64, cursor string) (json.RawMessage, error) {
	page, data, next, err := w.page(ctx, min(left, pageSize), cursor)
	if err != nil || next == "" || left <= pageSize {
		return page, err
	}
	var all []byte
	seen := map[string]bool{}
	for {
		for _, row := range data {
			all = append(append(all, ','), row.Raw...)
		}
		left -= int64(len(data))
		if next == "" || left <= 0 {
			return merged(all, next)
		}
		if seen[next] {
			return nil, failure.General("list skills: the server sent the same next page twice")
		}
		seen[next] = true
		if _, data, next, err = w.page(ctx, min(left, pageSize), next); err != nil {
			return nil, err
		}
	}
}

func (w walk) page(ctx context.Context, size int64, cursor string) (page json.RawMessage, rows []gjson.Result, next string, err error) {
	query := maps.Clone(w.query)
	query.Set("limit", strconv.FormatInt(size, 10))
	if cursor != "" {
		query.Set("cursor", cursor)
	}
	page, err = w.client.Do(ctx, platform.Request{Method: http.MethodGet, Path: w.route, Query: query})
	if err != nil {
		return nil, nil, "", err
	}
	data := gjson.GetBytes(page, "data")
	if !data.IsArray() {
		return nil, nil, "", failure.General("list skills: the answer has no list of skills")
	}
	return page, data.Array(), gjson.GetBytes(page, "next_cursor").String(), nil
}

// merged is the answer that one page with all rows would be. Each row has a
// comma before it.
func merged(rows []byte, next string) (json.RawMessage, error) {
	cursor := []byte("null")
	if next != "" {
		var err error
		if cursor, err = json.Marshal(next); err != nil {
			return nil, err
		}
	}
	result := []byte(`{"data":[`)
	if len(rows) > 0 {
		result = append(result, rows[1:]...)
	}
	result = append(append(result, `],"next_cursor":`...), cursor...)
	return append(result, '}'), nil
}
