package connectors

import (
	"context"
	"encoding/json"
	"net/http"

	"github.com/agentsdk-go/airbyte/cmd/airbyte-agent/internal/app"
	"github.com/agentsdk-go/airbyte/cmd/airbyte-agent/internal/connectors/raw"
	"github.com/agentsdk-go/airbyte/cmd/airbyte-agent/internal/connectors/selector"
	"github.com/agentsdk-go/airbyte/cmd/airbyte-agent/internal/operation"
)

func inspect(a *app.App) operation.Operation {
	return operation.Operation{
		Name:  "inspect",
		Short: "Show what the platform knows of a connector",
		Long: "Show what the platform knows of a connector: its workspace, the state of its context store, and docs_skill_id, " +
			"the id that airbyte-agent skills docs takes to tell the connector's operations.",
		Example: "  airbyte-agent connectors inspect --name pylon",
		Params:  selector.Params(),
		API:     &operation.API{Method: http.MethodGet, Path: "/api/v1/integrations/connectors/{id}/inspect", Summary: "Inspect a connector"},
		Run: func(ctx context.Context, in operation.Input) (json.RawMessage, error) {
			found, err := selector.From(in).Find(ctx, a)
			if err != nil {
				return nil, err
			}
			client, err := a.Client()
			if err != nil {
				return nil, err
			}
			return raw.Get(ctx, client, "inspect connector", raw.Connector(found.ID, "inspect")...)
		},
	}
}
