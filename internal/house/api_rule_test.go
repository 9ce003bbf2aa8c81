package house_test

import (
	"go/parser"
	"go/token"
	"testing"
)

func TestForeignTypeRule(t *testing.T) {
	t.Parallel()
	const imports = `package p
import (
	"context"
	"github.com/openai/openai-go/v3"
	"github.com/tidwall/gjson"
	yaml "go.yaml.in/yaml/v3"
	"github.com/agentsdk-go/airbyte/connector"
)
`
	tests := []struct {
		name, decl string
		want       int
	}{
		{"std and own types", "func F(ctx context.Context, c *connector.Connector) {}", 0},
		{"parameter", "func F(r gjson.Result) {}", 1},
		{"result behind a slice and a pointer", "func F() []*openai.Client { return nil }", 1},
		{"method of an exported type", "type T struct{}\nfunc (t *T) M(r gjson.Result) {}", 1},
		{"method of a generic type", "type T[A any] struct{}\nfunc (t *T[A]) M(r gjson.Result) {}", 1},
		{"method of an unexported type", "type t struct{}\nfunc (t t) M(r gjson.Result) {}", 0},
		{"body only", "func F() { _ = gjson.Result{} }", 0},
		{"exported field", "type T struct{ N yaml.Node }", 1},
		{"unexported field", "type T struct{ n yaml.Node }", 0},
		{"embedded", "type T struct{ yaml.Node }", 1},
		{"alias", "type T = yaml.Node", 1},
		{"interface method", "type T interface{ M(yaml.Node) }", 1},
		{"type parameter", "type T[N yaml.Node] struct{}", 1},
		{"untyped variable", "var V = yaml.Node{}", 1},
		{"function variable's body", "var V = func() { _ = yaml.Node{} }", 0},
		{"unexported variable", "var v yaml.Node", 0},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			m := &module{fset: token.NewFileSet()}
			tree, err := parser.ParseFile(m.fset, "p.go", imports+tt.decl, 0)
			if err != nil {
				t.Fatal(err)
			}
			if got := foreignTypes(m, source{name: "p.go", ast: tree}); len(got) != tt.want {
				t.Errorf("found %q, want %d", got, tt.want)
			}
		})
	}
}
