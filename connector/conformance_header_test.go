package connector_test

import (
	"testing"

	"github.com/agentsdk-go/airbyte/connector"
)

func TestCase027_HeaderParameters(t *testing.T) {
	t.Parallel()
	t.Run("sent", headersSent)
	t.Run("refused", headersRefused)
	t.Run("no match for the credentials", headersKeepCredentials)
}

func headersSent(t *testing.T) {
	t.Parallel()
	m := listingWith(`[{name: X-V, in: header, schema: {type: string, default: "1"}}, {name: x-scope, in: header, schema: {type: string}}]`)
	tests := map[string]struct {
		params  connector.Params
		version string
		scope   string
	}{
		"the default":         {nil, "1", absent},
		"the call wins":       {connector.Params{"X-V": "2"}, "2", absent},
		"null means as usual": {connector.Params{"X-V": nil, "x-scope": nil}, "1", absent},
		"a truth value":       {connector.Params{"x-scope": true}, "1", "true"},
		"a number":            {connector.Params{"x-scope": 17}, "1", "17"},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			tr := expect(t, exchange{
				request: "GET /v1/things", answer: "[]",
				header: map[string]string{"X-V": test.version, "X-Scope": test.scope, "Authorization": "Bearer " + caseToken},
			})
			res, err := openCase(t, m.String(), tr.serve, nil).Execute(t.Context(), "things", "list", test.params)
			checkData(t, res, err, "[]")
		})
	}
}

func headersRefused(t *testing.T) {
	t.Parallel()
	m := listingWith("[{name: X-Scope, in: header, required: true, schema: {type: string}}]")
	tests := map[string]struct {
		params connector.Params
		says   []string
	}{
		// Differs: Python sends the request without the header.
		"missing":       {nil, []string{`required parameter "X-Scope" is missing`, "things.list(X-Scope: string"}},
		"null":          {connector.Params{"X-Scope": nil}, []string{`required parameter "X-Scope" is missing`}},
		"a line break":  {connector.Params{"X-Scope": "a\r\nX-Admin: 1"}, []string{`parameter "X-Scope" must not have line breaks`}},
		"an array":      {connector.Params{"X-Scope": []int{1}}, []string{`parameter "X-Scope" must be a string`}},
		"in other case": {connector.Params{"x-scope": "a"}, []string{`unknown parameter "x-scope"`, `did you mean "X-Scope"?`}},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			_, err := openCase(t, m.String(), expect(t).serve, nil).Execute(t.Context(), "things", "list", test.params)
			failure{kind: connector.ErrValidation, says: test.says}.check(t, err)
		})
	}
}

// Differs: to Python, header names differ by case, so that two of them travel
// and the service chooses between the caller's and the credential.
func headersKeepCredentials(t *testing.T) {
	t.Parallel()
	m := listingWith("[{name: authorization, in: header, schema: {type: string}}]")
	tr := expect(t, exchange{request: "GET /v1/things", header: map[string]string{"Authorization": "Bearer " + caseToken}, answer: "[]"})
	res, err := openCase(t, m.String(), tr.serve, nil).Execute(t.Context(), "things", "list", connector.Params{"authorization": "Bearer stolen"})
	checkData(t, res, err, "[]")
}

func TestCase028_ContentTypeFromAParameter(t *testing.T) {
	t.Parallel()
	m := writing("application/json", "{type: object, properties: {name: {type: string}}}")
	m.Operation += "\nparameters: [{name: Content-Type, in: header, schema: {type: string, default: application/vnd.x+json}}]"
	tests := map[string]struct {
		params      connector.Params
		contentType string
		body        string
	}{
		"the default":   {connector.Params{"name": "é"}, "application/vnd.x+json", `{"name":"é"}`},
		"the call wins": {connector.Params{"name": "é", "Content-Type": "application/vnd.y+json"}, "application/vnd.y+json", `{"name":"é"}`},
		"without body":  {nil, "application/vnd.x+json", ""},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			tr := expect(t, exchange{
				request: "POST /v1/things", header: map[string]string{"Content-Type": test.contentType}, body: test.body, answer: `{"id":1}`,
			})
			res, err := openCase(t, m.String(), tr.serve, nil).Execute(t.Context(), "things", "create", test.params)
			checkData(t, res, err, `{"id":1}`)
		})
	}
}
