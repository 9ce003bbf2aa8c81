package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/agentsdk-go/airbyte/connector"
	"github.com/agentsdk-go/airbyte/internal/manifest"
	"github.com/agentsdk-go/airbyte/internal/manifest/loader"
	"github.com/agentsdk-go/airbyte/internal/markdown"
)

func TestWithHosted(t *testing.T) {
	t.Parallel()
	tests := []struct{ name, direct, hosted, want string }{
		{"the same", "Read it.", "Read it.", "Read it."},
		{"less", "Read it. Or not.", "Read it.", "Read it. Or not."},
		{"more", "Read it.", "Read it. Always.", "Read it. Hosted: Always."},
		{"other", "Read it at 2.5 GB. Once.", "Read it. Once.", "Read it at 2.5 GB. Once. Hosted: Read it."},
		{"nothing", "Read it.", "", "Read it."},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			if got := withHosted(tt.direct, tt.hosted); got != tt.want {
				t.Errorf("got %q, want %q", got, tt.want)
			}
		})
	}
}

// overrides calls fn with every text of the manifest that holds in open source
// mode alone.
func overrides(t *testing.T, fn func(where, text string)) {
	t.Helper()
	source, err := os.ReadFile(filepath.Join(root, sourceFile))
	if err != nil {
		t.Fatal(err)
	}
	doc, _, err := loader.ParseSchemas(source)
	if err != nil {
		t.Fatal(err)
	}
	add := func(where string, o *manifest.Override) {
		if o == nil {
			return
		}
		for _, text := range []string{o.Description, o.SearchStrategy} {
			if text != "" {
				fn(where, text)
			}
		}
	}
	for _, e := range doc.Entities {
		add(e.Name, e.Direct)
		for _, op := range e.Operations {
			add(e.Name+"."+op.Action, op.Direct)
			for _, p := range op.Parameters {
				add(e.Name+"."+op.Action+" "+p.Name, p.Direct)
			}
		}
	}
}

func TestPageSaysWhatOpenSourceModeSays(t *testing.T) {
	t.Parallel()
	page, err := render(root)
	if err != nil {
		t.Fatal(err)
	}
	seen := 0
	overrides(t, func(where, text string) {
		seen++
		if !strings.Contains(page, markdown.Plain(text)) && !strings.Contains(page, markdown.Cell(text)) {
			t.Errorf("%s: the page does not say %q", where, text)
		}
	})
	if seen == 0 {
		t.Error("the manifest has no x-direct")
	}
}

// rows are the lines of the page's parameter tables, by action and parameter.
func rows(page string) map[string][]string {
	out := map[string][]string{}
	action := ""
	for line := range strings.Lines(page) {
		if heading, ok := strings.CutPrefix(line, "### "); ok {
			action = strings.TrimSpace(heading)
		}
		if cells := strings.Split(line, " | "); len(cells) >= 5 {
			out[action+" "+strings.Trim(cells[0], "| `")] = cells
		}
	}
	return out
}

func TestPageSaysWhatIsRequired(t *testing.T) {
	t.Parallel()
	page, err := render(root)
	if err != nil {
		t.Fatal(err)
	}
	m, ok := connector.LookupManifest("pylon")
	if !ok {
		t.Fatal("the manifest is missing")
	}
	conn, err := connector.Open(m, connector.Credentials{"api_token": "t"})
	if err != nil {
		t.Fatal(err)
	}
	table := rows(page)
	for _, e := range conn.Entities() {
		for _, a := range e.Actions {
			for _, p := range a.Parameters {
				where := e.Name + "." + a.Name + " " + p.Name
				cells := table[where]
				if cells == nil {
					t.Errorf("%s is not on the page", where)
				} else if got := strings.TrimSpace(cells[3]); got != yes(p.Required) {
					t.Errorf("%s: required is %v, and the page says %q", where, p.Required, got)
				}
			}
		}
	}
}
