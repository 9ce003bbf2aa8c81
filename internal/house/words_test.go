package house_test

import (
	"regexp"
	"strings"
	"testing"
)

// rule is a text that has no place in the repository, and why.
type rule struct {
	pattern *regexp.Regexp
	why     string
	tests   bool // whether test files may contain it
}

// The patterns are put together from pieces so that this file keeps the rule.
var wordRules = []rule{
	{
		regexp.MustCompile("(^|[^\\w/.~-])/(wo" + "rk|ro" + "ot|ho" + "me|Us" + "ers)/\\w"),
		"a path of one machine means nothing on another", false,
	},
	{
		regexp.MustCompile("(^|[^\\w/.~-])/tm" + "p/\\w"),
		"a path of one machine means nothing on another; use os.MkdirTemp or t.TempDir", true,
	},
	{
		regexp.MustCompile(`\b(proxy\.gol` + `ang\.org|sum\.gol` + `ang\.org|registry\.npm` + `js\.org|pypi` + `\.org|crates` + `\.io)\b`),
		"which package registry is used is the reader's choice", false,
	},
}

// forbiddenWords tells each line of a file that breaks a rule.
func forbiddenWords(name, content string) []string {
	var found []string
	for i, line := range strings.Split(content, "\n") {
		for _, r := range wordRules {
			if r.tests && strings.HasSuffix(name, "_test.go") {
				continue
			}
			if hit := r.pattern.FindString(line); hit != "" {
				found = append(found, place(name, i+1)+": "+hit+": "+r.why)
			}
		}
	}
	return found
}

func TestNoForbiddenWords(t *testing.T) {
	t.Parallel()
	for name, content := range textFiles(t, loadModule(t).root) {
		for _, found := range forbiddenWords(name, content) {
			t.Error(found)
		}
	}
}

func TestForbiddenWordRule(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name, file, text string
		want             int
	}{
		{"plain", "a.md", "Nothing here.", 0},
		{"machine path", "a.md", "see /wo" + "rk/main", 1},
		{"quoted machine path", "a.go", "\"/ho" + "me/me/x\"", 1},
		{"part of a URL's path", "a.md", "https://example.com/wo" + "rk/items", 0},
		{"relative path", "a.md", "./ho" + "me/x", 0},
		{"temporary path", "a.sh", "cp x /tm" + "p/y", 1},
		{"temporary path in a test", "a_test.go", "\"/tm" + "p/y\"", 0},
		{"registry", "a.md", "https://pro" + "xy.gol" + "ang.org", 1},
		{"documentation site", "a.md", "https://pkg.go.dev/x", 0},
		{"two lines", "a.md", "/ro" + "ot/a\n/ro" + "ot/b", 2},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			if got := forbiddenWords(tt.file, tt.text); len(got) != tt.want {
				t.Errorf("found %q, want %d", got, tt.want)
			}
		})
	}
}
