package loader_test

import (
	"bytes"
	"encoding/json"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/agentsdk-go/airbyte/internal/golden"
	"github.com/agentsdk-go/airbyte/internal/manifest"
	"github.com/agentsdk-go/airbyte/internal/manifest/loader"
)

// full.yaml uses every feature of the format; the golden is what it means.
func TestFull(t *testing.T) {
	t.Parallel()
	doc := parse(t, readFile(t, "full.yaml"))
	encoded, err := manifest.Encode(doc)
	if err != nil {
		t.Fatal(err)
	}
	var indented bytes.Buffer
	if err := json.Indent(&indented, encoded, "", "  "); err != nil {
		t.Fatal(err)
	}
	golden.Check(t, "full.json", indented.String())
	want := []string{
		`line 65, column 25: servers[0].variables.region.default: default "eu" is not in enum; it counts as one of its values`,
	}
	if diff := cmp.Diff(want, doc.Warnings); diff != "" {
		t.Errorf("warnings (-want +got):\n%s", diff)
	}
}

func TestFullRefersToSchemas(t *testing.T) {
	t.Parallel()
	doc, schemas, err := loader.ParseSchemas([]byte(readFile(t, "full.yaml")))
	if err != nil {
		t.Fatal(err)
	}
	var names []string
	for _, schema := range schemas {
		names = append(names, schema.Name)
	}
	if diff := cmp.Diff([]string{"Book", "Person", "NewBook", "BookList", "Loans"}, names); diff != "" {
		t.Errorf("schemas (-want +got):\n%s", diff)
	}
	want := `{"type":"object","properties":{"shelf":{"type":"object","properties":{"books":{"type":"array","items":{"$ref":"#/components/schemas/Book"}}}}}}`
	if got := string(schemas[3].JSON); got != want {
		t.Errorf("BookList = %s\nwant       %s", got, want)
	}
	books := doc.Entities[0].Operations
	got := []string{books[0].Response, books[1].Response}
	if diff := cmp.Diff([]string{"BookList", "Book"}, got); diff != "" {
		t.Errorf("responses (-want +got):\n%s", diff)
	}
	refs := map[string]string{}
	for _, p := range books[1].Parameters {
		if p.Ref != "" {
			refs[p.Name] = p.Ref
		}
	}
	if diff := cmp.Diff(map[string]string{"author": "Person", "editors": "Person"}, refs); diff != "" {
		t.Errorf("parameters (-want +got):\n%s", diff)
	}
}
