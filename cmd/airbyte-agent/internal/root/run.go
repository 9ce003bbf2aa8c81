package root

import (
	"cmp"
	"context"
	"time"

	"github.com/agentsdk-go/airbyte/cmd/airbyte-agent/internal/app"
	"github.com/agentsdk-go/airbyte/cmd/airbyte-agent/internal/failure"
	"github.com/agentsdk-go/airbyte/cmd/airbyte-agent/internal/output"
	"github.com/agentsdk-go/airbyte/internal/envelope"
)

// patience is how long an interrupted command may take to clean up. One that
// waits in a read or in a write cannot hear of the interrupt, and is left behind.
const patience = time.Second

// Run runs the command that args name and returns the exit code. A failure is
// one JSON value on standard error.
func Run(ctx context.Context, a *app.App, args []string) int {
	err := untilInterrupted(ctx, a, func() error {
		defer a.Close()
		cmd := New(a)
		cmd.SetArgs(args)
		cmd.SetIn(a.In)
		cmd.SetOut(a.Out)
		cmd.SetErr(a.Err)
		return cmd.ExecuteContext(ctx)
	})
	if err == nil {
		return report(a, failure.ExitOK, app.Warning(a.Warnings()))
	}
	e := failure.From(err)
	if ctx.Err() != nil {
		e = failure.Interrupted(err)
	}
	e.Warnings = a.Warnings()
	return report(a, cmp.Or(e.Exit, failure.ExitGeneral), envelope.Encode(e))
}

// untilInterrupted runs a command, and gives up on it some time after ctx has
// ended, unless it wants to end in its own time.
func untilInterrupted(ctx context.Context, a *app.App, run func() error) error {
	done := make(chan error, 1)
	go func() { done <- run() }()
	select {
	case err := <-done:
		return err
	case <-ctx.Done():
	}
	timer := time.NewTimer(patience)
	defer timer.Stop()
	late := timer.C
	if a.EndsInItsOwnTime() {
		late = nil
	}
	select {
	case err := <-done:
		return err
	case <-late:
		return ctx.Err()
	}
}

// report writes what there is to say, if anything, and returns the exit code.
func report(a *app.App, code int, text []byte) int {
	if len(text) == 0 {
		return code
	}
	written := make(chan error, 1)
	go func() { written <- output.JSON(a.Err, text) }()
	timer := time.NewTimer(patience)
	defer timer.Stop()
	late := timer.C
	if code != failure.ExitInterrupted {
		late = nil // whoever reads slowly gets it all
	}
	select {
	case err := <-written:
		if err != nil { // nobody hears it: the code is all that is left
			return cmp.Or(code, failure.ExitGeneral)
		}
	case <-late: // nobody reads, and the user wants the process to end
	}
	return code
}
