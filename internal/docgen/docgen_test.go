package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/tidwall/gjson"

	"github.com/agentsdk-go/airbyte/connector"
	"github.com/agentsdk-go/airbyte/internal/catalog"
	"github.com/agentsdk-go/airbyte/internal/manifest"
)

// A program cannot be imported, so these tests are in its package.

const root = "../.."

func TestCommittedPageIsFresh(t *testing.T) {
	t.Parallel()
	want, err := render(root)
	if err != nil {
		t.Fatal(err)
	}
	got, err := os.ReadFile(filepath.Join(root, targetFile))
	if err != nil {
		t.Fatal(err)
	}
	if string(got) != want {
		t.Errorf("%s is not what the manifest says; run go generate ./internal/catalog", targetFile)
	}
}

// operations calls fn with every operation of open source mode.
func operations(t *testing.T, fn func(entity string, op *manifest.Operation)) {
	t.Helper()
	doc, ok := catalog.Lookup("pylon")
	if !ok {
		t.Fatal("the manifest is missing")
	}
	for i := range doc.Entities {
		for j := range doc.Entities[i].Operations {
			fn(doc.Entities[i].Name, doc.Entities[i].Operations[j].AsDirect())
		}
	}
}

// notSent stands for a network that a right call would have reached.
type notSent struct{}

var errNotSent = errors.New("not sent")

func (notSent) RoundTrip(*http.Request) (*http.Response, error) { return nil, errNotSent }

func TestExamplesAreRightCalls(t *testing.T) {
	t.Parallel()
	m, ok := connector.LookupManifest("pylon")
	if !ok {
		t.Fatal("the manifest is missing")
	}
	conn, err := connector.Open(m, connector.Credentials{"api_token": "t"},
		connector.WithHTTPClient(&http.Client{Transport: notSent{}}), connector.WithRetries(0), connector.WithRateLimit(0))
	if err != nil {
		t.Fatal(err)
	}
	operations(t, func(entity string, op *manifest.Operation) {
		params := connector.Params{}
		for _, a := range exampleArguments(entity, op) {
			if !gjson.Valid(a.value) {
				t.Errorf("%s.%s: %s is not JSON: %s", entity, op.Action, a.Name, a.value)
			}
			params[a.Name] = json.RawMessage(a.value)
		}
		if _, err := conn.Execute(t.Context(), entity, op.Action, params); !errors.Is(err, errNotSent) {
			t.Errorf("%s.%s: %v", entity, op.Action, err)
		}
	})
}

// TestExamplesCompile puts each block of the page into a function of its own, as
// a reader does.
func TestExamplesCompile(t *testing.T) {
	t.Parallel()
	page, err := render(root)
	if err != nil {
		t.Fatal(err)
	}
	blocks := goBlocks(page)
	want := 0
	operations(t, func(string, *manifest.Operation) { want += 2 })
	if len(blocks) != want {
		t.Errorf("the page has %d examples, want %d", len(blocks), want)
	}
	var b strings.Builder
	b.WriteString("package main\n\nimport (\n\"context\"\n\"time\"\n\n\"github.com/agentsdk-go/airbyte/connector\"\n" +
		"\"github.com/agentsdk-go/airbyte/connector/pylon\"\n)\n\nvar _ = time.UTC\n\nfunc main() { _ = calls }\n\nvar calls = []func(context.Context, *pylon.Connector){\n")
	for _, block := range blocks {
		names, _, _ := strings.Cut(block, " :=")
		fmt.Fprintf(&b, "func(ctx context.Context, conn *pylon.Connector) {\n%s\n%s = %s\n},\n", block, blanks(names), names)
	}
	b.WriteString("}\n")
	file := filepath.Join(t.TempDir(), "main.go")
	if err := os.WriteFile(file, []byte(b.String()), 0o600); err != nil {
		t.Fatal(err)
	}
	vet := exec.CommandContext(t.Context(), "go", "vet", file)
	vet.Dir = root
	if out, err := vet.CombinedOutput(); err != nil {
		t.Errorf("the examples do not compile: %v\n%s", err, out)
	}
}

// goBlocks are the blocks of Go on a page.
func goBlocks(page string) []string {
	var out []string
	for i, part := range strings.Split(page, "```go\n") {
		if block, _, closed := strings.Cut(part, "```"); i > 0 && closed {
			out = append(out, block)
		}
	}
	return out
}

func blanks(names string) string {
	return strings.TrimSuffix(strings.Repeat("_, ", strings.Count(names, ",")+1), ", ")
}

func TestMarkdown(t *testing.T) {
	t.Parallel()
	tests := []struct{ name, got, want string }{
		{"date", mustDate(t, "2026-03-01T08:00:00Z"), "time.Date(2026, time.March, 1, 8, 0, 0, 0, time.UTC)"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			if tt.got != tt.want {
				t.Errorf("got %s, want %s", tt.got, tt.want)
			}
		})
	}
}

func mustDate(t *testing.T, text string) string {
	t.Helper()
	out, err := date(text)
	if err != nil {
		t.Fatal(err)
	}
	return out
}
