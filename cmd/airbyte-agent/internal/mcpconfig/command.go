package mcpconfig

import (
	"os"
	"strings"

	"github.com/spf13/cobra"

	"github.com/agentsdk-go/airbyte/cmd/airbyte-agent/internal/app"
	"github.com/agentsdk-go/airbyte/cmd/airbyte-agent/internal/completion"
	"github.com/agentsdk-go/airbyte/cmd/airbyte-agent/internal/failure"
	"github.com/agentsdk-go/airbyte/cmd/airbyte-agent/internal/target"
	"github.com/agentsdk-go/airbyte/internal/suggest"
)

const long = `Print what to put into the settings of an assistant, so that it starts this
program as an MCP server. What follows -- are the flags of mcp serve, which are
checked here.

No secret is printed. In hosted mode the server takes the credentials that
airbyte-agent login saved. In direct mode the assistant passes on an environment
variable; Claude Desktop cannot, so there the value goes into the file.`

const example = `  airbyte-agent mcp config --client claude-desktop -- --connector pylon --read-only
  airbyte-agent mcp config --client vscode -- --connector pylon --mode direct`

// options are the flags.
type options struct {
	client, name, command string
}

// Command returns the command config. servers checks the flags of mcp serve and
// says which connectors it would serve with them; theirs reports whether a flag
// is one of them.
func Command(a *app.App, servers func(flags []string) ([]target.Target, error), theirs func(name string) bool) *cobra.Command {
	var opts options
	cmd := &cobra.Command{
		Use:                   "config --client <assistant> [flags] -- <flags of mcp serve>",
		DisableFlagsInUseLine: true, // they do not come last
		Short:                 "Print the settings of an assistant that starts the MCP server",
		Long:                  long,
		Example:               example,
		Args:                  cobra.ArbitraryArgs,
		RunE: func(cmd *cobra.Command, args []string) error {
			c, err := find(opts.client)
			if err != nil {
				return err
			}
			targets, err := servers(args)
			if err != nil {
				return err
			}
			s, err := opts.server(targets, args)
			if err != nil {
				return err
			}
			file, err := c.config(s)
			if err != nil {
				return err
			}
			a.Notice("For %s: put it into %s, and restart it.", c.title, c.file)
			return a.Write(cmd.Context(), file, nil)
		},
	}
	flags := cmd.Flags()
	flags.StringVar(&opts.client, "client", "", "the assistant: claude-desktop, claude-code, cursor or vscode (required)")
	flags.StringVar(&opts.name, "name", "", "name of the server in the assistant (default the connector's)")
	flags.StringVar(&opts.command, "command", "", "how the assistant starts this program (default its absolute path: assistants do not have the PATH of a shell)")
	cmd.SetFlagErrorFunc(func(cmd *cobra.Command, err error) error {
		if name, unknown := strings.CutPrefix(err.Error(), "unknown flag: --"); unknown && theirs(name) {
			return failure.Invalid("--%s is a flag of mcp serve", name).
				WithHint("these come after --, as in airbyte-agent mcp config --client cursor -- --connector pylon")
		}
		return cmd.Parent().FlagErrorFunc()(cmd, err)
	})
	completion.Flag(cmd, "client", names())
	return cmd
}

func find(name string) (client, error) {
	for _, c := range clients {
		if c.name == name {
			return c, nil
		}
	}
	e := failure.Invalid("--client %q is no assistant that this program knows", name)
	if name == "" {
		e = failure.Invalid("--client is required: the assistant that these settings are for")
	}
	e.Candidates, e.DidYouMean = names(), suggest.Nearest(name, names())
	return client{}, e
}

func names() []string {
	var all []string
	for _, c := range clients {
		all = append(all, c.name)
	}
	return all
}

// server is how the assistant starts mcp serve with these flags.
func (o options) server(targets []target.Target, flags []string) (server, error) {
	s := server{name: o.name, command: o.command, args: append([]string{"mcp", "serve"}, flags...)}
	var called []string
	for _, t := range targets {
		name, secrets, err := t.Needs()
		if err != nil {
			return server{}, err
		}
		called = append(called, name)
		s.secrets = append(s.secrets, secrets...)
	}
	if s.name == "" {
		s.name = strings.Join(called, "-")
	}
	if s.command != "" {
		return s, nil
	}
	var err error
	s.command, err = os.Executable()
	return s, err
}
