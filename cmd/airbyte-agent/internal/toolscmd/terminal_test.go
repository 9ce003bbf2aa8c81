package toolscmd_test

import (
	"bytes"
	"encoding/json"
	"errors"
	"strings"
	"testing"

	"github.com/agentsdk-go/airbyte/cmd/airbyte-agent/internal/app"
	"github.com/agentsdk-go/airbyte/cmd/airbyte-agent/internal/failure"
	"github.com/agentsdk-go/airbyte/cmd/airbyte-agent/internal/toolscmd"
	"github.com/agentsdk-go/airbyte/internal/golden"
)

// onTerminal runs a command as a person does; the transcripts show what
// programs get.
func onTerminal(t *testing.T, args ...string) (stdout, stderr string, err error) {
	t.Helper()
	var out, errs bytes.Buffer
	a := &app.App{
		Out: &out, Err: &errs,
		Terminal: app.Terminal{Out: true, Err: true, Width: 100},
		Flags:    app.Flags{Format: app.FormatAuto},
	}
	t.Cleanup(a.Close)
	cmd := toolscmd.Command(a)
	cmd.SilenceErrors, cmd.SilenceUsage = true, true
	cmd.SetArgs(append(args, "--connector", "pylon", "--offline"))
	err = cmd.ExecuteContext(t.Context())
	return out.String(), errs.String(), err
}

func TestPrintOnTerminal(t *testing.T) {
	t.Parallel()
	stdout, stderr, err := onTerminal(t, "print", "--per-action", "--allow", "issues.get,issues.list")
	if err != nil {
		t.Fatal(err)
	}
	if !json.Valid([]byte(stdout)) {
		t.Errorf("standard output is not JSON alone:\n%s", stdout)
	}
	golden.Check(t, "print_stderr.txt", stderr)
}

func TestSizesOnTerminal(t *testing.T) {
	t.Parallel()
	stdout, stderr, err := onTerminal(t, "print", "--sizes", "--per-action", "--allow", "issues.get,issues.list")
	if err != nil {
		t.Fatal(err)
	}
	golden.Check(t, "print_stderr.txt", stdout+stderr)
}

func TestLintOnTerminal(t *testing.T) {
	t.Parallel()
	stdout, stderr, err := onTerminal(t, "lint", "--description-budget", "0")
	if e, ok := errors.AsType[*failure.Error](err); !ok || e.Exit != failure.ExitInput || !strings.Contains(e.Message, "azure-openai") {
		t.Errorf("error %v, want the providers that refuse, exit 4", err)
	}
	if stderr != "" {
		t.Errorf("standard error: %s", stderr)
	}
	golden.Check(t, "lint_stdout.txt", stdout)
}
