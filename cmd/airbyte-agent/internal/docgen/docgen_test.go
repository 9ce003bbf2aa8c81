package main

import (
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/agentsdk-go/airbyte/cmd/airbyte-agent/internal/app"
	"github.com/agentsdk-go/airbyte/cmd/airbyte-agent/internal/root"
	"github.com/agentsdk-go/airbyte/internal/markdown"
)

// A program cannot be imported, so these tests are in its package.

const top = "../../../.."

func TestCommittedPageIsFresh(t *testing.T) {
	t.Parallel()
	got, err := os.ReadFile(filepath.Join(top, targetFile))
	if err != nil {
		t.Fatal(err)
	}
	if string(got) != manual(t) {
		t.Errorf("%s is not what the commands say; run go generate ./cmd/airbyte-agent", targetFile)
	}
}

func manual(t *testing.T) string {
	t.Helper()
	text, err := render(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	return text
}

func TestEveryCommandHasItsPart(t *testing.T) {
	t.Parallel()
	text := manual(t)
	for _, c := range leaves(root.New(&app.App{})) {
		if c.Short == "" || strings.HasSuffix(c.Short, ".") {
			t.Errorf("%s: the short text is %q, want one without a stop", c.CommandPath(), c.Short)
		}
		for _, want := range []string{"# " + title(c) + "\n", "](#" + markdown.Anchor(title(c)) + ")", "\n" + c.UseLine() + "\n"} {
			if !strings.Contains(text, want) {
				t.Errorf("%s: the manual lacks %q", c.CommandPath(), want)
			}
		}
	}
}

// TestNothingIsLeftUntold looks for the names in the sources that the
// hand-written parts must explain.
func TestNothingIsLeftUntold(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name    string
		folders []string
		pattern *regexp.Regexp
	}{
		{"environment variables", []string{"cmd/airbyte-agent", "internal/settings"}, regexp.MustCompile(`"(AIRBYTE_[A-Z_]+)"`)},
		{"types of failures", []string{"cmd/airbyte-agent"}, regexp.MustCompile(`Error\{\s*Type: +"(\w+)"`)},
		{"types of failures of the library", []string{"cmd/airbyte-agent/internal/failure"}, regexp.MustCompile(`return "(\w+)", Exit`)},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			text, found := manual(t), 0
			for _, folder := range tt.folders {
				for _, name := range named(t, filepath.Join(top, folder), tt.pattern) {
					found++
					if !strings.Contains(text, "`"+name+"`") {
						t.Errorf("the manual does not explain %s", name)
					}
				}
			}
			if found == 0 {
				t.Error("the sources name none: the pattern is out of date")
			}
		})
	}
}

// named are the first groups of a pattern's matches in the sources of a folder,
// tests left out.
func named(t *testing.T, folder string, pattern *regexp.Regexp) []string {
	t.Helper()
	var names []string
	err := filepath.WalkDir(folder, func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || !strings.HasSuffix(path, ".go") || strings.HasSuffix(path, "_test.go") {
			return err
		}
		source, err := os.ReadFile(path)
		for _, match := range pattern.FindAllSubmatch(source, -1) {
			names = append(names, string(match[1]))
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return names
}

func TestMarkdown(t *testing.T) {
	t.Parallel()
	tests := []struct{ name, got, want string }{
		{"fence", fence("  a \\\n    b\n"), "```\na \\\n  b\n```"},
		{"paragraphs", paragraphs("One\ntwo.\n\n  a\n  b\n\nThree.\n"), "One\ntwo.\n\n```\na\nb\n```\n\nThree."},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			if tt.got != tt.want {
				t.Errorf("got %q, want %q", tt.got, tt.want)
			}
		})
	}
}
