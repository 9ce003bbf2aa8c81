package root

import (
	"slices"

	"github.com/spf13/cobra"

	"github.com/agentsdk-go/airbyte/cmd/airbyte-agent/internal/app"
	"github.com/agentsdk-go/airbyte/cmd/airbyte-agent/internal/completion"
	"github.com/agentsdk-go/airbyte/cmd/airbyte-agent/internal/failure"
	"github.com/agentsdk-go/airbyte/cmd/airbyte-agent/internal/operation"
)

const long = `Create, describe and execute Airbyte agent connectors, and give them to agents.

Results are JSON on standard output; on a terminal, lists are tables. A failure
is one JSON object on standard error. Exit codes: 0 success, 1 general failure,
2 credentials, 3 not found, 4 wrong input, 130 interrupted.`

// New returns the command airbyte-agent.
func New(a *app.App) *cobra.Command {
	cmd := &cobra.Command{
		Use:           "airbyte-agent",
		Short:         "Airbyte agent connectors on the command line",
		Long:          long,
		Version:       a.Version,
		SilenceErrors: true, // Run writes them
		SilenceUsage:  true,
	}
	cmd.SetVersionTemplate("{{.Version}}\n") // as the command version prints it
	persistent(cmd, a)
	groups := groups(a)
	for _, g := range groups {
		cmd.AddCommand(g.group.Command(a, g.further...))
	}
	cmd.AddCommand(single(a)...)
	cmd.AddCommand(versionCommand(a), schemaCommand(a, groups))
	cmd.InitDefaultCompletionCmd()
	cmd.SetHelpCommand(helpCommand())
	cmd.InitDefaultHelpCmd()
	finish(cmd)
	return cmd
}

// resource is a group with its commands that are no operations.
type resource struct {
	group   operation.Group
	further []*cobra.Command
}

func persistent(cmd *cobra.Command, a *app.App) {
	flags := cmd.PersistentFlags()
	flags.StringVarP(&a.Flags.Output, "output", "o", "", "write the result to this file instead of standard output")
	flags.StringSliceVar(&a.Flags.Fields, "fields", nil, "keep only these fields of the result: dot paths, separated by commas")
	flags.StringVar(&a.Flags.Format, "format", app.FormatAuto, "auto, json or table; auto is a table where a person looks at a list")
	flags.BoolVarP(&a.Flags.Verbose, "verbose", "v", false, "tell on standard error what is sent, without bodies and secrets")
	formats := []string{app.FormatAuto, app.FormatJSON, app.FormatTable}
	completion.Flag(cmd, "format", formats)
	cmd.PersistentPreRunE = func(*cobra.Command, []string) error {
		if err := a.CheckOutput(); err != nil {
			return err
		}
		if !slices.Contains(formats, a.Flags.Format) {
			return failure.Invalid("--format %s is not known: use auto, json or table", a.Flags.Format)
		}
		return nil
	}
}
