package workspaces

import (
	"context"
	"encoding/json"
	"net/http"

	"github.com/agentsdk-go/airbyte/cmd/airbyte-agent/internal/app"
	"github.com/agentsdk-go/airbyte/cmd/airbyte-agent/internal/operation"
	"github.com/agentsdk-go/airbyte/cmd/airbyte-agent/internal/output"
)

// Group has the operations on workspaces.
func Group(a *app.App) operation.Group {
	return operation.Group{
		Name:       "workspaces",
		Short:      "List workspaces, and choose the usual one",
		Operations: []operation.Operation{list(a), use(a)},
	}
}

func list(a *app.App) operation.Operation {
	return operation.Operation{
		Name:    "list",
		Short:   "List the workspaces of the organization",
		Example: "  airbyte-agent workspaces list --name-contains prod --status active",
		Params: []operation.Param{
			{Name: "name_contains", Type: operation.String, Description: "only those whose name contains this, in any case"},
			{Name: "status", Type: operation.String, Description: "only those with this status", Enum: []string{"active", "inactive"}},
			{Name: "limit", Type: operation.Integer, Description: "how many at most; without it all of them, if they are no more than 10,000"},
		},
		API: &operation.API{Method: http.MethodGet, Path: "/api/v1/workspaces", Summary: "List workspaces, page by page"},
		View: &app.View{
			Rows: "data",
			Table: output.Table{
				Columns: []output.Column{
					{Title: "NAME", Path: "name"},
					{Title: "ID", Path: "id", Whole: true},
					{Title: "STATUS", Path: "status"},
					{Title: "CREATED", Path: "created_at"},
				},
				Empty: "There is no such workspace.",
			},
		},
		Run: func(ctx context.Context, in operation.Input) (json.RawMessage, error) {
			client, err := a.Client()
			if err != nil {
				return nil, err
			}
			return rows(ctx, client, query{
				nameContains: in.Text("name_contains"),
				status:       in.Text("status"),
				limit:        in.Int("limit"),
			})
		},
	}
}
