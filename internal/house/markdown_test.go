package house_test

import (
	"fmt"
	"io/fs"
	"path"
	"regexp"
	"slices"
	"strings"
	"testing"
	"unicode"
)

var (
	linkPattern = regexp.MustCompile(`!?\[[^\]]*\]\(([^)\s]+)[^)]*\)`)
	// codePath is a path below a folder of this repository, in inline code or
	// in a command: ./examples/hosted, docs/performance.md.
	codePath = regexp.MustCompile("(?:^|[\\s`'\"=])(?:\\./)?((?:platform|connector|tools|sandbox|cmd|examples|internal|docs|\\.ci)/[\\w./-]*[\\w-])")
	heading  = regexp.MustCompile(`^#{1,6}\s+(.*?)\s*#*$`)
)

func place(name string, line int) string { return fmt.Sprintf("%s:%d", name, line) }

// markdownLine is a line of a document and whether a code fence holds it.
type markdownLine struct {
	number int
	text   string
	code   bool
}

func markdownLines(content string) []markdownLine {
	var lines []markdownLine
	code := false
	for i, text := range strings.Split(content, "\n") {
		fence := strings.HasPrefix(strings.TrimSpace(text), "```")
		if fence {
			code = !code
		}
		lines = append(lines, markdownLine{number: i + 1, text: text, code: code || fence})
	}
	return lines
}

// anchors are the fragments that links into a document can name.
func anchors(content string) []string {
	var found []string
	for _, line := range markdownLines(content) {
		if m := heading.FindStringSubmatch(line.text); m != nil && !line.code {
			found = append(found, slug(m[1]))
		}
	}
	return found
}

// slug is the fragment that code hosts make of a heading.
func slug(title string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case r == ' ':
			return '-'
		case r == '-' || r == '_' || unicode.IsLetter(r) || unicode.IsDigit(r):
			return unicode.ToLower(r)
		default:
			return -1
		}
	}, title)
}

// repository answers what documents may point to.
type repository struct {
	files map[string]string
	dirs  map[string]bool
}

func newRepository(files map[string]string) repository {
	r := repository{files: files, dirs: map[string]bool{".": true}}
	for name := range files {
		for dir := path.Dir(name); dir != "."; dir = path.Dir(dir) {
			r.dirs[dir] = true
		}
	}
	return r
}

func (r repository) exists(name string) bool {
	_, file := r.files[name]
	return file || r.dirs[name]
}

// broken tells each link and each mentioned path of a document that leads
// nowhere.
func (r repository) broken(name string) []string {
	var found []string
	for _, line := range markdownLines(r.files[name]) {
		if !line.code {
			for _, m := range linkPattern.FindAllStringSubmatch(line.text, -1) {
				if why := r.brokenLink(name, m[1]); why != "" {
					found = append(found, place(name, line.number)+": "+why)
				}
			}
		}
		for _, m := range codePath.FindAllStringSubmatch(line.text, -1) {
			if !r.exists(path.Clean(m[1])) {
				found = append(found, place(name, line.number)+": there is no "+m[1])
			}
		}
	}
	return found
}

func (r repository) brokenLink(from, target string) string {
	if strings.Contains(target, "://") || strings.HasPrefix(target, "mailto:") {
		return ""
	}
	file, fragment, _ := strings.Cut(target, "#")
	to := path.Join(path.Dir(from), file)
	if file == "" {
		to = from
	}
	if !fs.ValidPath(to) || !r.exists(to) {
		return "link to " + target + ": no such file"
	}
	if fragment != "" && !slices.Contains(anchors(r.files[to]), fragment) {
		return "link to " + target + ": no such heading"
	}
	return ""
}

// documents are the Markdown files, less test data.
func (r repository) documents() []string {
	var names []string
	for name := range r.files {
		if strings.HasSuffix(name, ".md") && !strings.Contains(name, "testdata/") {
			names = append(names, name)
		}
	}
	slices.Sort(names)
	return names
}

func TestDocumentsPointToWhatExists(t *testing.T) {
	t.Parallel()
	repo := newRepository(textFiles(t, loadModule(t).root))
	for _, name := range append(repo.documents(), "LICENSE") {
		if !repo.exists(name) {
			t.Errorf("%s is missing", name)
		}
		for _, found := range repo.broken(name) {
			t.Error(found)
		}
	}
}

func TestBrokenLinkRule(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name, text string
		want       int
	}{
		{"file", "[a](docs/a.md)", 0},
		{"missing file", "[a](docs/b.md)", 1},
		{"folder", "[a](docs)", 0},
		{"outside", "[a](../x)", 1},
		{"heading", "[a](docs/a.md#two-words-v1)", 0},
		{"missing heading", "[a](docs/a.md#three)", 1},
		{"own heading", "# Here\n[a](#here)", 0},
		{"web", "[a](https://example.com/docs/b.md)", 0},
		{"link in code", "```\n[a](nowhere.md)\n```", 0},
		{"command", "```sh\ngo run ./examples/none\n```", 1},
		{"inline path", "see `docs/a.md`", 0},
		{"missing inline path", "see `docs/none.md`", 1},
		{"placeholder", "a folder per adapter, `tools/<framework>`", 0},
		{"another module's path", "`github.com/x/tools/none`", 0},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			repo := newRepository(map[string]string{
				"README.md": tt.text,
				"docs/a.md": "## Two words, `v1`\n```\n# three\n```",
			})
			if got := repo.broken("README.md"); len(got) != tt.want {
				t.Errorf("found %q, want %d", got, tt.want)
			}
		})
	}
}
