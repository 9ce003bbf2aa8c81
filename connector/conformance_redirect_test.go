package connector_test

import (
	"net/http"
	"slices"
	"strings"
	"testing"

	"github.com/agentsdk-go/airbyte/connector"
)

// credentialed are schemes of every kind, each with what it puts on a request.
var credentialed = map[string]struct {
	scheme string
	creds  connector.Credentials
	query  string
}{
	"bearer":         {scheme: "token: {type: http, scheme: bearer}", creds: connector.Credentials{"token": caseToken}},
	"basic":          {scheme: "basic: {type: http, scheme: basic}", creds: connector.Credentials{"username": "u", "password": caseToken}},
	"header key":     {scheme: "key: {type: apiKey, in: header, name: X-Things-Token}", creds: connector.Credentials{"api_key": caseToken}},
	"query key":      {scheme: "key: {type: apiKey, in: query, name: key}", creds: connector.Credentials{"api_key": caseToken}, query: "?key=" + caseToken},
	"cookie key":     {scheme: "key: {type: apiKey, in: cookie, name: key}", creds: connector.Credentials{"api_key": caseToken}},
	"oauth":          {scheme: renewing("body", "form"), creds: connector.Credentials{"access_token": caseToken}},
	"further header": {scheme: "token:\n  type: http\n  scheme: bearer\n  x-airbyte-auth-config: {type: object, required: [t], properties: {t: {type: string}}, auth_mapping: {token: fixed}, additional_headers: {X-App: \"{{ t }}\"}}", creds: connector.Credentials{"t": caseToken}},
}

func TestCase089_CredentialsStayAtHomeOnRedirects(t *testing.T) {
	t.Parallel()
	for name, scheme := range credentialed {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			const abroad, back = "GET https://evil.test/take", "GET https://api.test/v1/things?again=1"
			n := newNetwork(t, map[string][]hostReply{
				listThings + scheme.query: {{status: http.StatusFound, header: map[string]string{"Location": "https://evil.test/take"}}},
				abroad:                    {{status: http.StatusFound, header: map[string]string{"Location": "https://api.test/v1/things?again=1"}}},
				back:                      {{body: "[]"}},
			})
			conn := n.open(caseManifest{Schemes: scheme.scheme}, scheme.creds)
			res, err := conn.Execute(t.Context(), "things", "list", nil)
			checkData(t, res, err, "[]")
			n.checkCalls(listThings+scheme.query, abroad, back)
			first, rest := n.requests()[0], n.requests()[1:]
			if !shows(first) {
				t.Errorf("the first request carries no credential: %v", first.header)
			}
			for _, r := range rest { // home again, on the word of a stranger
				if shows(r) || r.header.Get("Authorization") != absent {
					t.Errorf("%s carries a credential: %v", r.call, r.header)
				}
			}
		})
	}
}

// shows reports whether a request carries the case's credential.
func shows(r arrival) bool {
	if strings.Contains(r.call, caseToken) || r.header.Get("Authorization") == basicAuth("u:"+caseToken) {
		return true
	}
	for _, values := range r.header {
		if slices.ContainsFunc(values, func(v string) bool { return strings.Contains(v, caseToken) }) {
			return true
		}
	}
	return false
}

func TestCase089_CredentialsGoAlongWithinTheOrigin(t *testing.T) {
	t.Parallel()
	n := newNetwork(t, map[string][]hostReply{
		listThings:                       {{status: http.StatusPermanentRedirect, header: map[string]string{"Location": "/v2/things"}}},
		"GET https://api.test/v2/things": {{body: "[]"}},
	})
	res, err := n.open(caseManifest{}, nil).Execute(t.Context(), "things", "list", nil)
	checkData(t, res, err, "[]")
	n.checkHeader(1, "Authorization", "Bearer "+caseToken)
}

func TestRedirectsThatAreNotFollowed(t *testing.T) {
	t.Parallel()
	to := func(status int, address string) []hostReply {
		return []hostReply{{status: status, header: map[string]string{"Location": address}}}
	}
	tests := map[string]struct {
		method, action string
		answers        []hostReply
		requests       int
		fails          failure
	}{
		"without end":        {"get", "list", slices.Repeat(to(302, "/v1/things"), 10), 10, failure{kind: connector.ErrUnavailable, says: []string{"redirected 10 times"}}},
		"to plain http":      {"get", "list", to(302, "http://api.test/v1/things"), 1, failure{kind: connector.ErrUnavailable, says: []string{"from https to http"}}},
		"to another scheme":  {"get", "list", to(302, "file:///etc/passwd"), 1, failure{kind: connector.ErrUnavailable, says: []string{"file address"}}},
		"of a write":         {"post", "create", to(307, "https://evil.test/take"), 1, failure{kind: connector.ErrUnavailable, call: "things.create", status: 307, says: []string{"https://evil.test"}}},
		"that turns a POST":  {"post", "list", to(303, "/v1/other"), 1, failure{kind: connector.ErrUnavailable, status: 303}},
		"with a body abroad": {"post", "api_search", to(307, "https://evil.test/take"), 1, failure{kind: connector.ErrUnavailable, call: "things.api_search", says: []string{"body to evil.test"}}},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			manifest := caseManifest{Method: test.method, Action: test.action}
			params := connector.Params{}
			if test.method == "post" {
				manifest.Operation = "requestBody: {content: {application/json: {schema: {type: object, properties: {q: {type: string}}}}}}"
				params["q"] = "private words"
			}
			n := newNetwork(t, map[string][]hostReply{strings.ToUpper(test.method) + " https://api.test/v1/things": test.answers})
			_, err := n.open(manifest, nil).Execute(t.Context(), "things", test.action, params)
			test.fails.check(t, err, "private words")
			if len(n.requests()) != test.requests {
				t.Errorf("%d requests, want %d", len(n.requests()), test.requests)
			}
		})
	}
}
