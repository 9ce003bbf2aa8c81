package connector_test

import (
	"strings"
	"testing"

	"github.com/agentsdk-go/airbyte/connector"
)

// querying is a GraphQL operation; the texts are YAML of the body type and of
// the declared query parameters.
func querying(action, body string, params ...string) caseManifest {
	operation := "requestBody:\n  x-airbyte-body-type:\n    type: graphql\n" + block(4, body)
	if len(params) > 0 {
		operation += "parameters:\n  - " + strings.Join(params, "\n  - ") + "\n"
	}
	return caseManifest{
		Method: "post", Path: "/graphql:things", Action: action,
		Operation: "x-airbyte-path-override: {path: /graphql}\n" + operation,
	}
}

// graphCall is a call of a GraphQL operation and the body that it sends.
type graphCall struct {
	params connector.Params
	body   string
}

// checkCalls makes each call on a connector of its own.
func checkCalls(t *testing.T, m caseManifest, calls map[string]graphCall) {
	t.Helper()
	action := m.Action
	for name, call := range calls {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			tr := expect(t, exchange{request: "POST /graphql", header: jsonHeader, body: call.body, answer: `{"data":{"id":1}}`})
			conn := openCase(t, m.String(), tr.serve, nil)
			res, err := conn.Execute(t.Context(), "things", action, call.params)
			checkData(t, res, err, `{"data":{"id":1}}`)
		})
	}
}

func TestCase043_TheCallChoosesTheFields(t *testing.T) {
	t.Parallel()
	checkCalls(t, querying("get", `
		query: "query { t { {{ fields }} } }"
		default_fields: "id name"`), map[string]graphCall{
		"the usual ones": {nil, `{"query":"query { t { id name } }"}`},
		"null":           {connector.Params{"fields": nil}, `{"query":"query { t { id name } }"}`},
		"an empty list":  {connector.Params{"fields": []string{}}, `{"query":"query { t { id name } }"}`},
		"nested":         {connector.Params{"fields": []string{"a", "b.c.d"}}, `{"query":"query { t { a b { c { d } } } }"}`},
	})
	t.Run("a list of usual ones", func(t *testing.T) {
		t.Parallel()
		checkCalls(t, querying("get", `
			query: "query { t { {{ fields }} } }"
			default_fields: [id, owner.name]`), map[string]graphCall{
			"left out": {nil, `{"query":"query { t { id owner { name } } }"}`},
		})
	})
	t.Run("a mutation in a field is refused", func(t *testing.T) {
		t.Parallel()
		m := querying("get", `
			query: "query { t { {{ fields }} } }"
			default_fields: "id"`)
		conn := openCase(t, m.String(), expect(t).serve, nil)
		_, err := conn.Execute(t.Context(), "things", "get", connector.Params{"fields": []string{"id } } mutation { drop"}})
		failure{kind: connector.ErrValidation, call: "things.get", says: []string{"fields"}}.check(t, err)
	})
}

func TestCase044_VariablesKeepTheTypeOfTheirValue(t *testing.T) {
	t.Parallel()
	checkCalls(t, querying("get", `
		query: "query Q"
		variables: {o: "{{ owner }}", first: "{{ first }}"}`,
		"{name: owner, in: query, schema: {type: string}}", "{name: first, in: query, schema: {type: integer, default: 10}}",
	), map[string]graphCall{
		"a default": {connector.Params{"owner": "o1"}, `{"query":"query Q","variables":{"o":"o1","first":10}}`},
		"an integer": {
			connector.Params{"owner": "o1", "first": 5},
			`{"query":"query Q","variables":{"o":"o1","first":5}}`,
		},
		"digits in a text": {
			connector.Params{"owner": "5", "first": 5},
			`{"query":"query Q","variables":{"o":"5","first":5}}`,
		},
	})
}

func TestCase045_AVariableWithoutAValueIsAbsent(t *testing.T) {
	t.Parallel()
	checkCalls(t, querying("get", `
		query: "query Q"
		variables: {a: "{{ a }}", b: "{{ b }}", in: {c: "{{ c }}"}}`,
		"{name: a, in: query, schema: {type: string}}",
	), map[string]graphCall{
		"none given":      {nil, `{"query":"query Q","variables":{"in":{"c":null}}}`},
		"null given":      {connector.Params{"a": nil, "b": "x"}, `{"query":"query Q","variables":{"b":"x","in":{"c":null}}}`},
		"undeclared ones": {connector.Params{"b": []int{1}, "c": true}, `{"query":"query Q","variables":{"b":[1],"in":{"c":true}}}`},
	})
}

func TestCase046_NullableVariablesKeepAnExplicitNull(t *testing.T) {
	t.Parallel()
	checkCalls(t, querying("update", `
		query: "mutation M"
		variables: {id: "{{ id }}", assigneeId: "{{ assigneeId }}", title: "{{ title }}"}
		x-airbyte-nullable-variables: [assigneeId]`,
		"{name: id, in: query, required: true, schema: {type: string}}",
	), map[string]graphCall{
		"null": {
			connector.Params{"id": "i", "assigneeId": nil},
			`{"query":"mutation M","variables":{"id":"i","assigneeId":null}}`,
		},
		"not in the call": {connector.Params{"id": "i"}, `{"query":"mutation M","variables":{"id":"i"}}`},
		"a value": {
			connector.Params{"id": "i", "assigneeId": "u", "title": "t"},
			`{"query":"mutation M","variables":{"id":"i","assigneeId":"u","title":"t"}}`,
		},
	})
}

func TestCase047_EveryPartOfATextHasItsOwnDefault(t *testing.T) {
	t.Parallel()
	checkCalls(t, querying("get", `
		query: "query Q"
		variables: {expression: "{{ ref }}:{{ path }}"}`,
		"{name: ref, in: query, schema: {type: string, default: HEAD}}", "{name: path, in: query, schema: {type: string}}",
	), map[string]graphCall{
		"a default": {connector.Params{"path": "README.md"}, `{"query":"query Q","variables":{"expression":"HEAD:README.md"}}`},
		"both given": {
			connector.Params{"path": "a \"b\"", "ref": "v1"},
			`{"query":"query Q","variables":{"expression":"v1:a \"b\""}}`,
		},
		"a part is missing": {connector.Params{"ref": "v1"}, `{"query":"query Q","variables":{}}`},
	})
}

func TestCase048_ValuesAreNotExpandedAgain(t *testing.T) {
	t.Parallel()
	checkCalls(t, querying("get", `
		query: "query Q {{ first }}"
		variables: {lone: "{{ a }}", text: "<{{ a }}|{{ first }}>"}`,
		"{name: first, in: query, schema: {type: integer}}",
	), map[string]graphCall{
		"a placeholder in a value": {
			connector.Params{"a": "{{ first }}", "first": 3},
			`{"query":"query Q {{ first }}","variables":{"lone":"{{ first }}","text":"<{{ first }}|3>"}}`,
		},
	})
}

func TestCase049_ParametersOfAGraphQLOperationAreNotInTheAddress(t *testing.T) {
	t.Parallel()
	m := querying("list", `
		query: "query Q"
		variables: {first: "{{ first }}"}`,
		"{name: first, in: query, required: true, schema: {type: integer, default: 10}}", "{name: secret, in: query, schema: {type: string}}",
	)
	tr := expect(t, exchange{request: "POST /graphql", header: jsonHeader, body: `{"query":"query Q","variables":{"first":7}}`, answer: `[]`})
	conn := openCase(t, m.String(), tr.serve, nil)
	res, err := conn.Execute(t.Context(), "things", "list", connector.Params{"first": 7, "secret": "s"})
	checkData(t, res, err, `[]`)
}

func TestCase050_GraphQLErrorsInASuccessAreErrors(t *testing.T) {
	t.Parallel()
	tests := map[string]struct {
		action, answer string
		kind           error
	}{
		"no data":             {"list", `{"errors":[{"message":"boom"}],"data":null}`, connector.ErrValidation},
		"data left out":       {"list", `{"errors":[{"message":"boom"}]}`, connector.ErrValidation},
		"data without fields": {"create", `{"errors":[{"message":"boom"}],"data":{"make":null}}`, connector.ErrValidation},
		"a code":              {"get", `{"errors":[{"message":"boom","extensions":{"code":"RATE_LIMITED"}}],"data":null}`, connector.ErrRateLimited},
		"a code for a write":  {"update", `{"errors":[{"message":"boom","extensions":{"code":"INTERNAL_SERVER_ERROR"}}]}`, connector.ErrUnknownOutcome},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			m := querying(test.action, `query: "query Q"`)
			tr := expect(t, exchange{request: "POST /graphql", body: `{"query":"query Q"}`, answer: test.answer})
			conn := openCase(t, m.String(), tr.serve, nil)
			_, err := conn.Execute(t.Context(), "things", test.action, nil)
			failure{kind: test.kind, call: "things." + test.action, status: 200, says: []string{"boom"}}.check(t, err)
		})
	}
	t.Run("beside data they are a warning", func(t *testing.T) {
		t.Parallel()
		const answer = `{"errors":[{"message":"boom"}],"data":{"t":{"id":1}}}`
		tr := expect(t, exchange{request: "POST /graphql", body: `{"query":"query Q"}`, answer: answer})
		conn := openCase(t, querying("get", `query: "query Q"`).String(), tr.serve, nil)
		res, err := conn.Execute(t.Context(), "things", "get", nil)
		checkData(t, res, err, answer)
		if res.Meta.Warning != "boom" {
			t.Errorf("warning = %q, want boom", res.Meta.Warning)
		}
	})
}
