package loader_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/agentsdk-go/airbyte/internal/manifest/loader"
)

func TestLimits(t *testing.T) {
	t.Parallel()
	tests := map[string]struct {
		yaml string
		want string
	}{
		"size":           {"a: " + strings.Repeat("x", 4<<20), "bytes, more than the 4194304 allowed"},
		"depth":          {strings.Repeat("[", 200) + strings.Repeat("]", 200), "nested deeper than 100 levels"},
		"aliases":        {billionLaughs(), "more than 500000 values after aliases are expanded"},
		"alias to self":  {"a: &a [*a]", "line 1, column 8: alias *a contains itself"},
		"references":     {head + listA + refBomb(), "schemas expand to more than 500000 values"},
		"long text":      {head + listA + longText(), "schemas expand to more than 33554432 bytes"},
		"long chain":     {head + listA + refChain(300), "deeper than 200 levels"},
		"many problems":  {head + "\npaths:\n  /a: {get: {" + manyKeys(300) + "}}", "and 202 more problems"},
		"unending alias": {"a: &a {b: &b {c: *a, d: *b}}", "contains itself"},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			_, err := loader.Parse([]byte(test.yaml))
			if err == nil || !strings.Contains(err.Error(), test.want) {
				t.Errorf("error = %.300v, want %q in it", err, test.want)
			}
		})
	}
}

// billionLaughs doubles itself forty times through aliases.
func billionLaughs() string {
	var b strings.Builder
	b.WriteString("a0: &a0 [x]\n")
	for i := range 40 {
		fmt.Fprintf(&b, "a%d: &a%d [*a%d, *a%d]\n", i+1, i+1, i, i)
	}
	return b.String()
}

// refBomb does the same with schemas, the last of which is the entity's.
func refBomb() string {
	var b strings.Builder
	b.WriteString("components:\n  schemas:\n    S0: {type: string}\n")
	for i := range 40 {
		fmt.Fprintf(&b, "    S%d: {properties: {l: {$ref: \"#/components/schemas/S%d\"}, r: {$ref: \"#/components/schemas/S%d\"}}}\n", i+1, i, i)
	}
	b.WriteString("    A: {$ref: \"#/components/schemas/S40\"}\n")
	return b.String()
}

// longText repeats a megabyte of description.
func longText() string {
	refs := strings.Repeat(`{$ref: "#/components/schemas/Long"}, `, 100)
	return "components:\n  schemas:\n    Long: {description: " + strings.Repeat("x", 1<<20) + "}\n    A: {oneOf: [" + refs + "]}\n"
}

func refChain(n int) string {
	var b strings.Builder
	b.WriteString("components:\n  schemas:\n    S0: {type: string}\n")
	for i := range n {
		fmt.Fprintf(&b, "    S%d: {properties: {next: {$ref: \"#/components/schemas/S%d\"}}}\n", i+1, i)
	}
	fmt.Fprintf(&b, "    A: {$ref: \"#/components/schemas/S%d\"}\n", n)
	return b.String()
}

// manyKeys is n unknown keys of an operation.
func manyKeys(n int) string {
	keys := make([]string, n)
	for i := range keys {
		keys[i] = fmt.Sprintf("k%d: 1", i)
	}
	return strings.Join(keys, ", ")
}

func TestRecursiveSchemaIsCut(t *testing.T) {
	t.Parallel()
	doc := parse(t, head+listA+`components:
  schemas:
    A:
      type: object
      description: A node.
      properties:
        name: {type: string}
        children: {type: array, items: {$ref: "#/components/schemas/A"}}
`)
	got := string(doc.Entities[0].Schema)
	want := `{"type":"object","description":"A node.","properties":{"name":{"type":"string"},"children":{"type":"array","items":` +
		`{"type":"object","description":"A node.","properties":{"name":{"type":"string"},"children":{"type":"array","items":` +
		`{"type":"object","description":"A node."}}}}}}}`
	if got != want {
		t.Errorf("schema = %s\nwant     %s", got, want)
	}
}
