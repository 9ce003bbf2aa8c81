package mcp_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/agentsdk-go/airbyte/connector"
	"github.com/agentsdk-go/airbyte/tools"
)

// A manifest of somebody else's, with names that no address can hold as they are
// and questions that differ by a sign alone.
const foreign = `openapi: 3.1.0
info:
  title: Corner Shop
  version: 1.0.0
  x-airbyte-connector-name: Corner Shop
  x-airbyte-connector-definition-id: 6f1de2c4-52ab-4d8b-9a0c-3f0f5f6f2b7e
  x-airbyte-external-documentation-urls: []
servers:
  - url: https://shop.example/api
paths:
  /orders:
    get:
      x-airbyte-entity: Open Orders
      x-airbyte-action: list
      responses: {"200": {description: Orders, content: {application/json: {schema: {$ref: "#/components/schemas/Order"}}}}}
components:
  securitySchemes:
    key: {type: http, scheme: bearer}
  schemas:
    Order:
      type: object
      x-airbyte-entity-name: Open Orders
      x-airbyte-ai-hints:
        example_questions:
          - What is open?
          - What is open!
          - "什么?"
          - Which of the orders that came in during the last seven days have not been sent to the customer?
      properties: {id: {type: string}}
`

// foreignSet returns the tools of the foreign connector.
func foreignSet(t testing.TB) *tools.Set {
	t.Helper()
	manifest, err := connector.LoadManifest(strings.NewReader(foreign))
	if err != nil {
		t.Fatal(err)
	}
	conn, err := connector.Open(manifest, connector.Credentials{"token": "t"})
	if err != nil {
		t.Fatal(err)
	}
	set, err := tools.New(conn)
	if err != nil {
		t.Fatal(err)
	}
	return set
}

func TestForeignNames(t *testing.T) {
	t.Parallel()
	session := connect(t, newServer(t, foreignSet(t)), inMemory, nil)
	got := map[string]string{}
	for r, err := range session.Resources(t.Context(), nil) {
		if err != nil {
			t.Fatal(err)
		}
		got[r.URI] = r.Name
	}
	for p, err := range session.Prompts(t.Context(), nil) {
		if err != nil {
			t.Fatal(err)
		}
		got[p.Name] = p.Title
	}
	want := map[string]string{
		"airbyte://corner-shop/entities/open-orders":        "Corner Shop Open Orders",
		"airbyte://corner-shop/entities/open-orders/schema": "Corner Shop Open Orders schema",
		"airbyte://corner-shop/guide":                       "Corner Shop guide",
		"what-is-open":                                      "What is open?",
		"what-is-open-2":                                    "What is open!",
		"unnamed":                                           "什么?",
		"which-of-the-orders-that-came-in-during-the-last-seven-days": "Which of the orders that came in during the last seven days have not been sent to the customer?",
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("resources and prompts (-want +got):\n%s", diff)
	}
}
