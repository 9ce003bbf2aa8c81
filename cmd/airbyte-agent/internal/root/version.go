package root

import (
	"context"
	"fmt"
	"io"

	"github.com/spf13/cobra"

	"github.com/agentsdk-go/airbyte/cmd/airbyte-agent/internal/app"
)

func versionCommand(a *app.App) *cobra.Command {
	return &cobra.Command{
		Use:   "version",
		Short: "Print the version",
		Long:  "Print the version, as plain text.",
		Args:  cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			return printVersion(cmd.Context(), a)
		},
	}
}

func printVersion(ctx context.Context, a *app.App) error {
	return a.WriteTo(ctx, func(w io.Writer) error {
		_, err := fmt.Fprintln(w, a.Version)
		return err
	})
}
