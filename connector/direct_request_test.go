package connector_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/agentsdk-go/airbyte/connector"
)

func TestValuesAreWrittenAsJSONWritesThem(t *testing.T) {
	t.Parallel()
	n := newNetwork(t, map[string][]hostReply{"GET https://api.test/v1/things/true?obj=%7B%22a%22%3A1%7D&n=100000000000000000000": fine})
	conn := n.open(caseManifest{Path: "/v1/things/{flag}", Operation: `
	parameters:
	  - {name: flag, in: path, required: true, schema: {type: boolean}}
	  - {name: obj, in: query, schema: {type: object}}
	  - {name: n, in: query, schema: {type: number}}
	  - {name: X-Flag, in: header, schema: {type: boolean}}
	`}, nil)
	params := connector.Params{"flag": true, "obj": map[string]any{"a": 1}, "n": 1e20, "X-Flag": false}
	if _, err := conn.Execute(t.Context(), "things", "list", params); err != nil {
		t.Fatal(err)
	}
	n.checkHeader(0, "X-Flag", "false")
}

func TestDefaultsOfPathParametersAreUsed(t *testing.T) {
	t.Parallel()
	const call = "GET https://api.test/v1/things/main"
	n := newNetwork(t, map[string][]hostReply{call: fine})
	conn := n.open(caseManifest{
		Path: "/v1/things/{branch}", Operation: "parameters: [{name: branch, in: path, required: true, schema: {type: string, default: main}}]",
	}, nil)
	if _, err := conn.Execute(t.Context(), "things", "list", nil); err != nil {
		t.Fatal(err)
	}
	n.checkCalls(call)
}

func TestWrongNamesAreNotSent(t *testing.T) {
	t.Parallel()
	tests := map[string]struct {
		entity, action string
		says           []string
	}{
		"an entity":              {"thing", "list", []string{`unknown entity "thing"`, `did you mean "things"?`}},
		"an action":              {"things", "get", []string{`unknown action "get" of entity things`, "use one of: list"}},
		"a word that is none":    {"things", "lits", []string{`unknown action "lits"`, `did you mean "list"?`}},
		"a case of its own name": {"Things", "list", []string{`unknown entity "Things"`, `did you mean "things"?`}},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			_, err := newNetwork(t, nil).open(caseManifest{}, nil).Execute(t.Context(), test.entity, test.action, nil)
			failure{kind: connector.ErrValidation, call: test.entity + "." + test.action, says: test.says}.check(t, err)
		})
	}
	t.Run("a search of the hosted platform", func(t *testing.T) {
		t.Parallel()
		_, err := newNetwork(t, nil).open(caseManifest{}, nil).Execute(t.Context(), "things", "context_store_search", nil)
		failure{kind: connector.ErrUnsupported, call: "things.context_store_search", says: []string{"hosted mode"}}.check(t, err)
	})
}

func TestClientCredentialsAloneBringAToken(t *testing.T) {
	t.Parallel()
	for _, flow := range []string{"clientCredentials", "authorizationCode"} {
		t.Run(flow, func(t *testing.T) {
			t.Parallel()
			n := newNetwork(t, map[string][]hostReply{tokenCall: {{body: fmt.Sprintf(`{"access_token":%q}`, newToken)}}, listThings: fine})
			conn := n.open(caseManifest{Schemes: `
			oauth2:
			  type: oauth2
			  flows: {` + flow + `: {tokenUrl: "https://id.test/token"}}
			  x-airbyte-token-refresh: {auth_style: basic}
			  x-airbyte-auth-config:
			    type: object
			    required: [id, secret]
			    properties: {id: {type: string}, secret: {type: string}}
			    auth_mapping: {client_id: "${id}", client_secret: "${secret}"}
			`}, connector.Credentials{"id": "app-1", "secret": appSecret})
			if _, err := conn.Execute(t.Context(), "things", "list", nil); err != nil {
				t.Fatal(err)
			}
			n.checkCalls(tokenCall, listThings)
			n.checkHeader(0, "Authorization", basicAuth("app-1:"+appSecret))
			if got := n.requests()[0].body; got != "grant_type=client_credentials" {
				t.Errorf("token request = %s", got)
			}
			n.checkHeader(1, "Authorization", "Bearer "+newToken)
		})
	}
}

func TestATokensValuesReachTemplates(t *testing.T) {
	t.Parallel()
	n := newNetwork(t, map[string][]hostReply{
		tokenCall:  {{body: fmt.Sprintf(`{"access_token":%q,"area":"eu7"}`, newToken)}},
		listThings: {{body: `[{"id":1}]`}},
	})
	conn := n.open(caseManifest{
		Servers:   `- {url: "https://api.test", variables: {area: {default: ""}}}`,
		Schemes:   renewing("body", "form") + "  x-airbyte-token-extract: [area]",
		Operation: "x-airbyte-record-extractor: $\nx-airbyte-record-transform: {id: \"{{ record.id }}\", area: \"{{ config.area }}\"}",
	}, refreshOnly)
	res, err := conn.Execute(t.Context(), "things", "list", nil)
	checkData(t, res, err, `[{"id":1,"area":"eu7"}]`)
}

func TestConfigurationThatIsTheEndOfACredential(t *testing.T) {
	t.Parallel()
	manifest := caseManifest{
		Info:    `x-airbyte-config-normalization: {rules: [{target: dc, source: api_key, when_missing: true, transform: {type: suffix, delimiter: "-"}}]}`,
		Servers: `- {url: "https://{dc}.api.test", variables: {dc: {default: ""}}}`,
		Schemes: "key: {type: apiKey, in: header, name: X-Key}",
	}
	tests := map[string]struct {
		config map[string]string
		call   string
	}{
		"derived":             {nil, "GET https://us7.api.test/v1/things"},
		"the program's value": {map[string]string{"dc": "eu1"}, "GET https://eu1.api.test/v1/things"},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			n := newNetwork(t, map[string][]hostReply{test.call: fine})
			conn := n.open(manifest, connector.Credentials{"api_key": caseToken + "-us7"}, connector.WithConfig(test.config))
			if _, err := conn.Execute(t.Context(), "things", "list", nil); err != nil {
				t.Fatal(err)
			}
			n.checkCalls(test.call)
		})
	}
}

func TestAnErrorRepeatsLittleOfAnAnswer(t *testing.T) {
	t.Parallel()
	n := newNetwork(t, map[string][]hostReply{listThings: {{status: 400, body: `{"message":"` + caseToken + strings.Repeat(" word", 20_000) + `"}`}}})
	_, err := n.open(caseManifest{}, nil).Execute(t.Context(), "things", "list", nil)
	failure{kind: connector.ErrValidation, status: 400, says: []string{"[redacted] word word"}}.check(t, err)
	if len(err.Error()) > 1000 {
		t.Errorf("the error has %d characters", len(err.Error()))
	}
}
