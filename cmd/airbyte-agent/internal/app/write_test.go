package app_test

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/agentsdk-go/airbyte/cmd/airbyte-agent/internal/app"
	"github.com/agentsdk-go/airbyte/cmd/airbyte-agent/internal/failure"
	"github.com/agentsdk-go/airbyte/cmd/airbyte-agent/internal/output"
)

var view = &app.View{Rows: "data", Table: output.Table{
	Columns: []output.Column{{Title: "ID", Path: "id"}, {Title: "NAME", Path: "name"}},
	Empty:   "No things.",
}}

func TestWriteChoosesTheForm(t *testing.T) {
	t.Parallel()
	const result = `{"data":[{"id":1,"name":"<a>"}]}`
	const asJSON = "{\n  \"data\": [\n    {\n      \"id\": 1,\n      \"name\": \"<a>\"\n    }\n  ]\n}\n"
	const asTable = "ID  NAME\n1   <a>\n"
	tests := []struct {
		name     string
		terminal bool
		flags    app.Flags
		view     *app.View
		want     string
	}{
		{"piped", false, app.Flags{}, view, asJSON},
		{"terminal", true, app.Flags{}, view, asTable},
		{"terminal, json asked for", true, app.Flags{Format: app.FormatJSON}, view, asJSON},
		{"piped, table asked for", false, app.Flags{Format: app.FormatTable}, view, asTable},
		{"terminal, no view", true, app.Flags{}, nil, asJSON},
		{"terminal, fields", true, app.Flags{Fields: []string{"data.id"}}, view, "{\n  \"data\": [\n    {\n      \"id\": 1\n    }\n  ]\n}\n"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			var out bytes.Buffer
			a := &app.App{Out: &out, Terminal: app.Terminal{Out: tt.terminal}, Flags: tt.flags}
			if err := a.Write(t.Context(), json.RawMessage(result), tt.view); err != nil {
				t.Fatal(err)
			}
			if out.String() != tt.want {
				t.Errorf("wrote %q, want %q", &out, tt.want)
			}
		})
	}
}

func TestFieldsThatMissKeepTheResult(t *testing.T) {
	t.Parallel()
	var out bytes.Buffer
	a := &app.App{Out: &out, Flags: app.Flags{Fields: []string{"nothing"}}}
	err := a.Write(t.Context(), json.RawMessage(`{"id":9007199254740993}`), nil)
	e := failure.From(err)
	const want = `{"operation_completed":true,"response":{"id":9007199254740993}}`
	if e.Exit != failure.ExitInput || string(e.Detail) != want || out.Len() > 0 {
		t.Errorf("got %+v with detail %s, wrote %q", e, e.Detail, &out)
	}
}

func TestFileIsWholeOrNotThere(t *testing.T) {
	t.Parallel()
	name := filepath.Join(t.TempDir(), "out.json")
	a := &app.App{Out: &bytes.Buffer{}, Flags: app.Flags{Output: name}}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if err := a.Write(ctx, json.RawMessage(`{}`), nil); !errors.Is(err, context.Canceled) {
		t.Errorf("error %v, want context.Canceled", err)
	}
	if left, err := os.ReadDir(filepath.Dir(name)); err != nil || len(left) > 0 {
		t.Errorf("left %v, %v", left, err)
	}
	if err := a.Write(t.Context(), json.RawMessage(`{}`), nil); err != nil {
		t.Fatal(err)
	}
	if got, err := os.ReadFile(name); err != nil || string(got) != "{}\n" {
		t.Errorf("wrote %q, %v", got, err)
	}
}

func TestConfirm(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name     string
		terminal bool
		typed    string
		assumed  bool
		ok       bool
	}{
		{"yes", true, "yes\n", false, true},
		{"capitals and space", true, " YES \r\n", false, true},
		{"no end of line", true, "yes", false, true},
		{"y", true, "y\n", false, false},
		{"nothing", true, "\n", false, false},
		{"more words", true, "YES NO\n", false, false},
		{"end of input", true, "", false, false},
		{"nobody there", false, "yes\n", false, false},
		{"assumed", false, "", true, true},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			a := &app.App{In: strings.NewReader(tt.typed), Err: &bytes.Buffer{}, Terminal: app.Terminal{In: tt.terminal}}
			err := a.Confirm(t.Context(), "Delete it?", tt.assumed)
			if (err == nil) != tt.ok {
				t.Errorf("got %v", err)
			}
			if err != nil && failure.From(err).Exit != failure.ExitInput {
				t.Errorf("failure %+v", failure.From(err))
			}
		})
	}
}

// A question must not hold up a command that is interrupted.
func TestAskEndsWithTheContext(t *testing.T) {
	t.Parallel()
	never, open, err := os.Pipe()
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = errors.Join(never.Close(), open.Close()) })
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	a := &app.App{In: never, Err: &bytes.Buffer{}}
	if _, err := a.Ask(ctx, "? "); !errors.Is(err, context.Canceled) {
		t.Errorf("error %v, want context.Canceled", err)
	}
}

func TestNoticesAreForPeople(t *testing.T) {
	t.Parallel()
	for _, terminal := range []bool{false, true} {
		var out bytes.Buffer
		a := &app.App{Err: &out, Terminal: app.Terminal{Err: terminal}}
		a.Notice("using %s", "default\x1b[31m")
		if (out.Len() > 0) != terminal || strings.Contains(out.String(), "\x1b") {
			t.Errorf("terminal %v: wrote %q", terminal, &out)
		}
	}
}
