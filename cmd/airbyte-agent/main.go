// Command airbyte-agent creates, describes and executes Airbyte agent
// connectors, and serves them to agents over MCP. See docs/cli.md.
package main

import (
	"cmp"
	"context"
	"os"
	"os/signal"
	"runtime/debug"
	"syscall"

	"github.com/agentsdk-go/airbyte/cmd/airbyte-agent/internal/app"
	"github.com/agentsdk-go/airbyte/cmd/airbyte-agent/internal/root"
)

// version is set by the release build.
var version string

func main() { os.Exit(run()) }

func run() int {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	// After the first signal the process has the usual handling of signals
	// again: a second Ctrl-C ends it at once.
	context.AfterFunc(ctx, stop)
	return root.Run(ctx, app.New(cmp.Or(version, built())), os.Args[1:])
}

// built is the module version that go install knows, "dev" for a checkout.
func built() string {
	info, ok := debug.ReadBuildInfo()
	if !ok || info.Main.Version == "" || info.Main.Version == "(devel)" {
		return "dev"
	}
	return info.Main.Version
}
