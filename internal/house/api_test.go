package house_test

import (
	"go/ast"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// foreignAllowed are third-party import paths that an exported declaration of
// the core may mention, with the reason. JSON, schemas and YAML cross the API
// as bytes, so there are none.
var foreignAllowed = map[string]string{}

// foreignTypes tells every third-party package that the exported
// declarations of a file mention, with where. Function bodies do not count.
func foreignTypes(m *module, s source) []string {
	imports := foreignImports(s.ast)
	var found []string
	for _, decl := range s.ast.Decls {
		for _, node := range exportedParts(decl) {
			ast.Inspect(node, func(n ast.Node) bool {
				sel, ok := n.(*ast.SelectorExpr)
				if !ok {
					_, body := n.(*ast.BlockStmt)
					return !body
				}
				if x, ok := sel.X.(*ast.Ident); ok && imports[x.Name] != "" {
					found = append(found, m.at(s, sel.Pos())+": "+x.Name+"."+sel.Sel.Name+" of "+imports[x.Name])
				}
				return true
			})
		}
	}
	return found
}

// foreignImports maps the local name of each third-party import to its path.
func foreignImports(file *ast.File) map[string]string {
	names := map[string]string{}
	for _, spec := range file.Imports {
		path, err := strconv.Unquote(spec.Path.Value)
		host, _, _ := strings.Cut(path, "/")
		if err != nil || !strings.Contains(host, ".") || within(path, modulePath) || foreignAllowed[path] != "" {
			continue
		}
		names[localName(spec, path)] = path
	}
	return names
}

// localName is the name a file knows an import by. Without an alias it is the
// last path element, less a major version or a gopkg suffix.
func localName(spec *ast.ImportSpec, path string) string {
	if spec.Name != nil {
		return spec.Name.Name
	}
	parts := strings.Split(path, "/")
	last := parts[len(parts)-1]
	if v, ok := strings.CutPrefix(last, "v"); ok && len(parts) > 1 {
		if _, err := strconv.Atoi(v); err == nil {
			last = parts[len(parts)-2]
		}
	}
	last, _, _ = strings.Cut(last, ".")
	return strings.TrimSuffix(strings.TrimPrefix(last, "go-"), "-go")
}

// exportedParts are the nodes of a declaration that a caller can see.
func exportedParts(decl ast.Decl) []ast.Node {
	switch d := decl.(type) {
	case *ast.FuncDecl:
		if d.Name.IsExported() && (d.Recv == nil || ast.IsExported(receiver(d))) {
			return []ast.Node{d.Type}
		}
	case *ast.GenDecl:
		var nodes []ast.Node
		for _, spec := range d.Specs {
			nodes = append(nodes, exportedSpec(spec)...)
		}
		return nodes
	}
	return nil
}

func exportedSpec(spec ast.Spec) []ast.Node {
	switch s := spec.(type) {
	case *ast.TypeSpec:
		if s.Name.IsExported() {
			return exportedTypeParts(s)
		}
	case *ast.ValueSpec:
		if !slices.ContainsFunc(s.Names, (*ast.Ident).IsExported) {
			return nil
		}
		if s.Type != nil {
			return []ast.Node{s.Type}
		}
		// Without a written type the value decides it.
		var nodes []ast.Node
		for _, v := range s.Values {
			nodes = append(nodes, v)
		}
		return nodes
	}
	return nil
}

func exportedTypeParts(s *ast.TypeSpec) []ast.Node {
	var nodes []ast.Node
	if s.TypeParams != nil {
		nodes = append(nodes, s.TypeParams)
	}
	st, ok := s.Type.(*ast.StructType)
	if !ok {
		return append(nodes, s.Type)
	}
	for _, f := range st.Fields.List {
		// An embedded field is seen through what it promotes, whatever its name.
		if len(f.Names) == 0 || slices.ContainsFunc(f.Names, (*ast.Ident).IsExported) {
			nodes = append(nodes, f.Type)
		}
	}
	return nodes
}

// receiver is the name of the type that a method belongs to.
func receiver(d *ast.FuncDecl) string {
	name := ""
	ast.Inspect(d.Recv.List[0].Type, func(n ast.Node) bool {
		if id, ok := n.(*ast.Ident); ok && name == "" {
			name = id.Name
		}
		return name == ""
	})
	return name
}

func TestExportedAPIMentionsNoThirdPartyType(t *testing.T) {
	t.Parallel()
	m := loadModule(t)
	checked := append(corePackages(t), "sandbox")
	for _, s := range m.sources {
		if s.test || !slices.Contains(checked, s.pkg.rel()) {
			continue
		}
		for _, found := range foreignTypes(m, s) {
			t.Errorf("%s: a third-party type in the exported API ties every caller to that library's version; use std types or bytes", found)
		}
	}
}
