package failure_test

import (
	"errors"
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"github.com/agentsdk-go/airbyte/cmd/airbyte-agent/internal/failure"
)

var (
	// option is how a Go program sets something, which a user cannot.
	option = regexp.MustCompile(`\bWith[A-Z]\w*`)
	// refusal begins what an option says of its own value: a mistake of this
	// program, but for the address that a user may have set.
	refusal = regexp.MustCompile(`^With[A-Z]\w*: |^With[A-Z]\w*$`)
)

// unreachable are options that no command uses, or only with values of its own.
var unreachable = regexp.MustCompile(`WithCapabilities|WithEffect|WithReadiness|WithLogger|WithHandlerLogger|WithPath|WithMaxBodyBytes|WithCredentials and WithToken`)

// TestAdviceIsForUsers holds that no advice of the library reaches a user in
// the words of Go: it looks at every text in the library's sources.
func TestAdviceIsForUsers(t *testing.T) {
	t.Parallel()
	seen := 0
	for _, text := range libraryTexts(t) {
		if !option.MatchString(text) || (refusal.MatchString(text) && !strings.HasPrefix(text, "WithBaseURL: url")) {
			continue
		}
		if unreachable.MatchString(text) {
			continue
		}
		seen++
		text = strings.ReplaceAll(text, "%q", `"name"`)
		if got := failure.From(errors.New(text)).Message; option.MatchString(got) {
			t.Errorf("a user reads %q", got)
		}
	}
	if seen < 10 {
		t.Errorf("only %d texts found: the test looks in the wrong place", seen)
	}
}

// libraryTexts are the string literals of the library.
func libraryTexts(t *testing.T) []string {
	t.Helper()
	var texts []string
	for _, dir := range []string{"platform", "connector", "tools", "internal/direct", "internal/settings", "internal/httpx", "internal/manifest"} {
		err := filepath.WalkDir(filepath.Join("../../../..", filepath.FromSlash(dir)), func(path string, d fs.DirEntry, err error) error {
			if d != nil && d.IsDir() && (d.Name() == "openai" || d.Name() == "langchaingo") {
				return fs.SkipDir // not linked
			}
			if err != nil || d.IsDir() || filepath.Ext(path) != ".go" || strings.HasSuffix(path, "_test.go") {
				return err
			}
			file, err := parser.ParseFile(token.NewFileSet(), path, nil, 0)
			if err != nil {
				return err
			}
			ast.Inspect(file, func(n ast.Node) bool {
				if lit, ok := n.(*ast.BasicLit); ok && lit.Kind == token.STRING {
					text, err := strconv.Unquote(lit.Value)
					if err != nil {
						t.Errorf("%s: %v", path, err)
					}
					texts = append(texts, text)
				}
				return true
			})
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	return texts
}
