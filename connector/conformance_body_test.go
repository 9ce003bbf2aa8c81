package connector_test

import (
	"strings"
	"testing"

	"github.com/agentsdk-go/airbyte/connector"
)

// writing is a create whose body is of one media type, with the given schema.
func writing(mediaType, schema string) caseManifest {
	return caseManifest{
		Method: "post", Action: "create",
		Operation: "requestBody: {content: {" + mediaType + ": {schema: " + schema + "}}}",
	}
}

// jsonHeader is what a request with a JSON body carries.
var jsonHeader = map[string]string{"Content-Type": "application/json", "Authorization": "Bearer " + caseToken}

func TestCase034_JSONBodyHasTheDeclaredFieldsAndTheDefaults(t *testing.T) {
	t.Parallel()
	m := writing("application/json", `{type: object, properties: {
		name: {type: string}, n: {type: integer, default: 7}, obj: {type: object}, tags: {type: array, items: {type: string}}}}`)
	tr := expect(t, exchange{
		request: "POST /v1/things", header: jsonHeader, body: `{"n":7,"name":"é","obj":{"a":null},"tags":[]}`,
		status: 201, answer: `{"id": 1}`,
	})
	conn := openCase(t, m.String(), tr.serve, nil)
	params := connector.Params{"name": "é", "n": nil, "obj": map[string]any{"a": nil}, "tags": []string{}}
	res, err := conn.Execute(t.Context(), "things", "create", params)
	checkData(t, res, err, `{"id": 1}`)

	// Differs: a parameter that is not declared is an error. Python leaves it out
	// without a word, and a misspelt field with it.
	params["extra"] = 1
	_, err = conn.Execute(t.Context(), "things", "create", params)
	failure{kind: connector.ErrValidation, call: "things.create", says: []string{`unknown parameter "extra"`}}.check(t, err)
}

func TestCase035_RequiredBodyFieldsMustBeGiven(t *testing.T) {
	t.Parallel()
	m := writing("application/json", `{type: object, required: [name, n], properties: {
		name: {type: string}, n: {type: integer, default: 7}}}`)
	tests := map[string]struct {
		params connector.Params
		says   []string
	}{
		"a default does not make up for it in a create": {connector.Params{"name": "x"}, []string{`"n"`, "missing"}},
		// Differs: a null is no value, so a required field that is null is missing.
		"null":        {connector.Params{"name": nil, "n": 1}, []string{`"name"`, "missing"}},
		"all at once": {nil, []string{`"name"`, `"n"`, "missing"}},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			conn := openCase(t, m.String(), expect(t).serve, nil)
			_, err := conn.Execute(t.Context(), "things", "create", test.params)
			failure{kind: connector.ErrValidation, call: "things.create", says: test.says}.check(t, err)
		})
	}
	t.Run("both given", func(t *testing.T) {
		t.Parallel()
		tr := expect(t, exchange{request: "POST /v1/things", header: jsonHeader, body: `{"n":1,"name":"x"}`, answer: `{}`})
		conn := openCase(t, m.String(), tr.serve, nil)
		res, err := conn.Execute(t.Context(), "things", "create", connector.Params{"name": "x", "n": 1})
		checkData(t, res, err, `{}`)
	})
}

func TestCase036_NothingToSayIsNoBody(t *testing.T) {
	t.Parallel()
	m := writing("application/json", `{type: object, properties: {name: {type: string}, obj: {type: object}}}`)
	tests := map[string]connector.Params{
		"no parameters": nil,
		"only nulls":    {"name": nil, "obj": nil},
	}
	for name, params := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			tr := expect(t, exchange{
				request: "POST /v1/things", header: map[string]string{"Content-Type": absent}, answer: `{"id":"a"}`,
			})
			conn := openCase(t, m.String(), tr.serve, nil)
			res, err := conn.Execute(t.Context(), "things", "create", params)
			checkData(t, res, err, `{"id":"a"}`)
		})
	}
}

func TestCase041_NullIsSentWhereTheServiceKnowsIt(t *testing.T) {
	t.Parallel()
	const schema = `{type: object, properties: {p: {type: PTYPE}, q: {type: string}}}`
	tests := map[string]struct {
		kind, body string
	}{
		"a string or null":      {"[string, null]", `{"p":null,"q":"x"}`},
		"the null written out":  {`[string, "null"]`, `{"p":null,"q":"x"}`},
		"nothing but a string":  {"string", `{"q":"x"}`},
		"an integer or null":    {`[integer, "null"]`, `{"p":null,"q":"x"}`},
		"nothing but an object": {"object", `{"q":"x"}`},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			m := writing("application/json", strings.ReplaceAll(schema, "PTYPE", test.kind))
			tr := expect(t, exchange{request: "POST /v1/things", header: jsonHeader, body: test.body, answer: `{}`})
			conn := openCase(t, m.String(), tr.serve, nil)
			res, err := conn.Execute(t.Context(), "things", "create", connector.Params{"p": nil, "q": "x"})
			checkData(t, res, err, `{}`)
		})
	}
}

func TestCase042_ADeleteWithoutABodyHasNoContentType(t *testing.T) {
	t.Parallel()
	m := caseManifest{
		Method: "delete", Action: "delete", Path: "/v1/things/{id}",
		Operation: "parameters: [{name: id, in: path, required: true, schema: {type: string}}]",
	}
	tr := expect(t, exchange{
		request: "DELETE /v1/things/a", header: map[string]string{"Content-Type": absent, "Authorization": "Bearer " + caseToken},
		status: 204,
	})
	conn := openCase(t, m.String(), tr.serve, nil)
	res, err := conn.Execute(t.Context(), "things", "delete", connector.Params{"id": "a"})
	checkData(t, res, err, `{}`)
}
