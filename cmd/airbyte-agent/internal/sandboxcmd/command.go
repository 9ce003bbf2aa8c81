package sandboxcmd

import (
	"context"
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"github.com/agentsdk-go/airbyte/cmd/airbyte-agent/internal/app"
	"github.com/agentsdk-go/airbyte/cmd/airbyte-agent/internal/completion"
	"github.com/agentsdk-go/airbyte/cmd/airbyte-agent/internal/failure"
	"github.com/agentsdk-go/airbyte/sandbox"
)

// Command returns the command sandbox.
func Command(a *app.App) *cobra.Command {
	var port int
	var shell string
	cmd := &cobra.Command{
		Use:   "sandbox",
		Short: "Run a simulated Airbyte, Pylon and model on this machine",
		Long: `Run a simulated Airbyte Agent API, a simulated Pylon and a scripted model on
loopback, until it is interrupted. No account is needed and nothing leaves this
machine. What programs need to know is printed as lines for a shell. An
interrupt is how it ends, so the exit code is 0 then.

Credentials that are refused can be tried, too: every client id and secret but
its own, every token of Pylon but its own in direct mode, and a hosted connector
that is made with the API token ` + sandbox.RefusedAPIToken + `. A hosted connector
takes any other token.`,
		Example: `  airbyte-agent sandbox --port 8765
  airbyte-agent sandbox -o sandbox.env &
  . ./sandbox.env && airbyte-agent connectors list`,
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error { return run(cmd.Context(), a, port, shell) },
	}
	cmd.Flags().IntVar(&port, "port", 0, "port to listen on (default any free one)")
	cmd.Flags().StringVar(&shell, "shell", posix, "whose lines to print: "+strings.Join(shells, ", "))
	completion.Flag(cmd, "shell", shells)
	return cmd
}

func run(ctx context.Context, a *app.App, port int, shell string) error {
	if !slices.Contains(shells, shell) {
		e := failure.Invalid("--shell %s is not known", shell)
		e.Candidates, e.DidYouMean = shells, like(shell)
		return e
	}
	if port < 0 || port > 65535 {
		return failure.Invalid("--port %d is no port: use 1 to 65535, or leave it out", port)
	}
	box, err := sandbox.Start(sandbox.WithPort(port))
	if err != nil {
		return failure.General("%v", err).WithHint("use another --port, or leave it out")
	}
	defer box.Close()
	// Not a.Notice: whoever reads the log of a sandbox must see what it is.
	if _, err := fmt.Fprintln(a.Err, "This is a simulator, on this machine alone; nothing here is real. Interrupt it to end it."); err != nil {
		return fmt.Errorf("write to standard error: %w", err)
	}
	err = a.WriteTo(ctx, func(w io.Writer) error {
		_, err := io.WriteString(w, lines(shell, box.Environ()))
		return err
	})
	if err != nil {
		return err
	}
	<-ctx.Done()
	return nil
}
