package house_test

import (
	"fmt"
	"go/ast"
	"go/token"
	"slices"
	"strings"
	"testing"
)

// undocumented collects what a reader of the documentation would miss.
type undocumented struct {
	m      *module
	s      source
	fields bool // also fields and interface methods
	found  []string
}

func (u *undocumented) add(pos token.Pos, format string, args ...any) {
	u.found = append(u.found, u.m.at(u.s, pos)+": "+fmt.Sprintf(format, args...))
}

// named checks that a comment is there and starts with the name it explains.
func (u *undocumented) named(pos token.Pos, name string, doc *ast.CommentGroup) {
	text := strings.Fields(doc.Text())
	switch {
	case len(text) == 0:
		u.add(pos, "%s has no doc comment", name)
	case strings.TrimRight(text[0], ".,:;'") != name:
		u.add(pos, "the doc comment of %s starts with %q, not with its name", name, text[0])
	}
}

func (u *undocumented) file() {
	for _, decl := range u.s.ast.Decls {
		switch d := decl.(type) {
		case *ast.FuncDecl:
			if d.Name.IsExported() && (d.Recv == nil || ast.IsExported(receiver(d))) {
				u.named(d.Pos(), d.Name.Name, d.Doc)
			}
		case *ast.GenDecl:
			u.group(d)
		}
	}
}

func (u *undocumented) group(d *ast.GenDecl) {
	for _, spec := range d.Specs {
		switch s := spec.(type) {
		case *ast.TypeSpec:
			if s.Name.IsExported() {
				doc := first(s.Doc, d.Doc)
				u.named(s.Pos(), s.Name.Name, doc)
				u.members(s, doc)
			}
		case *ast.ValueSpec:
			u.values(s, d)
		}
	}
}

// values checks constants and variables. In a group a comment on the group or
// behind the value is enough: a list of codes reads best that way.
func (u *undocumented) values(s *ast.ValueSpec, d *ast.GenDecl) {
	i := slices.IndexFunc(s.Names, (*ast.Ident).IsExported)
	if i < 0 {
		return
	}
	name := s.Names[i].Name
	switch {
	case s.Doc != nil:
		u.named(s.Pos(), name, s.Doc)
	case !d.Lparen.IsValid():
		u.named(s.Pos(), name, d.Doc)
	case d.Doc == nil && s.Comment == nil:
		u.add(s.Pos(), "%s has no doc comment, nor has its group", name)
	}
}

// members checks the fields of a struct and the methods of an interface. One
// comment may serve the members on the lines right below it, and a type's own
// comment serves the members that it names.
func (u *undocumented) members(s *ast.TypeSpec, doc *ast.CommentGroup) {
	list := memberList(s.Type)
	if !u.fields || list == nil {
		return
	}
	served := -1 // the last line of the run that a comment serves
	for _, f := range list.List {
		from, to := u.m.line(f.Pos()), u.m.line(f.End())
		if f.Doc != nil || f.Comment != nil || served == from-1 || served == from {
			served = to
			continue
		}
		for _, name := range f.Names {
			if name.IsExported() && !mentions(doc.Text(), name.Name) {
				u.add(f.Pos(), "%s.%s has no comment", s.Name.Name, name.Name)
			}
		}
	}
}

func memberList(typ ast.Expr) *ast.FieldList {
	switch t := typ.(type) {
	case *ast.StructType:
		return t.Fields
	case *ast.InterfaceType:
		return t.Methods
	default:
		return nil
	}
}

func mentions(text, word string) bool {
	return slices.ContainsFunc(strings.Fields(text), func(w string) bool {
		return strings.Trim(w, ".,:;()[]'\"") == word
	})
}

func first(groups ...*ast.CommentGroup) *ast.CommentGroup {
	for _, g := range groups {
		if g != nil {
			return g
		}
	}
	return nil
}

func TestExportedSymbolsAreDocumented(t *testing.T) {
	t.Parallel()
	m := loadModule(t)
	for _, s := range m.sources {
		// Nobody reads the documentation of a program's own names.
		if s.test || s.pkg.program() {
			continue
		}
		u := &undocumented{m: m, s: s, fields: s.pkg.public()}
		u.file()
		for _, found := range u.found {
			t.Error(found)
		}
	}
}

func TestPackagesHaveOneComment(t *testing.T) {
	t.Parallel()
	m := loadModule(t)
	comments := map[string][]string{}
	for _, s := range m.sources {
		if !s.test && s.ast.Doc.Text() != "" {
			comments[s.pkg.ImportPath] = append(comments[s.pkg.ImportPath], s.name)
			if opening := packageOpening(s.pkg); !strings.HasPrefix(s.ast.Doc.Text(), opening) {
				t.Errorf("%s: the package comment does not start with %q", s.name, opening)
			}
		}
	}
	for _, p := range m.pkgs {
		if n := len(comments[p.ImportPath]); n != 1 && len(p.GoFiles) > 0 {
			t.Errorf("package %s has %d package comments %v, want one", p.rel(), n, comments[p.ImportPath])
		}
	}
}

// packageOpening is how go doc expects a package comment to begin. A
// program's comment begins with its name, however the author writes it.
func packageOpening(p goPackage) string {
	if p.Name == "main" {
		return ""
	}
	return "Package " + p.Name + " "
}
