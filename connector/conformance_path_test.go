package connector_test

import (
	"encoding/json"
	"testing"

	"github.com/agentsdk-go/airbyte/connector"
)

// oneThing is a get of one record by its id.
var oneThing = caseManifest{
	Path: "/v1/things/{id}", Action: "get",
	Operation: "parameters: [{name: id, in: path, required: true, schema: {type: string}}]",
}

func TestCase018_PathValuesAreEscaped(t *testing.T) {
	t.Parallel()
	tests := map[string]struct {
		id   any
		want string
	}{
		"what the case says":     {"a/b c?#é", "a%2Fb%20c%3F%23%C3%A9"},
		"unreserved":             {"aZ09-._~", "aZ09-._~"},
		"reserved":               {"$&+=:@,;!*'()[]", "%24%26%2B%3D%3A%40%2C%3B%21%2A%27%28%29%5B%5D"},
		"a percent form":         {"a%2Fb", "a%252Fb"},
		"a backslash and quotes": {`a\b"<>`, "a%5Cb%22%3C%3E"},
		"beyond the first plane": {"😀", "%F0%9F%98%80"},
		"spaces around":          {" a ", "%20a%20"},
		"dots in a name":         {"..a", "..a"},
		"a truth value":          {true, "true"},
		"a big integer":          {json.Number("12345678901234567890"), "12345678901234567890"},
		"a float":                {1e21, "1000000000000000000000"},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			tr := expect(t, exchange{
				request: "GET /v1/things/" + test.want, answer: `{"id":1}`,
				header: map[string]string{"Authorization": "Bearer " + caseToken, "Content-Type": absent},
			})
			res, err := openCase(t, oneThing.String(), tr.serve, nil).Execute(t.Context(), "things", "get", connector.Params{"id": test.id})
			checkData(t, res, err, `{"id":1}`)
		})
	}
}

func TestCase019_PathValuesThatAreMissing(t *testing.T) {
	t.Parallel()
	tests := map[string]struct {
		params connector.Params
		says   string
	}{
		"absent":       {nil, `required parameter "id" is missing`},
		"empty":        {connector.Params{"id": ""}, `parameter "id" is empty`},
		"blank":        {connector.Params{"id": " \t"}, `parameter "id" is empty`},
		"a list":       {connector.Params{"id": []string{"a"}}, `parameter "id" must be a string`},
		"an object":    {connector.Params{"id": map[string]any{"a": 1}}, `parameter "id" must be a string`},
		"control code": {connector.Params{"id": "a\r\nb"}, `parameter "id" must not have control characters`},
		// Differs: a null counts as absent wherever it may not be meant, so it is
		// missing, not invalid.
		"null": {connector.Params{"id": nil}, `required parameter "id" is missing`},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			conn := openCase(t, oneThing.String(), expect(t).serve, nil)
			_, err := conn.Execute(t.Context(), "things", "get", test.params)
			failure{kind: connector.ErrValidation, call: "things.get", says: []string{test.says}}.check(t, err)
		})
	}
	t.Run("zero is a value", func(t *testing.T) {
		t.Parallel()
		tr := expect(t, exchange{request: "GET /v1/things/0", answer: `{"id":0}`})
		res, err := openCase(t, oneThing.String(), tr.serve, nil).Execute(t.Context(), "things", "get", connector.Params{"id": 0})
		checkData(t, res, err, `{"id":0}`)
	})
}

// Differs: Python sends what is left of the path, here /v1.
func TestCase020_PathValuesThatClimb(t *testing.T) {
	t.Parallel()
	for _, id := range []string{"..", ".", "%2e%2E", "%2e", ".%2e", "%252e%252e", "../admin", "a/../../admin", `..\admin`, "..%2fadmin"} {
		t.Run(id, func(t *testing.T) {
			t.Parallel()
			conn := openCase(t, oneThing.String(), expect(t).serve, nil)
			_, err := conn.Execute(t.Context(), "things", "get", connector.Params{"id": id})
			failure{kind: connector.ErrValidation, call: "things.get", says: []string{`parameter "id"`, `".."`}}.check(t, err)
		})
	}
}

func TestCase033_PathOverride(t *testing.T) {
	t.Parallel()
	tests := map[string]struct{ override, want string }{
		"another path": {"/graphql", "GET /graphql"},
		"with a slash": {"/v2/things/", "GET /v2/things/"},
		// What a path cannot hold as itself is escaped, the rest is the manifest's.
		"with a verb": {"/v2/things:search", "GET /v2/things:search"},
		"spaces":      {"/v2/my things", "GET /v2/my%20things"},
		// Differs: Python puts it behind the address as it is, which names another host.
		"without a slash": {"graphql", "GET /graphql"},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			m := caseManifest{Path: "/graphql:x", Operation: "x-airbyte-path-override: {path: \"" + test.override + "\"}"}
			tr := expect(t, exchange{request: test.want, answer: "[]"})
			res, err := openCase(t, m.String(), tr.serve, nil).Execute(t.Context(), "things", "list", nil)
			checkData(t, res, err, "[]")
		})
	}
	t.Run("with a placeholder", func(t *testing.T) {
		t.Parallel()
		m := caseManifest{
			Path: "/things:get", Action: "get",
			Operation: "x-airbyte-path-override: {path: \"/v2/{id}/thing\"}\n" + oneThing.Operation,
		}
		tr := expect(t, exchange{request: "GET /v2/a%2Fb/thing", answer: "{}"})
		res, err := openCase(t, m.String(), tr.serve, nil).Execute(t.Context(), "things", "get", connector.Params{"id": "a/b"})
		checkData(t, res, err, "{}")
	})
}
