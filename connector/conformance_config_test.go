package connector_test

import (
	"testing"

	"github.com/agentsdk-go/airbyte/connector"
)

func TestCase031_ConfigurationDecidesAParameter(t *testing.T) {
	t.Parallel()
	const mapped = `{name: mid, in: query, schema: {type: string}, x-airbyte-param-config-inject: {source: region, map: {US: M1, eu: M2}}}`
	const plain = `{name: mid, in: query, schema: {type: string}, x-airbyte-param-config-inject: {source: region}}`
	tests := map[string]struct {
		parameter, region string
		params            connector.Params
		query             string
	}{
		"in upper case":       {mapped, "us", nil, "?mid=M1"},
		"as it is":            {mapped, "eu", nil, "?mid=M2"},
		"not in the map":      {mapped, "zz", nil, ""},
		"not configured":      {mapped, "", nil, ""},
		"the call wins":       {mapped, "us", connector.Params{"mid": "X"}, "?mid=X"},
		"without a map":       {plain, "us", nil, "?mid=us"},
		"the call wins again": {plain, "us", connector.Params{"mid": "X"}, "?mid=X"},
		// Differs: a null counts as absent, where Python sends mid= with no value.
		"null is absent": {mapped, "us", connector.Params{"mid": nil}, "?mid=M1"},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			tr := expect(t, exchange{request: "GET /v1/things" + test.query, answer: "[]"})
			conn := openCase(t, listingWith("["+test.parameter+"]").String(), tr.serve, nil, configured("region", test.region))
			if got := conn.Entities()[0].Actions[0].Signature("things"); got != "things.list()" {
				t.Errorf("signature = %s, want the parameter hidden", got)
			}
			res, err := conn.Execute(t.Context(), "things", "list", test.params)
			checkData(t, res, err, "[]")
		})
	}
}

// configured sets one configuration value, unless it is empty.
func configured(name, value string) connector.Option {
	if value == "" {
		return nil
	}
	return connector.WithConfig(map[string]string{name: value})
}

const accountScope = "x-airbyte-scoping: [{param: acct, config_key: account_id}]"

func TestCase032_ScopingFillsInWhatACallLacks(t *testing.T) {
	t.Parallel()
	t.Run("path", scopingOfPaths)
	t.Run("query", scopingOfQueries)
	t.Run("body", scopingOfBodies)
}

func scopingOfPaths(t *testing.T) {
	t.Parallel()
	m := caseManifest{
		Info: accountScope, Path: "/a/{acct}",
		Operation: "parameters: [{name: acct, in: path, required: true, schema: {type: string}}]",
	}
	tests := map[string]struct {
		params connector.Params
		want   string
	}{
		"nothing given": {nil, "GET /a/A1"},
		"the call wins": {connector.Params{"acct": "B/2"}, "GET /a/B%2F2"},
		// Differs: to Python a null is a value, and an illegal one.
		"null is absent": {connector.Params{"acct": nil}, "GET /a/A1"},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			tr := expect(t, exchange{request: test.want, answer: "[]"})
			conn := openCase(t, m.String(), tr.serve, nil, configured("account_id", "A1"))
			res, err := conn.Execute(t.Context(), "things", "list", test.params)
			checkData(t, res, err, "[]")
		})
	}
	t.Run("not configured", func(t *testing.T) {
		t.Parallel()
		_, err := openCase(t, m.String(), expect(t).serve, nil).Execute(t.Context(), "things", "list", nil)
		failure{kind: connector.ErrValidation, says: []string{`required parameter "acct" is missing`}}.check(t, err)
	})
	t.Run("key like the parameter", func(t *testing.T) {
		t.Parallel()
		same := m
		same.Info = "x-airbyte-scoping: [{param: acct}]"
		tr := expect(t, exchange{request: "GET /a/A1", answer: "[]"})
		res, err := openCase(t, same.String(), tr.serve, nil, configured("acct", "A1")).Execute(t.Context(), "things", "list", nil)
		checkData(t, res, err, "[]")
	})
}

func scopingOfBodies(t *testing.T) {
	t.Parallel()
	m := writing("application/json", "{type: object, required: [acct, name], properties: {acct: {type: string}, name: {type: string}}}")
	m.Info = accountScope
	tests := map[string]struct {
		params connector.Params
		body   string
	}{
		"nothing given": {connector.Params{"name": "x"}, `{"acct":"A1","name":"x"}`},
		"the call wins": {connector.Params{"name": "x", "acct": "B2"}, `{"acct":"B2","name":"x"}`},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			tr := expect(t, exchange{request: "POST /v1/things", body: test.body, answer: `{"id":1}`})
			conn := openCase(t, m.String(), tr.serve, nil, configured("account_id", "A1"))
			res, err := conn.Execute(t.Context(), "things", "create", test.params)
			checkData(t, res, err, `{"id":1}`)
		})
	}
}

func scopingOfQueries(t *testing.T) {
	t.Parallel()
	m := listingWith("[{name: acct, in: query, required: true, schema: {type: integer}}]")
	m.Info = accountScope
	tr := expect(t, exchange{request: "GET /v1/things?acct=17", answer: "[]"})
	res, err := openCase(t, m.String(), tr.serve, nil, configured("account_id", "17")).Execute(t.Context(), "things", "list", nil)
	checkData(t, res, err, "[]")
}
