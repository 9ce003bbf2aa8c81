package tools_test

import (
	"strings"
	"testing"

	"github.com/tidwall/gjson"

	"github.com/agentsdk-go/airbyte/connector"
	"github.com/agentsdk-go/airbyte/tools"
)

// OpenAI refuses a request with a schema whose array does not say what is in it.
func TestArraysSayWhatIsInThem(t *testing.T) {
	t.Parallel()
	m, err := connector.LoadManifest(strings.NewReader(`
openapi: 3.1.0
info:
  title: Lists
  version: 1.0.0
  x-airbyte-connector-name: lists
  x-airbyte-connector-definition-id: 8b0ac3a1-2f6e-4e0a-9d5e-6f1f1a0f7c12
  x-airbyte-external-documentation-urls: []
servers: [{url: "https://api.example.test"}]
paths:
  /things:
    get:
      x-airbyte-entity: things
      x-airbyte-action: list
      parameters:
        - {name: ids, in: query, schema: {type: array}}
        - {name: tags, in: query, schema: {type: array, items: {type: string}}}
      responses: {"200": {description: ok}}
components:
  securitySchemes: {token: {type: http, scheme: bearer}}
`))
	if err != nil {
		t.Fatal(err)
	}
	conn, err := connector.Open(m, connector.Credentials{"token": "s3cret"})
	if err != nil {
		t.Fatal(err)
	}
	tool, ok := newSet(t, conn, tools.WithPerAction()).Lookup("lists_things_list")
	if !ok {
		t.Fatal("no tool")
	}
	for name, want := range map[string]string{"ids": `{}`, "tags": `{"type":"string"}`} {
		if got := gjson.GetBytes(tool.Schema(), "properties."+name+".items").Raw; got != want {
			t.Errorf("items of %s: %s, want %s", name, got, want)
		}
	}
}
