package mcpserve

import (
	"github.com/spf13/cobra"

	"github.com/agentsdk-go/airbyte/cmd/airbyte-agent/internal/app"
	"github.com/agentsdk-go/airbyte/cmd/airbyte-agent/internal/completion"
	"github.com/agentsdk-go/airbyte/cmd/airbyte-agent/internal/mcpconfig"
	"github.com/agentsdk-go/airbyte/cmd/airbyte-agent/internal/target"
)

// Command returns the command mcp.
func Command(a *app.App) *cobra.Command {
	cmd := &cobra.Command{
		Use:   "mcp",
		Short: "Serve connectors to assistants and agents over MCP",
		Long:  "Serve connectors to assistants and agents over MCP, the Model Context Protocol.",
	}
	servers := func(args []string) ([]target.Target, error) { return startedBy(a, args) }
	serve := serveCommand(a)
	isOfServe := func(name string) bool { return serve.Flags().Lookup(name) != nil }
	cmd.AddCommand(serve, mcpconfig.Command(a, servers, isOfServe), healthCommand(a))
	return cmd
}

func serveCommand(a *app.App) *cobra.Command {
	s := &serving{app: a}
	cmd := &cobra.Command{
		Use:   "serve",
		Short: "Serve the tools of connectors over MCP",
		Long: `Serve the tools of one connector, or of several, over MCP.

Without --http it speaks on standard input and output, for a client that starts
it. Nothing else is written to standard output. When its input ends, it finishes
what it has read, for 10 seconds at most, and ends too.

With --http it serves any number of clients at /mcp, with /healthz and /readyz
beside it, and prints where as JSON. It keeps no sessions, so that any number of
copies can run behind a load balancer. An address that other machines can reach
needs a bearer token, from a file or ` + tokenVariable + `. SIGTERM lets running calls
finish and ends with code 0.`,
		Example: `  airbyte-agent mcp serve --connector pylon
  airbyte-agent mcp serve --connector pylon --mode direct --read-only
  airbyte-agent mcp serve --connector pylon --allow 'issues.*' --per-action
  airbyte-agent mcp serve --connector pylon --http 127.0.0.1:8080
  airbyte-agent mcp serve --connector pylon --http :8080 --bearer-token-file token.txt`,
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error { return s.run(cmd.Context(), cmd.Flags()) },
	}
	s.flags(cmd.Flags())
	completion.Choosers(cmd)
	completion.Flag(cmd, "log", logs)
	return cmd
}
