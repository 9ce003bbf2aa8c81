package root_test

import (
	"bytes"
	"context"
	"encoding/json"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/agentsdk-go/airbyte/cmd/airbyte-agent/internal/app"
	"github.com/agentsdk-go/airbyte/cmd/airbyte-agent/internal/failure"
	"github.com/agentsdk-go/airbyte/cmd/airbyte-agent/internal/root"
	"github.com/agentsdk-go/airbyte/internal/testenv"
	"github.com/agentsdk-go/airbyte/sandbox"
)

func TestMain(m *testing.M) { testenv.Main(m) }

// stuck is a stream that says when it is used, and blocks then for the rest of
// the test.
type stuck struct {
	used    chan struct{}
	forever chan struct{}
}

func newStuck(t *testing.T) *stuck {
	t.Helper()
	s := &stuck{used: make(chan struct{}, 1), forever: make(chan struct{})}
	t.Cleanup(func() { close(s.forever) })
	return s
}

func (s *stuck) block() {
	select {
	case s.used <- struct{}{}:
	default:
	}
	<-s.forever
}

func (s *stuck) Read([]byte) (int, error)    { s.block(); return 0, io.EOF }
func (s *stuck) Write(p []byte) (int, error) { s.block(); return len(p), nil }

// A command that waits in a read or in a write cannot hear of Ctrl-C.
func TestInterruptWhileBlocked(t *testing.T) {
	t.Setenv("HOME", t.TempDir())
	useSandbox(t, sandbox.Test(t))
	tests := []struct {
		name string
		args []string
		app  func(*app.App, *stuck)
	}{
		{"reading --json", []string{"connectors", "list", "--json", "-"}, func(a *app.App, s *stuck) { a.In = s }},
		{"writing the result", []string{"connectors", "list"}, func(a *app.App, s *stuck) { a.Out = s }},
		{"reading credentials", []string{"connectors", "execute", "--mode", "direct", "--name", "pylon", "--service-credentials", "-", "--entity", "me", "--action", "get"}, func(a *app.App, s *stuck) { a.In = s }},
	}
	for _, tt := range tests { //nolint:paralleltest // the environment is set for all of them
		t.Run(tt.name, func(t *testing.T) {
			var stderr bytes.Buffer
			s := newStuck(t)
			a := &app.App{In: strings.NewReader(""), Out: io.Discard, Err: &stderr, Flags: app.Flags{Format: app.FormatAuto}}
			tt.app(a, s)
			ctx, interrupt := context.WithCancel(t.Context())
			go func() {
				<-s.used
				interrupt()
			}()
			if code := root.Run(ctx, a, tt.args); code != failure.ExitInterrupted {
				t.Errorf("exit code %d: %s", code, &stderr)
			}
			if e := decode(t, stderr.Bytes()); e.Type != "interrupted" {
				t.Errorf("said %s", &stderr)
			}
		})
	}
}

// Nor may the failure itself hold up the end.
func TestInterruptWhileNobodyReads(t *testing.T) {
	t.Setenv("HOME", t.TempDir())
	useSandbox(t, sandbox.Test(t))
	s := newStuck(t)
	ctx, interrupt := context.WithCancel(t.Context())
	go func() {
		<-s.used
		interrupt()
	}()
	a := &app.App{In: strings.NewReader(""), Out: s, Err: s, Flags: app.Flags{Format: app.FormatAuto}}
	if code := root.Run(ctx, a, []string{"connectors", "list"}); code != failure.ExitInterrupted {
		t.Errorf("exit code %d", code)
	}
}

// Of a change that was under way a user has to know that it may have happened.
func TestInterruptOfAWriteSaysSo(t *testing.T) {
	ctx, interrupt := context.WithCancel(t.Context())
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if strings.HasSuffix(r.URL.Path, "/execute") {
			_, _ = io.Copy(io.Discard, r.Body) // only then does the server see that the client leaves
			interrupt()
			<-r.Context().Done()
			return
		}
		_, _ = io.WriteString(w, `{"access_token":"t","expires_in":900}`)
	}))
	t.Cleanup(server.Close)
	t.Setenv("AIRBYTE_CLIENT_ID", "id")
	t.Setenv("AIRBYTE_CLIENT_SECRET", "secret")
	t.Setenv("AIRBYTE_API_HOST", server.URL)
	code, stderr := run(ctx, "connectors", "execute", "--id", "c1", "--entity", "issues", "--action", "create", "--yes")
	if e := decode(t, stderr); code != failure.ExitInterrupted || !strings.Contains(e.Hint, "may have been carried out") {
		t.Errorf("exit code %d: %s", code, stderr)
	}
}

// What is wrong with the settings file is told in the one value on standard
// error, whether the command succeeds or fails.
func TestWarningsShareStandardError(t *testing.T) {
	if os.PathSeparator == '\\' {
		t.Skip("Windows does not say with a mode who can read a file")
	}
	useSandbox(t, sandbox.Test(t))
	home := t.TempDir()
	t.Setenv("HOME", home)
	if err := os.MkdirAll(filepath.Join(home, ".airbyte-agent"), 0o700); err != nil {
		t.Fatal(err)
	}
	file := filepath.Join(home, ".airbyte-agent", "settings.json")
	if err := os.WriteFile(file, []byte(`{"settings":{}}`), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := os.Chmod(file, 0o644); err != nil { //nolint:gosec // that is what is tested
		t.Fatal(err)
	}
	for name, args := range map[string][]string{
		"success": {"connectors", "list"},
		"failure": {"connectors", "inspect", "--id", "00000000-0000-0000-0000-000000000000"},
	} {
		_, stderr := run(t.Context(), args...)
		e := decode(t, stderr)
		if len(e.Warnings) != 1 || !strings.Contains(e.Warnings[0], "chmod 600") {
			t.Errorf("%s: %s", name, stderr)
		}
	}
}

func TestUnknownWordsBelowHelpAndCompletion(t *testing.T) {
	t.Parallel()
	for _, args := range [][]string{{"help", "conectors"}, {"help", "connectors", "lst"}, {"completion", "bsh"}} {
		code, stderr := run(t.Context(), args...)
		if e := decode(t, stderr); code != failure.ExitInput || e.Type != "unknown_command" || e.DidYouMean == "" {
			t.Errorf("%v: exit code %d: %s", args, code, stderr)
		}
	}
	for _, args := range [][]string{{"help"}, {"help", "connectors", "list"}, {"completion", "bash"}, {"--version"}} {
		if code, stderr := run(t.Context(), args...); code != 0 || len(stderr) > 0 {
			t.Errorf("%v: exit code %d: %s", args, code, stderr)
		}
	}
}

func TestValuesThatDoNotFit(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct{ args, want string }{
		{"mcp serve --pages x", `--pages "x" is no whole number`},
		{"mcp serve --call-timeout soon", `--call-timeout "soon" is no duration, such as 30s or 5m`},
		{"mcp serve --read-only=maybe", `--read-only "maybe" is neither true nor false`},
		{"mcp serve --mode local", `--mode "local": use hosted or direct`},
	} {
		code, stderr := run(t.Context(), strings.Fields(tt.args)...)
		if e := decode(t, stderr); code != failure.ExitInput || e.Message != tt.want {
			t.Errorf("%s: exit code %d, %q; want %q", tt.args, code, e.Message, tt.want)
		}
	}
}

func useSandbox(t *testing.T, box *sandbox.Sandbox) {
	t.Helper()
	t.Setenv("AIRBYTE_CLIENT_ID", sandbox.ClientID)
	t.Setenv("AIRBYTE_CLIENT_SECRET", sandbox.ClientSecret)
	t.Setenv("AIRBYTE_API_HOST", box.PlatformURL())
}

func run(ctx context.Context, args ...string) (code int, stderr []byte) {
	var text bytes.Buffer
	a := &app.App{In: strings.NewReader(""), Out: io.Discard, Err: &text, Version: "1.2.3", Flags: app.Flags{Format: app.FormatAuto}}
	return root.Run(ctx, a, args), text.Bytes()
}

func decode(t *testing.T, stderr []byte) failure.Error {
	t.Helper()
	var e failure.Error
	if err := json.Unmarshal(stderr, &e); err != nil {
		t.Errorf("standard error is not one JSON value: %v: %s", err, stderr)
	}
	return e
}
