package loader_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/agentsdk-go/airbyte/internal/manifest/loader"
)

func ExampleParseSchemas() {
	_, schemas, err := loader.ParseSchemas([]byte(head + listA + `components:
  schemas:
    Team: {type: object, properties: {lead: {$ref: "#/components/schemas/User"}}}
    User: {type: object}
`))
	if err != nil {
		fmt.Println(err)
	}
	for _, schema := range schemas {
		fmt.Printf("%s %s\n", schema.Name, schema.JSON)
	}
	// Output:
	// Team {"type":"object","properties":{"lead":{"$ref":"#/components/schemas/User"}}}
	// User {"type":"object"}
}

func problemsOf(t *testing.T, yaml string) []string {
	t.Helper()
	_, err := loader.Parse([]byte(yaml))
	if err == nil {
		t.Fatal("no problems")
	}
	return strings.Split(strings.TrimPrefix(err.Error(), "read manifest: "), "\n")
}

func TestParseSchemas(t *testing.T) {
	t.Parallel()
	doc, got, err := loader.ParseSchemas([]byte(head + listA + `components:
  schemas:
    Z: {type: object, x-own: 1, properties: {a: {$ref: "#/components/schemas/A"}}}
    A: {type: [string, "null"], description: "A \"quoted\"\ttext <p>.", default: 12345678901234567890}
`))
	if err != nil {
		t.Fatal(err)
	}
	want := []loader.Schema{
		{Name: "Z", JSON: raw(`{"type":"object","x-own":1,"properties":{"a":{"$ref":"#/components/schemas/A"}}}`)},
		{Name: "A", JSON: raw(`{"type":["string","null"],"description":"A \"quoted\"\ttext <p>.","default":12345678901234567890}`)},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("schemas (-want +got):\n%s", diff)
	}
	if doc.Entities[0].Name != "a" {
		t.Errorf("document = %+v", doc)
	}
}

func TestParseSchemasErrors(t *testing.T) {
	t.Parallel()
	tests := map[string]struct{ yaml, want string }{
		"a broken manifest": {head, "paths is missing"},
		"no JSON":           {head + listA + "components: {schemas: {B: {default: .nan}}}", "read manifest: line 14, column 37: components.schemas.B.default: .nan is not a number that JSON can hold"},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if _, _, err := loader.ParseSchemas([]byte(test.yaml)); err == nil || !strings.Contains(err.Error(), test.want) {
				t.Errorf("error = %v, want %q in it", err, test.want)
			}
		})
	}
}

// A schema that is written before looks the same the next time, with a cycle
// near it or not.
func TestSchemasAreIndependent(t *testing.T) {
	t.Parallel()
	doc := parse(t, head+`
paths:
  /a: {get: {x-airbyte-entity: a, x-airbyte-action: list}}
  /b: {get: {x-airbyte-entity: b, x-airbyte-action: list}}
  /c: {get: {x-airbyte-entity: c, x-airbyte-action: list}}
components:
  schemas:
    A: {properties: {leaf: {$ref: "#/components/schemas/Leaf"}, b: {$ref: "#/components/schemas/B"}}}
    B: {properties: {a: {$ref: "#/components/schemas/A"}, leaf: {$ref: "#/components/schemas/Leaf"}}}
    C: {properties: {b: {$ref: "#/components/schemas/B"}, one: {$ref: "#/components/schemas/Leaf", title: T}, two: {$ref: "#/components/schemas/Alias"}}}
    Leaf: {type: string}
    Alias: {$ref: "#/components/schemas/Leaf"}
`)
	const leaf = `{"type":"string"}`
	// Where the entity's own schema comes back, it is not inside a reference yet,
	// and is written once more before it is cut.
	want := map[string]string{
		"a": `{"properties":{"leaf":` + leaf + `,"b":{"properties":{"a":{"properties":{"leaf":` + leaf + `,"b":{}}},"leaf":` + leaf + `}}}}`,
		"b": `{"properties":{"a":{"properties":{"leaf":` + leaf + `,"b":{"properties":{"a":{},"leaf":` + leaf + `}}}},"leaf":` + leaf + `}}`,
		"c": `{"properties":{"b":{"properties":{"a":{"properties":{"leaf":` + leaf + `,"b":{}}},"leaf":` + leaf + `}},"one":{"type":"string","title":"T"},"two":` + leaf + `}}`,
	}
	got := map[string]string{}
	for _, e := range doc.Entities {
		got[e.Name] = string(e.Schema)
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("schemas (-want +got):\n%s", diff)
	}
}

// Control characters and text that is not UTF-8 must not break the JSON.
func TestTextIsEscaped(t *testing.T) {
	t.Parallel()
	doc := parse(t, head+listA+"components: {schemas: {A: {title: \"\\x01\\r\\n\\u2028\\\\ü😀\"}}}\n")
	if want := `{"title":"\u0001\u000d\n\u2028\\ü😀"}`; string(doc.Entities[0].Schema) != want {
		t.Errorf("schema = %s, want %s", doc.Entities[0].Schema, want)
	}
}

func TestABareNullIsAType(t *testing.T) {
	t.Parallel()
	doc := parse(t, head+`
paths:
  /a:
    post:
      x-airbyte-entity: a
      x-airbyte-action: create
      requestBody:
        content:
          application/json:
            schema:
              type: object
              properties:
                bare: {type: [string, null]}
                quoted: {type: [string, "null"]}
                inside: {type: object, properties: {a: {type: [integer, null], enum: [1, null]}}}
`)
	params := doc.Entities[0].Operations[0].Parameters
	for _, p := range params[:2] {
		if p.Type != "string" || !p.Nullable {
			t.Errorf("%s = %q, nullable %t; want string, true", p.Name, p.Type, p.Nullable)
		}
	}
	const want = `{"type":"object","properties":{"a":{"type":["integer","null"],"enum":[1,null]}}}`
	if got := string(params[2].Schema); got != want {
		t.Errorf("schema = %s, want %s", got, want)
	}
}
