package main

import (
	"fmt"
	"os"
	"os/exec"
	"os/signal"
	"syscall"
	"testing"

	"github.com/rogpeppe/go-internal/testscript"

	"github.com/agentsdk-go/airbyte/internal/golden"
	"github.com/agentsdk-go/airbyte/internal/testenv"
)

func TestMain(m *testing.M) {
	testscript.Main(clearing{m}, map[string]func(){
		"airbyte-agent": func() { os.Exit(run()) },
		"exitcode":      func() { os.Exit(exitCode(os.Args[1:])) },
		"person":        func() { os.Exit(person(os.Args[1:])) },
		"mcpclient":     func() { os.Exit(mcpClient(os.Args[1:])) },
		"terminated":    func() { os.Exit(terminated(os.Args[1:])) },
		"visit":         func() { os.Exit(visit(os.Args[1])) },
	})
}

// clearing clears the environment for the tests, and leaves alone that of the
// commands, which are this binary too: a script has set it for them.
type clearing struct{ *testing.M }

// Run runs the tests.
func (c clearing) Run() int {
	testenv.Clear()
	if !raceEnabled {
		return c.M.Run()
	}
	remove, err := usePlainBinary()
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		return 1
	}
	defer remove()
	return c.M.Run()
}

// usePlainBinary puts the command, built without the race detector, before the
// one that is this binary: with it each of some hundred starts takes ten times
// as long. What runs at once in a command is tested in its own package.
func usePlainBinary() (remove func(), err error) {
	dir, err := os.MkdirTemp("", "airbyte-agent-")
	if err != nil {
		return nil, err
	}
	remove = func() { _ = os.RemoveAll(dir) }
	build := exec.Command("go", "build", "-buildvcs=false", "-o", dir+string(os.PathSeparator), ".") //nolint:noctx // it ends by itself
	if out, err := build.CombinedOutput(); err != nil {
		remove()
		return nil, fmt.Errorf("go build: %w: %s", err, out)
	}
	return remove, os.Setenv("PATH", dir+string(os.PathListSeparator)+os.Getenv("PATH"))
}

// exitCode runs a program, passes on interrupts and says at the end with which
// code it ended: testscript does not tell that of a program in the background.
func exitCode(args []string) int {
	cmd := exec.Command(args[0], args[1:]...) //nolint:noctx // it ends with the script
	cmd.Stdin, cmd.Stdout, cmd.Stderr = os.Stdin, os.Stdout, os.Stderr
	if err := startAndSignal(cmd); err != nil {
		fmt.Fprintln(os.Stderr, err)
		return 1
	}
	_ = cmd.Wait() // the code is read below
	fmt.Fprintf(os.Stderr, "exit code %d\n", cmd.ProcessState.ExitCode())
	return min(cmd.ProcessState.ExitCode(), 1)
}

// startAndSignal starts a program and passes interrupts on to it from then on.
func startAndSignal(cmd *exec.Cmd) error {
	signals := make(chan os.Signal, 1)
	signal.Notify(signals, os.Interrupt, syscall.SIGTERM)
	if err := cmd.Start(); err != nil {
		return err
	}
	go func() {
		for s := range signals {
			_ = cmd.Process.Signal(s) // it may have ended just now
		}
	}()
	return nil
}

// TestScripts runs the transcripts in testdata/script, each against a sandbox
// of its own. They are goldens: -update rewrites what cmp compares. Beside
// testscript's own commands they have those of scriptCommands.
func TestScripts(t *testing.T) {
	t.Parallel()
	testscript.Run(t, testscript.Params{
		Dir:                 "testdata/script",
		Setup:               setup,
		Cmds:                scriptCommands,
		RequireUniqueNames:  true,
		RequireExplicitExec: true,
		UpdateScripts:       golden.Updating(),
	})
}
