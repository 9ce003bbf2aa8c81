package toolscmd

import (
	"github.com/spf13/cobra"

	"github.com/agentsdk-go/airbyte/cmd/airbyte-agent/internal/app"
)

// Command returns the command tools.
func Command(a *app.App) *cobra.Command {
	cmd := &cobra.Command{
		Use:   "tools",
		Short: "Show what a model gets of a connector",
		Long: `Show what a model gets of a connector: the tools' definitions as each framework
sends them, and what providers would refuse of them. The connector is never
called.`,
	}
	cmd.AddCommand(printCommand(a), lintCommand(a))
	return cmd
}
