package organizations

import (
	"context"
	"encoding/json"
	"net/http"

	"github.com/agentsdk-go/airbyte/cmd/airbyte-agent/internal/app"
	"github.com/agentsdk-go/airbyte/cmd/airbyte-agent/internal/operation"
	"github.com/agentsdk-go/airbyte/cmd/airbyte-agent/internal/output"
	"github.com/agentsdk-go/airbyte/platform"
)

// Group has the operations on organizations.
func Group(a *app.App) operation.Group {
	return operation.Group{
		Name:       "organizations",
		Short:      "List the organizations of your account, and choose one",
		Operations: []operation.Operation{list(a), use(a)},
	}
}

func list(a *app.App) operation.Operation {
	return operation.Operation{
		Name:    "list",
		Short:   "List the organizations that the credentials belong to",
		Example: "  airbyte-agent organizations list",
		View: &app.View{
			Rows: "[organizations,data]|@flatten", // the server has both spellings
			Table: output.Table{
				Columns: []output.Column{
					{Title: "ID", Path: "id", Whole: true},
					{Title: "NAME", Path: "[organization_name,name].0"},
				},
				Empty: "The credentials belong to no organization.",
			},
		},
		Run: func(ctx context.Context, _ operation.Input) (json.RawMessage, error) {
			client, err := a.Client()
			if err != nil {
				return nil, err
			}
			return client.Do(ctx, platform.Request{
				Op:     "list organizations",
				Method: http.MethodGet,
				Path:   []string{"internal", "account", "organizations"},
			})
		},
	}
}
