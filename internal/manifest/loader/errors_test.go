package loader_test

import (
	"errors"
	"strings"
	"testing"

	"github.com/agentsdk-go/airbyte/internal/manifest/loader"
)

// head is a complete header of ten lines, so that what follows begins on
// line 11, or 12 after an empty first line.
const head = `openapi: 3.1.0
info:
  title: Test
  version: "1"
  description: |
    A header
    of ten
    lines.
  x-airbyte-connector-definition-id: 00000000-0000-4000-8000-000000000001
  x-airbyte-external-documentation-urls: []`

const listA = `
paths:
  /a:
    get: {x-airbyte-entity: a, x-airbyte-action: list}
`

func TestProblems(t *testing.T) {
	t.Parallel()
	tests := map[string]struct {
		yaml string
		want []string // each a part of the message
	}{
		"empty":            {"", []string{"the file is empty"}},
		"comment alone":    {"# nothing\n", []string{"the file"}},
		"not YAML":         {"a: [", []string{"not valid YAML", "line 1"}},
		"a list":           {"- a\n", []string{"line 1, column 1: must be a mapping"}},
		"two documents":    {head + listA + "---\na: b\n", []string{"more than one YAML document"}},
		"old OpenAPI":      {strings.Replace(head, "3.1.0", "3.0.0", 1) + listA, []string{`line 1, column 10: openapi: version "3.0.0" is not supported; use 3.1.0`}},
		"OpenAPI a number": {strings.Replace(head, "3.1.0", "3.1", 1) + listA, []string{`line 1, column 10: openapi: version "3.1"`}},
		"no info":          {"openapi: 3.1.0" + listA, []string{"line 1, column 1: info is missing"}},
		"no paths":         {head, []string{"line 1, column 1: paths is missing"}},
		"empty paths":      {head + "\npaths: {}", []string{"line 11, column 8: paths: no paths"}},
		"not a UUID":       {strings.Replace(head, "-8000-", "-", 1) + listA, []string{"line 9, column 38: info.x-airbyte-connector-definition-id:", "is not a UUID"}},
		"unknown root key": {head + listA + "webhooks: {}\n", []string{`line 14, column 1: unknown key "webhooks"; known are openapi, info`}},
		"unknown info key": {strings.Replace(head, "title:", "summary: s\n  title:", 1) + listA, []string{`line 3, column 3: info: unknown key "summary"`}},
		"duplicate key":    {head + listA + "paths: {}\n", []string{`line 14, column 1: key "paths" is already on line 11`}},
		"merge key":        {head + "\npaths:\n  /a: &a {}\n  /b:\n    <<: *a\n", []string{"line 14, column 5: merge keys (<<) are not supported"}},
		"list as a key":    {head + listA + "? [a]\n: b\n", []string{"line 14, column 3: a key must be plain text"}},

		"no entity": {head + `
paths:
  /a:
    get: {x-airbyte-action: list}
`, []string{"line 13, column 10: paths./a.get: x-airbyte-entity is missing from GET /a"}},
		"empty entity": {head + `
paths:
  /a:
    get: {x-airbyte-entity: "", x-airbyte-action: list}
`, []string{"line 13, column 29: paths./a.get.x-airbyte-entity: x-airbyte-entity is missing from GET /a"}},
		"no action": {head + `
paths:
  /a:
    get: {x-airbyte-entity: a}
`, []string{"line 13, column 10: paths./a.get: x-airbyte-action is missing from GET /a"}},
		"unknown action": {head + `
paths:
  /a:
    get: {x-airbyte-entity: a, x-airbyte-action: search}
`, []string{`line 13, column 50: paths./a.get.x-airbyte-action: unknown value "search"; use one of get, list, create, update, delete, api_search, download`}},
		"unknown operation key": {head + `
paths:
  /a:
    get:
      x-airbyte-entity: a
      x-airbyte-action: list
      arguments: []
`, []string{`line 16, column 7: paths./a.get: unknown key "arguments"`}},
		"unknown method": {head + `
paths:
  /a:
    fetch: {}
`, []string{`line 13, column 5: paths./a: unknown key "fetch"`}},
		"path without slash": {head + `
paths:
  a:
    get: {x-airbyte-entity: a, x-airbyte-action: list}
`, []string{`line 13, column 10: paths.a.get: path "a" must begin with /`}},
		"empty override": {head + `
paths:
  /a:
    get: {x-airbyte-entity: a, x-airbyte-action: list, x-airbyte-path-override: {}}
`, []string{"line 13, column 81: paths./a.get.x-airbyte-path-override: path is missing"}},
		"hosted is no flag": {head + `
paths:
  /a:
    get: {x-airbyte-entity: a, x-airbyte-action: list, x-hosted: "no"}
`, []string{"line 13, column 66: paths./a.get.x-hosted: must be true or false"}},

		"parameter without name": {head + `
paths:
  /a:
    get: {x-airbyte-entity: a, x-airbyte-action: list, parameters: [{in: query}]}
`, []string{"line 13, column 69: paths./a.get.parameters[0]: name is missing"}},
		"parameter in nowhere": {head + `
paths:
  /a:
    get: {x-airbyte-entity: a, x-airbyte-action: list, parameters: [{name: x, in: form}]}
`, []string{`line 13, column 83: paths./a.get.parameters[0].in: unknown value "form"`}},
		"parent without entity": {head + `
paths:
  /a/{id}:
    get: {x-airbyte-entity: a, x-airbyte-action: list, parameters: [{name: id, in: path, x-parent: {key: id}}]}
`, []string{"line 13, column 100: paths./a/{id}.get.parameters[0].x-parent: entity is missing"}},
		"parent without list": {head + `
paths:
  /a/{id}:
    get: {x-airbyte-entity: a, x-airbyte-action: get, parameters: [{name: id, in: path, x-parent: {entity: b}}]}
`, []string{"line 13, column 108: paths./a/{id}.get.parameters[0].x-parent.entity: there is no operation b.list"}},
		"parent with another key": {head + `
paths:
  /a/{id}:
    get: {x-airbyte-entity: a, x-airbyte-action: list, parameters: [{name: id, in: path, x-parent: {entity: a, target_key: id}}]}
`, []string{`paths./a/{id}.get.parameters[0].x-parent: unknown key "target_key"; known are entity, key`}},
		"probe that is no template": {head + `
paths:
  /a:
    get: {x-airbyte-entity: a, x-airbyte-action: list, parameters: [{name: q, in: query, x-probe: "{{ nope( }}"}]}
`, []string{"line 13, column 99: paths./a.get.parameters[0].x-probe: "}},
		"parameter reference": {head + `
paths:
  /a:
    get:
      x-airbyte-entity: a
      x-airbyte-action: list
      parameters:
        - $ref: "#/components/parameters/Id"
`, []string{`line 17, column 11: paths./a.get.parameters[0]: unknown key "$ref"`, "name is missing"}},
		"parameter twice": {head + `
paths:
  /a:
    get: {x-airbyte-entity: a, x-airbyte-action: list, parameters: [{name: x, in: query}, {name: x, in: header}]}
`, []string{`line 13, column 91: paths./a.get.parameters[1]: the operation already has a parameter called "x"`}},
		"placeholder": {head + `
paths:
  /a/{id}:
    get: {x-airbyte-entity: a, x-airbyte-action: get, parameters: [{name: id, in: query}]}
`, []string{"line 13, column 10: paths./a/{id}.get: path /a/{id} has {id}, but no parameter with in: path"}},
		"placeholder of the override": {head + `
paths:
  /a:
    get: {x-airbyte-entity: a, x-airbyte-action: get, x-airbyte-path-override: {path: "/b/{key}"}}
`, []string{"path /b/{key} has {key}"}},
		"body and path share a name": {head + `
paths:
  /a/{id}:
    patch:
      x-airbyte-entity: a
      x-airbyte-action: update
      parameters: [{name: id, in: path}]
      requestBody: {content: {application/json: {schema: {properties: {id: {type: string}}}}}}
`, []string{"line 17, column 76:", `already has a parameter called "id"`}},
		"body without content": {head + `
paths:
  /a:
    post: {x-airbyte-entity: a, x-airbyte-action: create, requestBody: {required: true}}
`, []string{"paths./a.post.requestBody: content is missing"}},
		"type is a number": {head + `
paths:
  /a:
    get: {x-airbyte-entity: a, x-airbyte-action: list, parameters: [{name: x, in: query, schema: {type: 5}}]}
`, []string{"schema.type: must be text; put 5 in quotes"}},
		"default is no JSON": {head + `
paths:
  /a:
    get: {x-airbyte-entity: a, x-airbyte-action: list, parameters: [{name: x, in: query, schema: {default: .inf}}]}
`, []string{"line 13, column 108:", ".inf is not a number that JSON can hold"}},

		"dangling reference": {head + listA + `components:
  schemas:
    A: {properties: {b: {$ref: "#/components/schemas/B"}}}
`, []string{`line 16, column 32: components.schemas.A.properties.b.$ref: there is no schema "B" under components.schemas`}},
		"dangling in a response": {head + `
paths:
  /a:
    get:
      x-airbyte-entity: a
      x-airbyte-action: list
      responses: {"200": {description: ok, content: {application/json: {schema: {$ref: "#/components/schemas/A"}}}}}
`, []string{"line 16, column 88:", `there is no schema "A"`}},
		"foreign reference": {head + listA + `components:
  schemas:
    A: {$ref: "other.yaml#/A"}
`, []string{`line 16, column 15: components.schemas.A.$ref: reference "other.yaml#/A" is not supported`}},
		"reference to itself": {head + `
paths:
  /a:
    post:
      x-airbyte-entity: a
      x-airbyte-action: create
      requestBody: {content: {application/json: {schema: {$ref: "#/components/schemas/A"}}}}
components:
  schemas:
    A: {$ref: "#/components/schemas/B"}
    B: {$ref: "#/components/schemas/A"}
`, []string{"leads back to itself"}},
		"components is a list": {head + listA + "components: []\n", []string{"line 14, column 13: components: must be a mapping"}},
		"freshness": {head + listA + `components:
  schemas:
    A: {x-airbyte-ai-hints: {freshness: stale}}
`, []string{`line 16, column 41: components.schemas.A.x-airbyte-ai-hints.freshness: unknown value "stale"; use one of live, static`}},

		"cardinality": {
			head + `
  x-airbyte-entity-relationships: [{source_entity: a, target_entity: a, foreign_key: id, cardinality: lots}]` + listA,
			[]string{`cardinality: unknown value "lots"`},
		},
		"store field without type": {
			head + `
  x-airbyte-context-store: {entities: [{entity: a, fields: [{name: id}]}]}` + listA,
			[]string{"line 11, column 61: info.x-airbyte-context-store.entities[0].fields[0]: type is missing"},
		},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			doc, err := loader.Parse([]byte(test.yaml))
			if err == nil {
				t.Fatalf("parsed to %+v", doc)
			}
			for _, part := range test.want {
				if !strings.Contains(err.Error(), part) {
					t.Errorf("error does not say %q:\n%v", part, err)
				}
			}
		})
	}
}

func TestAllProblemsAtOnce(t *testing.T) {
	t.Parallel()
	_, err := loader.Parse([]byte(head + `
paths:
  /b: {get: {x-airbyte-entity: b, x-airbyte-action: look}}
  /a: {get: {x-airbyte-action: list}}
components:
  schemas:
    A: {$ref: "#/components/schemas/None"}
`))
	lines := strings.Split(err.Error(), "\n")
	if len(lines) != 3 {
		t.Fatalf("%d problems, want 3:\n%v", len(lines), err)
	}
	for i, line := range []string{"line 12,", "line 13,", "line 16,"} {
		if !strings.Contains(lines[i], line) {
			t.Errorf("problem %d is %q, want it on %s", i, lines[i], line)
		}
	}
	var problem *loader.Problem
	if !errors.As(err, &problem) || problem.Line != 12 || problem.Column != 53 || problem.Key != "paths./b.get.x-airbyte-action" {
		t.Errorf("first problem = %+v", problem)
	}
}
