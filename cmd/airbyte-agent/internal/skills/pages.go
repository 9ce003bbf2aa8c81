package skills

import (
	"cmp"
	"context"
	"encoding/json"
	"net/http"
	"net/url"
	"strconv"

	"github.com/tidwall/gjson"

	"github.com/agentsdk-go/airbyte/cmd/airbyte-agent/internal/app"
	"github.com/agentsdk-go/airbyte/cmd/airbyte-agent/internal/operation"
	"github.com/agentsdk-go/airbyte/cmd/airbyte-agent/internal/paging"
	"github.com/agentsdk-go/airbyte/cmd/airbyte-agent/internal/workspaces"
	"github.com/agentsdk-go/airbyte/internal/envelope"
	"github.com/agentsdk-go/airbyte/platform"
)

// usualLimit is how many rows there are when nobody says.
const usualLimit = 20

// pages returns the list at a route as the server sent it. A limit above the
// API's largest page takes several, whose rows become one list.
func pages(ctx context.Context, a *app.App, in operation.Input, op string, query url.Values, route ...string) (json.RawMessage, error) {
	client, err := a.Client()
	if err != nil {
		return nil, err
	}
	id, err := workspaceID(ctx, a, client, in.Text("workspace"))
	if err != nil {
		return nil, err
	}
	query.Set("workspace_id", id)
	limit := in.Int("limit")
	if limit <= 0 {
		limit = usualLimit
	}
	read, err := paging.Walk{
		Op:    op,
		Limit: limit,
		Hint:  "say in limit how many you want, and go on behind them with cursor",
		Get: func(ctx context.Context, size int64, cursor string) (json.RawMessage, string, error) {
			query.Set("limit", strconv.FormatInt(size, 10))
			if cursor = cmp.Or(cursor, in.Text("cursor")); cursor != "" {
				query.Set("cursor", cursor)
			}
			page, err := client.Do(ctx, platform.Request{Op: op, Method: http.MethodGet, Path: route, Query: query})
			return page, gjson.GetBytes(page, "next_cursor").String(), err
		},
	}.All(ctx)
	if err != nil || read.Pages == 1 {
		return read.First, err
	}
	return merged(read), nil
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

// merged is the answer that one page with all rows would be.
func merged(read paging.Rows) json.RawMessage {
	result := append([]byte(`{"data":[`), paging.Join(read.Raw)...)
	result = append(result, `],"next_cursor":`...)
	if read.Next == "" {
		return append(result, "null}"...)
	}
	return append(envelope.AppendString(result, read.Next), '}')
}
