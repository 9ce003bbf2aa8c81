package connectors

import (
	"context"
	"encoding/json"
	"net/http"

	"github.com/agentsdk-go/airbyte/cmd/airbyte-agent/internal/app"
	"github.com/agentsdk-go/airbyte/cmd/airbyte-agent/internal/connectors/raw"
	"github.com/agentsdk-go/airbyte/cmd/airbyte-agent/internal/operation"
	"github.com/agentsdk-go/airbyte/cmd/airbyte-agent/internal/output"
)

func listAvailable(a *app.App) operation.Operation {
	return operation.Operation{
		Name:    "list-available",
		Short:   "List the types of connectors that can be created",
		Example: "  airbyte-agent connectors list-available --fields data.id,data.name",
		API:     &operation.API{Method: http.MethodGet, Path: "/api/v1/integrations/templates/sources/global", Summary: "List Airbyte's own source templates"},
		View: &app.View{
			Rows: "data",
			Table: output.Table{
				Columns: []output.Column{
					{Title: "NAME", Path: "name"},
					{Title: "ID", Path: "id", Whole: true},
					{Title: "CONNECTOR", Path: "connector_name"},
					{Title: "MODE", Path: "mode"},
				},
				Empty: "There is no type of connector to create.",
			},
		},
		Run: func(ctx context.Context, _ operation.Input) (json.RawMessage, error) {
			client, err := a.Client()
			if err != nil {
				return nil, err
			}
			return raw.Get(ctx, client, "list available connectors", "integrations", "templates", "sources", "global")
		},
	}
}
