package main

import (
	"errors"
	"os"
	"os/exec"
	"strconv"
	"strings"
	"time"

	"github.com/rogpeppe/go-internal/testscript"

	"github.com/agentsdk-go/airbyte/sandbox"
)

// scriptCommands are what the transcripts have beside testscript's own
// commands.
var scriptCommands = map[string]func(ts *testscript.TestScript, neg bool, args []string){
	// exits CODE PROGRAM ARGS…: like exec, with the very exit code.
	"exits": scriptExits,
	// sandbox [organizations=N] [workspaces=N] [connectors=N] [account=N]
	// [widget=N]: another sandbox. The last two are values of sandbox.Account and
	// sandbox.WidgetOutcome.
	"sandbox": scriptSandbox,
	// fault ROUTE STATUS [BODY]: the next request of the route fails; with
	// STATUS drop its connection is closed, with hold it waits a minute, with
	// cut the first 200 bytes of its true answer come. A * before the status means every
	// request; 429/2 asks to wait two seconds.
	"fault": scriptFault,
	// calls ROUTE N: so many requests of the route have come.
	"calls": scriptCalls,
	// arrived ROUTE: waits until a request of the route has come. To interrupt a
	// command in the middle of one:
	//
	//	fault execute hold
	//	! exec exitcode airbyte-agent connectors execute … &job&
	//	arrived execute
	//	kill -INT job
	//	wait job
	//	stderr 'exit code 130'
	"arrived": scriptArrived,
	// appears FILE: waits until a command in the background has made the file.
	"appears": scriptAppears,
	// nosecret: neither stream of the last command holds a credential.
	"nosecret": scriptNoSecret,
}

func boxOf(ts *testscript.TestScript) *scriptBox {
	box, ok := ts.Value(boxKey{}).(*scriptBox)
	if !ok {
		ts.Fatalf("the script has no sandbox")
	}
	return box
}

func scriptExits(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) < 2 {
		ts.Fatalf("usage: exits code program [args...]")
	}
	want, err := strconv.Atoi(args[0])
	ts.Check(err)
	got := 0
	if err := ts.Exec(args[1], args[2:]...); err != nil {
		ended, ok := errors.AsType[*exec.ExitError](err)
		if !ok {
			ts.Fatalf("%v", err)
		}
		got = ended.ExitCode()
	}
	if got != want {
		ts.Fatalf("exit code %d, want %d", got, want)
	}
}

func scriptSandbox(ts *testscript.TestScript, _ bool, args []string) {
	var opts []sandbox.Option
	for _, arg := range args {
		name, text, _ := strings.Cut(arg, "=")
		n, err := strconv.Atoi(text)
		ts.Check(err)
		switch name {
		case "organizations":
			opts = append(opts, sandbox.WithOrganizations(n))
		case "workspaces":
			opts = append(opts, sandbox.WithExtraWorkspaces(n))
		case "connectors":
			opts = append(opts, sandbox.WithExtraConnectors(n))
		case "account":
			opts = append(opts, sandbox.WithAccount(sandbox.Account(n)))
		case "widget":
			opts = append(opts, sandbox.WithWidget(sandbox.WidgetOutcome(n)))
		default:
			ts.Fatalf("sandbox: unknown option %s", name)
		}
	}
	box, err := sandbox.Start(opts...)
	ts.Check(err)
	kept := boxOf(ts)
	kept.Close()
	kept.Sandbox = box
	for key, value := range variables(box) {
		ts.Setenv(key, value)
	}
}

func scriptFault(ts *testscript.TestScript, _ bool, args []string) {
	if len(args) < 2 {
		ts.Fatalf("usage: fault route [*]status[/seconds]|drop|hold|cut [body]")
	}
	status, always := strings.CutPrefix(args[1], "*")
	fault := sandbox.Fault{Route: args[0]}
	if always {
		fault.Times = -1
	}
	status, wait, waits := strings.Cut(status, "/")
	if waits {
		seconds, err := strconv.Atoi(wait)
		ts.Check(err)
		fault.RetryAfter = time.Duration(seconds) * time.Second
	}
	switch status {
	case "cut":
		fault.Truncate = 200
	case "drop":
		fault.Drop = true
	case "hold":
		fault.Delay = time.Minute
	default:
		n, err := strconv.Atoi(status)
		ts.Check(err)
		fault.Status = n
	}
	if len(args) > 2 {
		fault.Body = args[2]
	}
	boxOf(ts).Inject(fault)
}

func scriptCalls(ts *testscript.TestScript, _ bool, args []string) {
	if len(args) != 2 {
		ts.Fatalf("usage: calls route n")
	}
	want, err := strconv.Atoi(args[1])
	ts.Check(err)
	if got := boxOf(ts).Count(args[0]); got != want {
		ts.Fatalf("%d requests of %s, want %d", got, args[0], want)
	}
}

// scriptArrived waits until a request of the route has come.
func scriptArrived(ts *testscript.TestScript, _ bool, args []string) {
	if len(args) != 1 {
		ts.Fatalf("usage: arrived route")
	}
	deadline := time.NewTimer(30 * time.Second)
	defer deadline.Stop()
	tick := time.NewTicker(5 * time.Millisecond)
	defer tick.Stop()
	for box := boxOf(ts); box.Count(args[0]) == 0; {
		select {
		case <-deadline.C:
			ts.Fatalf("no request of %s has come", args[0])
		case <-tick.C:
		}
	}
}

// scriptAppears waits until a file is there.
func scriptAppears(ts *testscript.TestScript, _ bool, args []string) {
	if len(args) != 1 {
		ts.Fatalf("usage: appears file")
	}
	there := func() bool {
		_, err := os.Stat(ts.MkAbs(args[0]))
		return err == nil
	}
	if !waitFor(there) {
		ts.Fatalf("%s has not appeared", args[0])
	}
}

// waitFor waits until something holds, and reports whether it does after half a
// minute.
func waitFor(holds func() bool) bool {
	deadline := time.NewTimer(30 * time.Second)
	defer deadline.Stop()
	tick := time.NewTicker(5 * time.Millisecond)
	defer tick.Stop()
	for !holds() {
		select {
		case <-deadline.C:
			return false
		case <-tick.C:
		}
	}
	return true
}

func scriptNoSecret(ts *testscript.TestScript, _ bool, _ []string) {
	for _, stream := range []string{"stdout", "stderr"} {
		text := ts.ReadFile(stream)
		for _, secret := range []string{sandbox.ClientSecret, sandbox.PylonToken} {
			if strings.Contains(text, secret) {
				ts.Fatalf("%s holds a secret", stream)
			}
		}
	}
}
