package request_test

import (
	"testing"

	"github.com/agentsdk-go/airbyte/internal/direct/request"
	"github.com/agentsdk-go/airbyte/internal/manifest"
)

func graphql(g manifest.GraphQL, params ...manifest.Parameter) manifest.Operation {
	return manifest.Operation{
		Method: "POST", Path: "/graphql", Action: "list", Parameters: params,
		Body: &manifest.Body{Kind: manifest.BodyGraphQL, GraphQL: &g},
	}
}

func TestGraphQLFields(t *testing.T) {
	t.Parallel()
	op := graphql(manifest.GraphQL{Query: "query {\n a { {{ fields }} } }", DefaultText: "id \"name\""})
	run(t, compile(t, &op, request.Options{}), []call{
		{name: "case 43 default text", params: `{}`, want: `application/json {"query":"query {\n a { id \"name\" } }"}`},
		{name: "case 43 chosen", params: `{"fields":["a","b.c.d"]}`, want: `application/json {"query":"query {\n a { a b { c { d } } } }"}`},
		{name: "case 43 empty", params: `{"fields":[]}`, want: `application/json {"query":"query {\n a { id \"name\" } }"}`},
		{name: "case 43 null", params: `{"fields":null}`, want: `application/json {"query":"query {\n a { id \"name\" } }"}`},
		{name: "text", params: `{"fields":"a, b.c"}`, want: `application/json {"query":"query {\n a { a b { c } } }"}`},
		{name: "no way out of the selection", params: `{"fields":["id } } mutation { x"]}`, errHas: `"fields" has no field name as item 0`},
		{name: "number", params: `{"fields":1}`, errHas: `"fields" must be an array`},
		{name: "array of numbers", params: `{"fields":[1]}`, errHas: `"fields" must be an array of strings`},
	}, bodyAndType)

	list := graphql(manifest.GraphQL{Query: "{{fields}}", DefaultFields: []string{"a", "b.c"}})
	run(t, compile(t, &list, request.Options{}), []call{{name: "case 43 default list", want: `{"query":"a b { c }"}`}}, body)

	bare := graphql(manifest.GraphQL{Query: "{ {{ fields }} }"}, manifest.Parameter{Name: "fields", In: "query", Default: raw(`["x"]`)})
	run(t, compile(t, &bare, request.Options{}), []call{{name: "default of the parameter", want: `{"query":"{ x }"}`}}, body)

	none := graphql(manifest.GraphQL{Query: "{ {{ fields }} }"})
	run(t, compile(t, &none, request.Options{}), []call{{name: "no default at all", errHas: `"fields" is needed`}}, body)
}

func TestGraphQLVariables(t *testing.T) {
	t.Parallel()
	op := graphql(
		manifest.GraphQL{
			Query: "q", OperationName: "Op",
			Variables: raw(`{"o":"{{ owner }}","first":"{{ first }}","opt":"{{opt}}","assigneeId":"{{ assigneeId }}",
				"expr":"{{ ref }}:{{ path }}","fixed":{"a":[1,null,"{{ opt }}"],"b":"x {{ owner }}"},"no":null}`),
			Nullable: []string{"assigneeId"},
		},
		manifest.Parameter{Name: "owner", In: "query", Type: "string", Required: true},
		manifest.Parameter{Name: "first", In: "query", Type: "integer", Default: raw("10")},
		manifest.Parameter{Name: "ref", In: "query", Type: "string", Default: raw(`"HEAD"`)},
	)
	const nested = `"fixed":{"a":[1,null,null],"b":"x o1"}},"operationName":"Op"}`
	run(t, compile(t, &op, request.Options{}), []call{
		{name: "case 44 default", params: `{"owner":"o1"}`, want: `{"query":"q","variables":{"o":"o1","first":10,` + nested},
		{name: "case 44 type kept", params: `{"owner":"o1","first":5}`, want: `{"query":"q","variables":{"o":"o1","first":5,` + nested},
		{name: "case 44 null", params: `{"owner":"o1","first":null}`, want: `{"query":"q","variables":{"o":"o1",` + nested},
		{name: "case 45 optional given", params: `{"owner":"o1","opt":{"a": [1]}}`, want: `{"query":"q","variables":{"o":"o1","first":10,"opt":{"a":[1]},"fixed":{"a":[1,null,{"a":[1]}],"b":"x o1"}},"operationName":"Op"}`},
		{name: "case 46 explicit null", params: `{"owner":"o1","assigneeId":null}`, want: `{"query":"q","variables":{"o":"o1","first":10,"assigneeId":null,` + nested},
		{name: "case 46 undeclared name", params: `{"owner":"o1","assigneeId":"u"}`, want: `{"query":"q","variables":{"o":"o1","first":10,"assigneeId":"u",` + nested},
		{name: "case 47 own default", params: `{"owner":"o1","path":"README.md"}`, want: `{"query":"q","variables":{"o":"o1","first":10,"expr":"HEAD:README.md",` + nested},
		{name: "case 47 null in a text", params: `{"owner":"o1","path":"a","ref":null}`, want: `{"query":"q","variables":{"o":"o1","first":10,"expr":"HEAD:a",` + nested},
		{name: "case 48 not expanded again", params: `{"owner":"o1","path":"{{ first }}"}`, want: `{"query":"q","variables":{"o":"o1","first":10,"expr":"HEAD:{{ first }}",` + nested},
		{name: "texts of all types", params: `{"owner":"o1","path":{"a": "\""},"ref":1e2}`, want: `{"query":"q","variables":{"o":"o1","first":10,"expr":"100:{\"a\":\"\\\"\"}",` + nested},
		{name: "required", params: `{}`, errHas: `missing required parameter "owner"`},
	}, body)
	run(t, compile(t, &op, request.Options{}), []call{
		{name: "case 49 no query string", params: `{"owner":"o1","first":5}`, want: "/graphql"},
	}, target)
}

func TestGraphQLVariablesGone(t *testing.T) {
	t.Parallel()
	op := graphql(manifest.GraphQL{Query: "q", Variables: raw(`{"a":"{{ a }}","b":[],"c":{}}`)})
	run(t, compile(t, &op, request.Options{Scoping: []manifest.Scope{{Parameter: "a", ConfigKey: "k"}}}), []call{
		{name: "empty values stay", params: `{}`, want: `{"query":"q","variables":{"b":[],"c":{}}}`},
		{name: "case 32 scoping", params: `{}`, values: map[string]string{"k": "v"}, want: `{"query":"q","variables":{"a":"v","b":[],"c":{}}}`},
	}, body)
	required := graphql(
		manifest.GraphQL{Query: "q", Variables: raw(`{"a":"{{ a }}","b":"x{{ b }}"}`)},
		manifest.Parameter{Name: "a", In: "query", Required: true, Default: raw("1")},
		manifest.Parameter{Name: "b", In: "query", Default: raw("null")},
	)
	run(t, compile(t, &required, request.Options{}), []call{
		{name: "null of a required one is its default", params: `{"a":null}`, want: `{"query":"q","variables":{"a":1}}`},
	}, body)
	nested := graphql(manifest.GraphQL{Query: "q", Variables: raw(`{"a":{"b":"x{{ b }}"}}`)})
	run(t, compile(t, &nested, request.Options{}), []call{
		{name: "incomplete text inside", params: `{}`, want: `{"query":"q","variables":{"a":{"b":null}}}`},
	}, body)
	lone := graphql(manifest.GraphQL{Query: "q", Variables: raw(`{"a":"{{ a }}"}`)})
	run(t, compile(t, &lone, request.Options{}), []call{{name: "none left", want: `{"query":"q","variables":{}}`}}, body)
}
