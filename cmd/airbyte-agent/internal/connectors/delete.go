package connectors

import (
	"context"
	"encoding/json"
	"net/http"

	"github.com/spf13/pflag"

	"github.com/agentsdk-go/airbyte/cmd/airbyte-agent/internal/app"
	"github.com/agentsdk-go/airbyte/cmd/airbyte-agent/internal/connectors/raw"
	"github.com/agentsdk-go/airbyte/cmd/airbyte-agent/internal/connectors/selector"
	"github.com/agentsdk-go/airbyte/cmd/airbyte-agent/internal/operation"
	"github.com/agentsdk-go/airbyte/platform"
)

func remove(a *app.App) operation.Operation {
	var yes bool
	return operation.Operation{
		Name:  "delete",
		Short: "Delete a connector",
		Long: "Delete a connector, after asking. Without a terminal it needs --yes. The server deletes it by and by: " +
			"the connector is gone when connectors list does not show it any more.",
		Example: "  airbyte-agent connectors delete --id 7f3c2b1a-0d4e-4c5f-9a6b-8e7d6c5b4a39 --yes",
		Params:  selector.Params(),
		Flags: func(flags *pflag.FlagSet) {
			flags.BoolVar(&yes, "yes", false, "delete without asking")
		},
		API: &operation.API{Method: http.MethodDelete, Path: "/api/v1/integrations/connectors/{id}", Summary: "Delete a connector"},
		Run: func(ctx context.Context, in operation.Input) (json.RawMessage, error) {
			found, err := selector.From(in).Find(ctx, a)
			if err != nil {
				return nil, err
			}
			if err := a.Confirm(ctx, "Delete "+found.String()+"?", yes || a.AllowDestructive()); err != nil {
				return nil, err
			}
			client, err := a.Client()
			if err != nil {
				return nil, err
			}
			return client.Do(ctx, platform.Request{Op: "delete connector", Method: http.MethodDelete, Path: raw.Connector(found.ID)})
		},
	}
}
