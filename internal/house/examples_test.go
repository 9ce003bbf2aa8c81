package house_test

import (
	"go/ast"
	"go/doc"
	"strconv"
	"strings"
	"testing"
)

// examples is what the runnable examples of the module show.
type examples struct {
	named map[string]bool // "connector.ExampleConnect" as "connector.Connect"
	used  map[string]bool // functions called in an example's body
}

// collectExamples reads the examples that `go test` runs: those with an
// Output comment.
func collectExamples(m *module) examples {
	ex := examples{named: map[string]bool{}, used: map[string]bool{}}
	for _, s := range m.sources {
		if !s.test {
			continue
		}
		imports := ownImports(s)
		for _, e := range doc.Examples(s.ast) {
			if e.Output == "" && !e.EmptyOutput {
				continue
			}
			name, _, _ := strings.Cut(e.Name, "_")
			ex.named[s.pkg.rel()+"."+name] = true
			ast.Inspect(e.Code, func(n ast.Node) bool {
				if sel, ok := n.(*ast.SelectorExpr); ok {
					if x, ok := sel.X.(*ast.Ident); ok && imports[x.Name] != "" {
						ex.used[imports[x.Name]+"."+sel.Sel.Name] = true
					}
				}
				return true
			})
		}
	}
	return ex
}

// ownImports maps the local names in a file to packages of this module,
// relative to it.
func ownImports(s source) map[string]string {
	names := map[string]string{}
	for _, spec := range s.ast.Imports {
		path, err := strconv.Unquote(spec.Path.Value)
		if err == nil && within(path, modulePath) {
			names[localName(spec, path)] = goPackage{ImportPath: path}.rel()
		}
	}
	return names
}

// needsExample reports whether d is a public entry point that an example can
// show. What takes a *testing.T, or a TB as the sandbox has it, runs only
// inside a test.
func needsExample(d *ast.FuncDecl) bool {
	if d.Recv != nil || !d.Name.IsExported() {
		return false
	}
	inTest := false
	ast.Inspect(d.Type, func(n ast.Node) bool {
		id, ok := n.(*ast.Ident)
		inTest = inTest || ok && (id.Name == "testing" || id.Name == "TB")
		return !inTest
	})
	return !inTest
}

func TestPublicFunctionsHaveRunnableExamples(t *testing.T) {
	t.Parallel()
	m := loadModule(t)
	shown := collectExamples(m)
	for _, s := range m.sources {
		if s.test || !s.pkg.public() {
			continue
		}
		for _, decl := range s.ast.Decls {
			d, ok := decl.(*ast.FuncDecl)
			if !ok || !needsExample(d) {
				continue
			}
			if name := s.pkg.rel() + "." + d.Name.Name; !shown.named[name] && !shown.used[name] {
				t.Errorf("%s: no Example with an // Output: comment is named after %s or calls it", m.at(s, d.Pos()), name)
			}
		}
	}
}
