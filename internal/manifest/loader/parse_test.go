package loader_test

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/agentsdk-go/airbyte/internal/manifest"
	"github.com/agentsdk-go/airbyte/internal/manifest/loader"
)

func ExampleParse() {
	_, err := loader.Parse([]byte("openapi: 3.1.0\ninfo:\n  title: 7\npaths: {}\n"))
	fmt.Println(err)
	// Output:
	// read manifest: line 3, column 3: info: version is missing
	// line 3, column 3: info: x-airbyte-connector-definition-id is missing
	// line 3, column 3: info: x-airbyte-external-documentation-urls is missing
	// line 3, column 10: info.title: must be text; put 7 in quotes
	// line 4, column 8: paths: no paths; a connector needs at least one operation
}

// things uses every construct that the parser reads.
func things(t *testing.T) *manifest.Document {
	t.Helper()
	return parse(t, readFile(t, "things.yaml"))
}

func readFile(tb testing.TB, name string) string {
	tb.Helper()
	data, err := os.ReadFile(filepath.Join("testdata", name))
	if err != nil {
		tb.Fatal(err)
	}
	return string(data)
}

func parse(t *testing.T, data string) *manifest.Document {
	t.Helper()
	doc, err := loader.Parse([]byte(data))
	if err != nil {
		t.Fatal(err)
	}
	return doc
}

// bearerScheme is what a manifest without schemes means.
var bearerScheme = manifest.Scheme{
	Name: "bearer", Type: "bearer", Required: []string{"token"},
	Fields:  []manifest.CredentialField{{Name: "token"}},
	Mapping: []manifest.Pair{{Name: "token", Value: "${token}"}},
}

func TestHeader(t *testing.T) {
	t.Parallel()
	doc := things(t)
	doc.Entities = nil
	want := &manifest.Document{
		Name:         "my-things",
		Title:        "My Things",
		Version:      "1.2.3",
		DefinitionID: "00000000-0000-4000-8000-000000000001",
		Description:  "Things to try the parser with.",
		ExampleQuestions: manifest.Questions{
			Direct: []string{"Which things are there?"}, Search: []string{"Find a thing"}, Unsupported: []string{"Sell a thing"},
		},
		Schemes: []manifest.Scheme{bearerScheme},
		Warnings: []string{
			`line 8, column 3: info: key "x-airbyte-something-new" is not known and has no effect`,
			`line 116, column 25: components.schemas.Tag: key "x-airbyte-other" is not known and has no effect`,
		},
	}
	if diff := cmp.Diff(want, doc); diff != "" {
		t.Errorf("header (-want +got):\n%s", diff)
	}
}

func TestEntitiesKeepTheOrderOfTheFile(t *testing.T) {
	t.Parallel()
	var got []string
	for _, entity := range things(t).Entities {
		for _, op := range entity.Operations {
			got = append(got, entity.Name+"."+op.Action+" "+op.Method+" "+op.Path)
		}
	}
	want := []string{
		"zebras.list GET /zebras",
		"zebras.get GET /zebras/{id}",
		"zebras.delete DELETE /zebras/{id}",
		"ants.create POST /ants",
		"ants.api_search POST /graphql",
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("operations (-want +got):\n%s", diff)
	}
}

func TestOperation(t *testing.T) {
	t.Parallel()
	doc := things(t)
	want := []manifest.Operation{
		{
			Action: "list", ID: "listZebras", Description: "The long text.", Method: "GET", Path: "/zebras",
			PreferredForCheck: true,
			Parameters: []manifest.Parameter{
				{
					Name: "since", In: "query", Type: "string", Description: "On the parameter.", Required: true,
					Format: "date-time", Default: raw(`"2026-01-01T00:00:00Z"`),
				},
				{Name: "stripes", In: "query", Type: "integer", Description: "On the schema.", Enum: []json.RawMessage{raw("1"), raw("9007199254740993")}},
				{Name: "day", In: "query", Type: "string", Default: raw(`"2026-01-01"`)},
				{Name: "X-Herd", In: "header", Type: "string"},
			},
		},
		{
			Action: "get", Description: "The short text.", Method: "GET", Path: "/zebras/{id}",
			Parameters: []manifest.Parameter{{Name: "id", In: "path", Type: "string", Required: true}},
		},
		{
			Action: "delete", Method: "DELETE", Path: "/zebras/{id}", DirectOnly: true,
			Parameters: []manifest.Parameter{
				{Name: "id", In: "path", Type: "string", Required: true},
				{Name: "force", In: "query", Type: "boolean", DirectOnly: true},
			},
		},
	}
	if diff := cmp.Diff(want, doc.Entities[0].Operations); diff != "" {
		t.Errorf("zebras (-want +got):\n%s", diff)
	}
}

func raw(s string) json.RawMessage { return json.RawMessage(s) }

func TestBodyBecomesParameters(t *testing.T) {
	t.Parallel()
	want := []manifest.Parameter{
		{Name: "zeal", In: "body", Type: "number", Required: true, Default: raw("1.50")},
		{Name: "nick", In: "body", Type: "string", Description: "May be null.", Default: raw("null"), Nullable: true},
		{Name: "legs", In: "body", Type: "array", Items: raw(`{"type":"object","properties":{"b":{"type":"integer"},"a":{"type":"string"}}}`), Default: raw("[6,16,true,null]")},
		{Name: "any", In: "body"},
		{Name: "queen", In: "body", Type: "object", Description: "Told at the reference.", DirectOnly: true, Ref: "Ants"},
	}
	if diff := cmp.Diff(want, things(t).Entities[1].Operations[0].Parameters); diff != "" {
		t.Errorf("ants.create (-want +got):\n%s", diff)
	}
}

func TestEntityHints(t *testing.T) {
	t.Parallel()
	doc := things(t)
	got := doc.Entities[0]
	got.Operations, got.Schema = nil, nil
	want := manifest.Entity{
		Name: "zebras", Summary: "Striped horses", WhenToUse: "Stripes matter", Freshness: "static",
		SearchStrategy: "By stripes", TriggerPhrases: []string{"stripes"}, ExampleQuestions: []string{"How many stripes?"},
		Relationships: []manifest.Relationship{
			{Target: "ants", ForeignKey: "ant_id", TargetKey: "id", Cardinality: "many_to_one", Description: "Why not."},
			{Target: "ants", ForeignKey: "other", TargetKey: "slug"},
		},
		Search: &manifest.Search{Suggested: true, Fields: []manifest.Field{
			{Name: "id", Type: "string", Description: "The id."},
			{Name: "tags", Type: "array"},
			{Name: "tags[]"},
			{Name: "tags[].name", Type: "string"},
			{Name: "home", Type: "object"},
			{Name: "home.city", Type: "string"},
		}},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("zebras (-want +got):\n%s", diff)
	}
	if got := doc.Entities[1].Summary; got != "From the operation" {
		t.Errorf("an entity without hints of its own has summary %q", got)
	}
	if last := doc.Entities[2]; last.Name != "fossils" || last.Search == nil || last.Operations != nil {
		t.Errorf("an entity that is only searched became %+v", last)
	}
}

func TestSchema(t *testing.T) {
	t.Parallel()
	doc := things(t)
	want := `{"type":"object","required":["id"],"properties":{` +
		`"x-ray":{"type":"boolean"},` +
		`"id":{"type":"string"},` +
		`"home":{"type":"object","description":"Here, not there.","properties":{"city":{"type":["null","string"]}}},` +
		`"mother":{"type":"object"},` +
		`"tags":{"type":"array","items":{"oneOf":[{"type":"object","properties":{"name":{"type":"string"}}},{"type":"null"}]}}},` +
		`"additionalProperties":false}`
	if diff := cmp.Diff(want, string(doc.Entities[0].Schema)); diff != "" {
		t.Errorf("zebras (-want +got):\n%s", diff)
	}
	if got := string(doc.Entities[1].Schema); got != `{"type":"object","title":"An ant"}` {
		t.Errorf("the schema called like the entity is %s", got)
	}
}

func TestAliasesAreFollowed(t *testing.T) {
	t.Parallel()
	doc := parse(t, head+`
paths:
  /a:
    get: {x-airbyte-entity: a, x-airbyte-action: list, parameters: [&cursor {name: cursor, in: query}]}
  /b:
    get: {x-airbyte-entity: b, x-airbyte-action: list, parameters: [*cursor]}
`)
	if diff := cmp.Diff(doc.Entities[0].Operations[0].Parameters, doc.Entities[1].Operations[0].Parameters); diff != "" {
		t.Errorf("the aliased parameter differs:\n%s", diff)
	}
}

func TestParsingIsRepeatable(t *testing.T) {
	t.Parallel()
	first, err := manifest.Encode(things(t))
	if err != nil {
		t.Fatal(err)
	}
	second, err := manifest.Encode(things(t))
	if err != nil {
		t.Fatal(err)
	}
	if string(first) != string(second) {
		t.Error("two parses of one file gave two documents")
	}
}
