package root

import (
	"context"

	"github.com/agentsdk-go/airbyte/cmd/airbyte-agent/internal/app"
	"github.com/agentsdk-go/airbyte/cmd/airbyte-agent/internal/failure"
	"github.com/agentsdk-go/airbyte/cmd/airbyte-agent/internal/output"
	"github.com/agentsdk-go/airbyte/internal/envelope"
)

// Run runs the command that args name and returns the exit code. A failure is
// one JSON value on standard error.
func Run(ctx context.Context, a *app.App, args []string) int {
	defer a.Close()
	cmd := New(a)
	cmd.SetArgs(args)
	cmd.SetIn(a.In)
	cmd.SetOut(a.Out)
	cmd.SetErr(a.Err)
	err := cmd.ExecuteContext(ctx)
	if err == nil {
		return failure.ExitOK
	}
	e := failure.From(err)
	if ctx.Err() != nil {
		e = failure.Interrupted()
	}
	if err := output.JSON(a.Err, envelope.Encode(e)); err != nil && e.Exit == failure.ExitOK {
		return failure.ExitGeneral
	}
	return e.Exit
}
