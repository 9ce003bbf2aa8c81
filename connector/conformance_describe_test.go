package connector_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/agentsdk-go/airbyte/connector"
)

func TestCase093_Signatures(t *testing.T) {
	t.Parallel()
	tests := map[string]struct {
		operation string
		want      string
	}{
		// Differs: an object shows its members in its own place, since the call
		// takes them there and takes no dotted names.
		"path, query and body": {
			operation: `
			parameters:
			  - {name: id, in: path, required: true, schema: {type: string}}
			  - {name: limit, in: query, schema: {type: integer}}
			  - {name: region, in: query, required: true, schema: {type: string}, x-airbyte-param-config-inject: {source: region}}
			requestBody:
			  content:
			    application/json:
			      schema:
			        type: object
			        required: [a]
			        properties:
			          a: {type: string}
			          addr: {type: object, properties: {city: {type: string}}}
			`,
			want: `things.create(id: string, limit?: integer, a: string, addr?: {city?: string})`,
		},
		// Differs: a parameter with a default may be left out, so it is optional,
		// and a header that has none is shown.
		"defaults and headers": {
			operation: `
			parameters:
			  - {name: id, in: path, required: true, schema: {type: string}}
			  - {name: alt, in: query, required: true, schema: {type: string, default: media}}
			  - {name: X-Scope, in: header, required: true, schema: {type: string}}
			  - {name: X-Version, in: header, required: true, schema: {type: string, default: "1"}}
			`,
			want: `things.create(id: string, alt?: string, X-Scope: string)`,
		},
		"legal values and lists": {
			operation: `
			parameters:
			  - {name: id, in: path, required: true, schema: {type: string}}
			  - {name: e, in: query, schema: {type: string, enum: [x, "y"]}}
			  - {name: ids, in: query, schema: {type: array, items: {type: integer}}}
			`,
			want: `things.create(id: string, e?: "x"|"y", ids?: integer[])`,
		},
		// Differs: what a GraphQL mutation takes is shown.
		"a mutation": {
			operation: `
			parameters: [{name: id, in: path, required: true, schema: {type: string}}]
			requestBody:
			  x-airbyte-body-type:
			    type: graphql
			    query: "mutation M($t: String!, $n: Int) { m(t: $t, n: $n) { id } }"
			    variables: {t: "{{ title }}", n: "{{ number }}"}
			  content:
			    application/json:
			      schema: {type: object, required: [title], properties: {title: {type: string}, number: {type: integer}}}
			`,
			want: `things.create(id: string, title: string, number?: integer)`,
		},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			conn := newNetwork(t, nil).open(caseManifest{Method: "post", Action: "create", Path: "/v1/things/{id}", Operation: test.operation}, nil)
			actions := conn.Entities()[0].Actions
			if got := actions[0].Signature("things"); got != test.want {
				t.Errorf("signature = %s, want %s", got, test.want)
			}
		})
	}
}

func TestCase094_EntitiesListWhatThereIs(t *testing.T) {
	t.Parallel()
	// Differs: introspection is a list of values, not a map, so an action without
	// parameters is there and has none.
	conn := newNetwork(t, nil).open(caseManifest{Paths: `
	/v1/things:
	  delete: {x-airbyte-entity: things, x-airbyte-action: delete, description: Deletes all.}
	  get:
	    x-airbyte-entity: things
	    x-airbyte-action: list
	    parameters:
	      - {name: limit, in: query, description: How many., schema: {type: integer, default: 20}}
	      - {name: region, in: query, schema: {type: string}, x-airbyte-param-config-inject: {source: region}}
	`}, nil)
	want := []connector.Entity{{
		Name: "things",
		Actions: []connector.Action{
			{Name: "list", Effect: connector.Read, Parameters: []connector.Parameter{
				{Name: "limit", In: "query", Type: "integer", Description: "How many.", Default: []byte("20")},
			}},
			{Name: "delete", Description: "Deletes all.", Effect: connector.Destroy, Parameters: []connector.Parameter{}},
		},
		Relationships: []connector.Relationship{},
	}}
	if diff := cmp.Diff(want, conn.Entities()); diff != "" {
		t.Errorf("entities (-want +got):\n%s", diff)
	}
}
