package root

import (
	"github.com/spf13/cobra"

	"github.com/agentsdk-go/airbyte/cmd/airbyte-agent/internal/app"
	"github.com/agentsdk-go/airbyte/cmd/airbyte-agent/internal/connectors"
	"github.com/agentsdk-go/airbyte/cmd/airbyte-agent/internal/doctor"
	"github.com/agentsdk-go/airbyte/cmd/airbyte-agent/internal/login"
	"github.com/agentsdk-go/airbyte/cmd/airbyte-agent/internal/mcpserve"
	"github.com/agentsdk-go/airbyte/cmd/airbyte-agent/internal/organizations"
	"github.com/agentsdk-go/airbyte/cmd/airbyte-agent/internal/sandboxcmd"
	"github.com/agentsdk-go/airbyte/cmd/airbyte-agent/internal/skills"
	"github.com/agentsdk-go/airbyte/cmd/airbyte-agent/internal/toolscmd"
	"github.com/agentsdk-go/airbyte/cmd/airbyte-agent/internal/workspaces"
)

// groups are the resources with their operations.
func groups(a *app.App) []resource {
	return []resource{
		{group: organizations.Group(a)},
		{group: workspaces.Group(a)},
		{group: connectors.Group(a)},
		{group: skills.Group(a)},
	}
}

// single are the commands that belong to no resource.
func single(a *app.App) []*cobra.Command {
	return []*cobra.Command{
		login.Command(a),
		toolscmd.Command(a),
		doctor.Command(a),
		sandboxcmd.Command(a),
		mcpserve.Command(a),
	}
}
