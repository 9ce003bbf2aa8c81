package mcpserve

import (
	"io"

	"github.com/spf13/pflag"

	"github.com/agentsdk-go/airbyte/cmd/airbyte-agent/internal/app"
	"github.com/agentsdk-go/airbyte/cmd/airbyte-agent/internal/failure"
	"github.com/agentsdk-go/airbyte/cmd/airbyte-agent/internal/target"
)

// startedBy returns the connectors that mcp serve would serve to an assistant
// that starts it with these flags.
func startedBy(a *app.App, args []string) ([]target.Target, error) {
	s := &serving{app: a}
	flags := pflag.NewFlagSet("serve", pflag.ContinueOnError)
	flags.SetOutput(io.Discard)
	s.flags(flags)
	if err := flags.Parse(args); err != nil {
		return nil, failure.Invalid("flags of mcp serve: %v", err).WithHint("airbyte-agent mcp serve --help shows them")
	}
	if flags.NArg() > 0 {
		return nil, failure.Invalid("mcp serve takes no argument %q", flags.Arg(0))
	}
	if s.web.address != "" {
		return nil, failure.Invalid("an assistant starts the server by itself over standard input alone").
			WithHint("leave --http out; docs/deploy.md says how to run one over HTTP")
	}
	if err := s.check(flags); err != nil {
		return nil, err
	}
	return s.tools.targets(), nil
}
