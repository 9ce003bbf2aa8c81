package loader_test

import (
	"encoding/json"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/agentsdk-go/airbyte/internal/manifest"
	"github.com/agentsdk-go/airbyte/internal/manifest/loader"
)

// Whatever the input, Parse ends with an error or with a document that its
// JSON form keeps as it is, and with schemas that are JSON.
func FuzzParse(f *testing.F) {
	f.Add(readFile(f, "things.yaml"))
	f.Add(readFile(f, "full.yaml"))
	f.Add(head + listA)
	f.Add(withSchemes(withHost, extract("[host]"), badMapping, headerKey))
	f.Add(withMedia([]string{"application/json", "multipart/related", "application/xml"}))
	f.Add(graphQL(`{type: graphql, query: "{ {{ fields }} }", variables: {a: ["{{ b }}"]}, x-airbyte-nullable-variables: [a]}`))
	f.Add(withOperation("download", `x-airbyte-file-url: "a[{i}].b"`, "parameters: [{name: i, in: query, style: deepObject, schema: {type: [string, integer], nullable: true}}]"))
	f.Add("a: &a [*a]")
	f.Add("? {a: b}\n: c")
	f.Add("# nothing")
	f.Fuzz(func(t *testing.T, data string) {
		_, schemas, _ := loader.ParseSchemas([]byte(data)) // what is no schema in JSON is an error here alone
		for _, schema := range schemas {
			if !json.Valid(schema.JSON) {
				t.Errorf("schema %q is %s", schema.Name, schema.JSON)
			}
		}
		doc, err := loader.Parse([]byte(data))
		if err != nil {
			if err.Error() == "" {
				t.Error("an error without a message")
			}
			return
		}
		encoded, err := manifest.Encode(doc)
		if err != nil {
			t.Fatalf("the document does not encode: %v", err)
		}
		again, err := manifest.Decode(encoded)
		if err != nil {
			t.Fatalf("the encoded document does not decode: %v", err)
		}
		reencoded, err := manifest.Encode(again)
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(string(encoded), string(reencoded)); diff != "" {
			t.Errorf("the JSON form changed:\n%s", diff)
		}
	})
}
