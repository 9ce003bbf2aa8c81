package workspaces

import (
	"context"
	"encoding/json"
	"fmt"
	"strings"

	"github.com/agentsdk-go/airbyte/cmd/airbyte-agent/internal/app"
	"github.com/agentsdk-go/airbyte/cmd/airbyte-agent/internal/operation"
	"github.com/agentsdk-go/airbyte/internal/envelope"
	"github.com/agentsdk-go/airbyte/internal/settings"
	"github.com/agentsdk-go/airbyte/platform"
)

func use(a *app.App) operation.Operation {
	return operation.Operation{
		Name:  "use",
		Short: "Choose the workspace of commands that name none",
		Long: "Choose the workspace of commands that name none, and keep it in the settings file, which is made if there is none. " +
			"The name is checked with the API first, in any case of its letters.",
		Example: "  airbyte-agent workspaces use --name production",
		Params: []operation.Param{
			{Name: "name", Type: operation.String, Required: true, Description: "the workspace's name"},
		},
		Run: func(ctx context.Context, in operation.Input) (json.RawMessage, error) {
			client, err := a.Client()
			if err != nil {
				return nil, err
			}
			found, err := Find(ctx, client, strings.TrimSpace(in.Text("name")))
			if err != nil {
				return nil, err
			}
			return save(settings.OS(), found)
		},
	}
}

func save(system settings.System, workspace platform.Workspace) (json.RawMessage, error) {
	err := system.Update(func(d *settings.Document) error {
		d.SetWorkspace(workspace.Name)
		return nil
	})
	if err != nil {
		return nil, err
	}
	message := fmt.Sprintf("commands that name no workspace work in %s from now on", workspace.Name)
	if system.Getenv(settings.EnvWorkspace) != "" {
		message = settings.EnvWorkspace + " is set and goes before what was saved"
	}
	return envelope.Marshal(struct {
		Status    string `json:"status"`
		Workspace string `json:"workspace"`
		Message   string `json:"message"`
	}{"saved", workspace.Name, message})
}
