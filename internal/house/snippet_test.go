package house_test

import (
	"bytes"
	"errors"
	"fmt"
	"go/ast"
	"go/format"
	"go/parser"
	"go/token"
	"maps"
	"regexp"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

var (
	exampleMarker = regexp.MustCompile(`^<!-- example: (\S+) -->$`)
	outputComment = regexp.MustCompile(`(?im)^\s*// (unordered )?output:`)
)

// snippet is a fenced Go block of a document.
type snippet struct {
	line   int
	source string // the file it is taken from, after the marker; "" without one
	text   string
}

// goSnippets are the ```go blocks of a document in order. A marker inside
// another block is only text.
func goSnippets(content string) ([]snippet, error) {
	var found []snippet
	var marker string
	var open *snippet
	for _, line := range markdownLines(content) {
		text := strings.TrimSpace(line.text)
		m := exampleMarker.FindStringSubmatch(text)
		switch {
		case open != nil && text == "```":
			found = append(found, *open)
			open = nil
		case open != nil:
			open.text += line.text + "\n"
		case text == "```go":
			open = &snippet{line: line.number, source: marker}
			marker = ""
		case marker != "" && text != "":
			return nil, fmt.Errorf("line %d: the example marker for %s is not followed by a go block", line.number, marker)
		case m != nil && !line.code:
			marker = m[1]
		}
	}
	if open != nil || marker != "" {
		return nil, errors.New("the last marker or go block is not closed")
	}
	return found, nil
}

// sourceText is what a marker stands for: a whole file without its license
// header, or with #Name the body of that function less its output comment.
func sourceText(files map[string]string, ref string) (string, error) {
	name, fn, _ := strings.Cut(ref, "#")
	content, ok := files[name]
	if !ok {
		return "", fmt.Errorf("there is no file %s", name)
	}
	fset := token.NewFileSet()
	tree, err := parser.ParseFile(fset, name, content, parser.ParseComments)
	if err != nil {
		return "", err
	}
	if fn == "" {
		return content[headerEnd(fset, tree):], nil
	}
	for _, decl := range tree.Decls {
		if d, ok := decl.(*ast.FuncDecl); ok && d.Recv == nil && d.Name.Name == fn {
			body := content[fset.Position(d.Body.Lbrace).Offset+1 : fset.Position(d.Body.Rbrace).Offset]
			if at := outputComment.FindStringIndex(body); at != nil {
				body = body[:at[0]]
			}
			return formatted(body)
		}
	}
	return "", fmt.Errorf("%s has no function %s", name, fn)
}

// headerEnd is where the package's comment or clause starts, past a license
// header and a build constraint.
func headerEnd(fset *token.FileSet, tree *ast.File) int {
	pos := tree.Package
	if tree.Doc != nil {
		pos = tree.Doc.Pos()
	}
	return fset.Position(pos).Offset
}

// formatted brings the body of a function to the left margin.
func formatted(body string) (string, error) {
	out, err := format.Source([]byte(strings.TrimSpace(body) + "\n"))
	return string(bytes.TrimSpace(out)) + "\n", err
}

// checkSnippets tells what is wrong with the Go blocks of a document. A block
// without a marker has to be Go at least.
func checkSnippets(files map[string]string, name string) []string {
	snippets, err := goSnippets(files[name])
	if err != nil {
		return []string{name + ": " + err.Error()}
	}
	var found []string
	for _, s := range snippets {
		where := place(name, s.line)
		if s.source == "" {
			if _, err := format.Source([]byte(s.text)); err != nil {
				found = append(found, where+": the block is not Go: "+err.Error())
			}
			continue
		}
		want, err := sourceText(files, s.source)
		if err != nil {
			found = append(found, where+": "+err.Error())
		} else if diff := cmp.Diff(want, s.text); diff != "" {
			found = append(found, where+": the block differs from "+s.source+" (-file +block):\n"+diff)
		}
	}
	return found
}

func TestSnippetsAreTheCodeTheyShow(t *testing.T) {
	t.Parallel()
	files := textFiles(t, loadModule(t).root)
	for _, name := range newRepository(files).documents() {
		for _, found := range checkSnippets(files, name) {
			t.Error(found)
		}
	}
}

func TestReadmeShowsOnlyTestedPrograms(t *testing.T) {
	t.Parallel()
	content, ok := textFiles(t, loadModule(t).root)["README.md"]
	if !ok {
		t.Fatal("README.md is missing")
	}
	snippets, err := goSnippets(content)
	if err != nil {
		t.Fatal(err)
	}
	if len(snippets) == 0 {
		t.Error("README.md shows no Go program")
	}
	for _, s := range snippets {
		if s.source == "" {
			t.Errorf("README.md:%d: put <!-- example: path/to/file.go --> above the block, so that this test compares them", s.line)
		}
	}
}

func TestSnippetRule(t *testing.T) {
	t.Parallel()
	files := map[string]string{
		"x/main.go":      "// Copyright someone.\n\n// Command x is.\npackage main\n\nfunc main() {}\n",
		"x/main_test.go": "package main\n\nfunc Example() {\n\tif true {\n\t\tmain()\n\t}\n\t// Output:\n\t// a\n}\n",
	}
	const program = "// Command x is.\npackage main\n\nfunc main() {}\n"
	tests := []struct {
		name, text string
		want       int
	}{
		{"whole file without its header", "<!-- example: x/main.go -->\n```go\n" + program + "```\n", 0},
		{"blank line after the marker", "<!-- example: x/main.go -->\n\n```go\n" + program + "```\n", 0},
		{"function body", "<!-- example: x/main_test.go#Example -->\n```go\nif true {\n\tmain()\n}\n```\n", 0},
		{"changed", "<!-- example: x/main.go -->\n```go\npackage main\n```\n", 1},
		{"missing file", "<!-- example: x/none.go -->\n```go\n" + program + "```\n", 1},
		{"missing function", "<!-- example: x/main_test.go#None -->\n```go\n```\n", 1},
		{"marker without a block", "<!-- example: x/main.go -->\ntext\n", 1},
		{"open block", "```go\nx := 1\n", 1},
		{"no marker", "```go\nx := 1\n```\n", 0},
		{"no marker and no Go", "```go\nx := := 1\n```\n", 1},
		{"marker as text", "```html\n<!-- example: x/none.go -->\n```\n", 0},
		{"other language", "```python\nx = = 1\n```\n", 0},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			all := map[string]string{"README.md": tt.text}
			maps.Copy(all, files)
			if got := checkSnippets(all, "README.md"); len(got) != tt.want {
				t.Errorf("found %q, want %d", got, tt.want)
			}
		})
	}
}
