package house_test

import (
	"go/parser"
	"go/token"
	"testing"
)

func TestDocumentationRule(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name, decl string
		want       int
	}{
		{"documented function", "// F does it.\nfunc F() {}", 0},
		{"undocumented function", "func F() {}", 1},
		{"other first word", "// Does it.\nfunc F() {}", 1},
		{"directive alone", "//go:noinline\nfunc F() {}", 1},
		{"unexported function", "func f() {}", 0},
		{"method", "// T is.\ntype T int\nfunc (T) M() {}", 1},
		{"method of an unexported type", "type t int\nfunc (t) M() {}", 0},
		{"one constant", "const C = 1", 1},
		{"group comment", "// The codes.\nconst (\n\tC = 1\n\tD = 2\n)", 0},
		{"trailing comment", "const (\n\tC = 1 // one\n)", 0},
		{"bare group", "var (\n\tA = 1\n\tB = 2\n)", 2},
		{"field", "// T is.\ntype T struct {\n\tA int\n}", 1},
		{"field named by the type", "// T holds A.\ntype T struct {\n\tA int\n}", 0},
		{"fields share a comment", "// T is.\ntype T struct {\n\t// The ends.\n\tA int\n\tB int\n}", 0},
		{"a blank line ends sharing", "// T is.\ntype T struct {\n\t// One end.\n\tA int\n\n\tB int\n}", 1},
		{"interface method", "// T is.\ntype T interface {\n\tM()\n}", 1},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			m := &module{fset: token.NewFileSet()}
			tree, err := parser.ParseFile(m.fset, "p.go", "package p\n"+tt.decl, parser.ParseComments)
			if err != nil {
				t.Fatal(err)
			}
			u := &undocumented{m: m, s: source{name: "p.go", ast: tree}, fields: true}
			if u.file(); len(u.found) != tt.want {
				t.Errorf("found %q, want %d", u.found, tt.want)
			}
		})
	}
}
