package tools_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/agentsdk-go/airbyte/connector"
	"github.com/agentsdk-go/airbyte/tools"
)

// hinted is a manifest with hints on operations alone, and with searchable
// fields that only the hosted platform can search.
func hinted() string {
	var fields strings.Builder
	for i := range 25 {
		fmt.Fprintf(&fields, "{name: field_%d, type: string, description: d}, ", i)
	}
	return `
openapi: 3.1.0
info:
  title: Things
  version: 1.0.0
  x-airbyte-connector-definition-id: 8b0ac3a1-2f6e-4e0a-9d5e-6f1f1a0f7c11
  x-airbyte-external-documentation-urls: []
  x-airbyte-context-store: {entities: [{entity: things, fields: [` + fields.String() + `]}]}
servers: [{url: "https://api.test"}]
paths:
  /v1/things/{id}:
    get:
      x-airbyte-entity: things
      x-airbyte-action: get
      description: |
        Gets one thing.

        With all its parts.
      parameters: [{name: id, in: path, required: true, schema: {type: string}}]
  /v1/things:
    get:
      x-airbyte-entity: things
      x-airbyte-action: list
      x-airbyte-ai-hints: {summary: The first summary., when_to_use: When there are several.}
    post:
      x-airbyte-entity: things
      x-airbyte-action: create
      x-airbyte-ai-hints: {summary: The second summary.}
components:
  securitySchemes: {token: {type: http, scheme: bearer}}
`
}

func TestCase095_Descriptions(t *testing.T) {
	t.Parallel()
	m, err := connector.LoadManifest(strings.NewReader(hinted()))
	if err != nil {
		t.Fatal(err)
	}
	conn, err := connector.Open(m, connector.Credentials{"token": "canary-7Qx2"})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := conn.Close(); err != nil {
			t.Error(err)
		}
	})
	set := newSet(t, conn, tools.WithDescriptionBudget(0))
	tool := set.Tools()[0]
	all := tool.Description() + "\n" + string(tool.Schema()) + "\n" + set.Instructions()

	if !strings.Contains(all, "things: The first summary.") || strings.Contains(all, "second summary") {
		t.Errorf("the entity's summary is not that of the first operation with one:\n%s", all)
	}
	// Differs: the searchable paths, of which other programs show twenty, are not
	// shown at all. Only hosted mode can search them, and a model that is told of
	// a search tries it. For the same reason nothing promises starting_after.
	for _, absent := range []string{"context_store_search", "field_0", "more)", "starting_after"} {
		if strings.Contains(all, absent) {
			t.Errorf("the texts speak of %s:\n%s", absent, all)
		}
	}
	for name, text := range map[string]string{"description": tool.Description(), "instructions": set.Instructions()} {
		if text == "" {
			t.Errorf("the %s are empty", name)
		}
		for number, line := range strings.Split(text, "\n") {
			if strings.TrimSpace(line) == "" {
				t.Errorf("%s: line %d is blank:\n%s", name, number+1, text)
			}
		}
	}
}
