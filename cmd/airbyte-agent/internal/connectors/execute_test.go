package connectors_test

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/agentsdk-go/airbyte/cmd/airbyte-agent/internal/app"
	"github.com/agentsdk-go/airbyte/cmd/airbyte-agent/internal/failure"
)

// TestExecuteSendsWhatWasGiven: nothing is added, renamed, rounded or left out.
func TestExecuteSendsWhatWasGiven(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name string
		args []string
		want string
	}{
		{"the least", []string{"--entity", "teams", "--action", "list"}, `{"entity":"teams","action":"list"}`},
		{"no entity", []string{"--entity", "", "--action", "describe"}, `{"entity":"","action":"describe"}`},
		{
			"all flags",
			[]string{
				"--intent", "why", "--skip-truncation=false", "--exclude-fields", "b", "--select-fields", "a.x,c", "--params", `{"n": 9007199254740993}`,
				"--action", "get", "--entity", "<t>",
			},
			`{"entity":"<t>","action":"get","params":{"n": 9007199254740993},"select_fields":["a.x","c"],"exclude_fields":["b"],"skip_truncation":false,"intent":"why"}`,
		},
		{
			"one object",
			[]string{"--json", `{"id":"body5","params":{"z":1.50,"a":12345678901234567890,"e":1e2},"action":"get","entity":"t","select_fields":[]}`},
			`{"entity":"t","action":"get","params":{"z":1.50,"a":12345678901234567890,"e":1e2},"select_fields":[]}`,
		},
		{"a write", []string{"--entity", "t", "--action", "delete", "--params", "{}", "--yes"}, `{"entity":"t","action":"delete","params":{}}`},
	}
	for i, tc := range tests {
		t.Run(tc.name, func(t *testing.T) {
			t.Parallel()
			id := fmt.Sprintf("body%d", i+2)
			sent := make(chan string, 1)
			api.on("POST /integrations/connectors/"+id+"/execute", func(w http.ResponseWriter, r *http.Request) {
				body, err := io.ReadAll(r.Body)
				if err != nil {
					t.Error(err)
				}
				sent <- string(body)
				fmt.Fprint(w, `{"status":"success"}`)
			})
			args := append([]string{"execute"}, tc.args...)
			if tc.args[0] != "--json" {
				args = append(args, "--id", id)
			}
			if err := newSession(t, "", app.Terminal{}).run(t.Context(), args...); err != nil {
				t.Fatal(err)
			}
			if got := <-sent; got != tc.want {
				t.Errorf("sent %s\nwant %s", got, tc.want)
			}
		})
	}
}

// pages answers with five records on three pages.
func pages(id string) {
	api.on("GET /integrations/connectors/"+id, func(w http.ResponseWriter, _ *http.Request) {
		fmt.Fprintf(w, `{"id":%q,"name":"things","source_template":{"id":"t","name":"Things"}}`, id)
	})
	api.on("POST /integrations/connectors/"+id+"/execute", func(w http.ResponseWriter, r *http.Request) {
		body, _ := io.ReadAll(r.Body) // a cut body has no cursor
		page := `{"data":[{"n":1},{"n":2}],"meta":{"has_more":true,"cursor":"two"}}`
		switch {
		case strings.Contains(string(body), `"two"`):
			page = `{"data":[{"n":3},{"n":4}],"meta":{"has_more":true,"cursor":"three"}}`
		case strings.Contains(string(body), `"three"`):
			page = `{"data":[{"n":5}],"meta":{"has_more":false}}`
		}
		fmt.Fprintf(w, `{"status":"success","result":%s}`, page)
	})
}

func TestProgressOfAll(t *testing.T) {
	t.Parallel()
	pages("progress")
	const lines = "{\"n\":1}\n{\"n\":2}\n{\"n\":3}\n{\"n\":4}\n{\"n\":5}\n"
	tests := []struct {
		name     string
		terminal app.Terminal
		toFile   bool
		want     string // on standard error
	}{
		{"nobody looks", app.Terminal{}, false, ""},
		{"somebody looks", app.Terminal{Err: true}, false, "\r2 records…\r4 records…\r5 records…\r\x1b[K"},
		{"the records are on the same screen", app.Terminal{Out: true, Err: true}, false, ""},
		{"the records go to a file", app.Terminal{Out: true, Err: true}, true, "\r2 records…\r4 records…\r5 records…\r\x1b[K"},
	}
	for _, tc := range tests {
		t.Run(tc.name, func(t *testing.T) {
			t.Parallel()
			s := newSession(t, "", tc.terminal)
			if tc.toFile {
				s.app.Flags.Output = filepath.Join(t.TempDir(), "records.jsonl")
			}
			if err := s.run(t.Context(), "execute", "--id", "progress", "--entity", "things", "--action", "list", "--all"); err != nil {
				t.Fatal(err)
			}
			got := s.out.String()
			if tc.toFile {
				content, err := os.ReadFile(s.app.Flags.Output)
				if err != nil {
					t.Fatal(err)
				}
				got = string(content)
			}
			if got != lines || s.err.String() != tc.want {
				t.Errorf("got %q, and on standard error %q", got, s.err.String())
			}
		})
	}
}

// TestWarningsOfAll: a person is told once what pages say beside their records.
func TestWarningsOfAll(t *testing.T) {
	t.Parallel()
	api.on("GET /integrations/connectors/stale", func(w http.ResponseWriter, _ *http.Request) {
		fmt.Fprint(w, `{"id":"stale","name":"things","source_template":{"id":"t","name":"Things"}}`)
	})
	api.on("POST /integrations/connectors/stale/execute", func(w http.ResponseWriter, r *http.Request) {
		body, _ := io.ReadAll(r.Body) // a cut body has no cursor
		more := !strings.Contains(string(body), "cursor")
		fmt.Fprintf(w, `{"status":"success","result":{"data":[{"more":%v}],"meta":{"has_more":%[1]v,"cursor":"two"}},"warning":{"code":"c","message":"the data is old"}}`, more)
	})
	s := newSession(t, "", app.Terminal{Err: true})
	if err := s.run(t.Context(), "execute", "--id", "stale", "--entity", "things", "--action", "list", "--all"); err != nil {
		t.Fatal(err)
	}
	if want := "the data is old\n\r1 record…\r2 records…\r\x1b[K"; s.err.String() != want {
		t.Errorf("standard error: %q", s.err.String())
	}
}

// notText is no JSON and no UTF-8 either.
const notText = "\x00\xff{\r\n\x1b[2J"

func TestDownloadAndTerminal(t *testing.T) {
	t.Parallel()
	api.on("POST /integrations/connectors/terminal/execute", func(w http.ResponseWriter, _ *http.Request) {
		fmt.Fprint(w, notText)
	})
	args := []string{"execute", "--id", "terminal", "--entity", "files", "--action", "download"}
	s := newSession(t, "", app.Terminal{Out: true})
	if err := s.run(t.Context(), args...); failure.From(err).Exit != failure.ExitInput || s.out.Len() > 0 {
		t.Errorf("got %v and %q, want a refusal", err, s.out.String())
	}
	s.app.Flags.Output = "-"
	if err := s.run(t.Context(), args...); err != nil || s.out.String() != notText {
		t.Errorf("got %v and %q for -o -", err, s.out.String())
	}
}

// TestBrokenDownload: what does not come whole leaves no file.
func TestBrokenDownload(t *testing.T) {
	t.Parallel()
	interrupted, interrupt := context.WithCancel(t.Context())
	tests := []struct {
		name   string
		id     string
		ctx    context.Context
		answer http.HandlerFunc
		exit   int
		says   string
	}{
		{"cut by the server", "cut", t.Context(), func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Length", "100")
			fmt.Fprint(w, "ten bytes.")
		}, failure.ExitGeneral, "execute files.download: incomplete answer: unexpected EOF"},
		{"interrupted by the user", "interrupted", interrupted, func(w http.ResponseWriter, r *http.Request) {
			fmt.Fprint(w, "ten bytes.")
			if err := http.NewResponseController(w).Flush(); err != nil {
				t.Error(err)
			}
			interrupt()
			<-r.Context().Done()
		}, failure.ExitInterrupted, "interrupted"},
	}
	for _, tc := range tests {
		t.Run(tc.name, func(t *testing.T) {
			t.Parallel()
			api.on("POST /integrations/connectors/"+tc.id+"/execute", tc.answer)
			s := newSession(t, "", app.Terminal{})
			s.app.Flags.Output = filepath.Join(t.TempDir(), "file.bin")
			err := s.run(tc.ctx, "execute", "--id", tc.id, "--entity", "files", "--action", "download")
			if e := failure.From(err); err == nil || e.Exit != tc.exit || e.Message != tc.says {
				t.Errorf("got %v, want exit code %d and %q", err, tc.exit, tc.says)
			}
			absent(t, s.app.Flags.Output)
		})
	}
}

// fullDisk takes some bytes and then none.
type fullDisk struct{ room int }

func (d *fullDisk) Write(p []byte) (int, error) {
	if len(p) > d.room {
		return d.room, errors.New("no space left on device")
	}
	d.room -= len(p)
	return len(p), nil
}

func TestAllOnAFullDisk(t *testing.T) {
	t.Parallel()
	pages("disk")
	s := newSession(t, "", app.Terminal{})
	s.app.Out = &fullDisk{room: 20}
	err := s.run(t.Context(), "execute", "--id", "disk", "--entity", "things", "--action", "list", "--all")
	if err == nil || !strings.Contains(err.Error(), "no space left on device; 2 records had been written before") {
		t.Errorf("got %v", err)
	}
}
