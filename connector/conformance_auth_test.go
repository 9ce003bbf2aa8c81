package connector_test

import (
	"encoding/base64"
	"errors"
	"slices"
	"testing"

	"github.com/agentsdk-go/airbyte/connector"
)

// oneCall lists the things once and returns the network that saw it.
func oneCall(t *testing.T, schemes, call string, creds connector.Credentials, opts ...connector.Option) *network {
	t.Helper()
	n := newNetwork(t, map[string][]hostReply{call: fine})
	conn := n.open(caseManifest{Schemes: schemes}, creds, opts...)
	if _, err := conn.Execute(t.Context(), "things", "list", nil); err != nil {
		t.Fatal(err)
	}
	n.checkCalls(call)
	return n
}

func basicAuth(pair string) string {
	return "Basic " + base64.StdEncoding.EncodeToString([]byte(pair))
}

func TestCase069_MappingPutsTextAroundACredential(t *testing.T) {
	t.Parallel()
	n := oneCall(t, `
key:
  type: apiKey
  in: header
  name: Authorization
  x-airbyte-auth-config:
    type: object
    required: [api_key]
    properties: {api_key: {type: string}}
    auth_mapping: {api_key: "Klaviyo-API-Key ${api_key}"}
`, listThings, connector.Credentials{"api_key": caseToken})
	n.checkHeader(0, "Authorization", "Klaviyo-API-Key "+caseToken)
}

func TestCase070_BasicAuthentication(t *testing.T) {
	t.Parallel()
	tests := map[string]struct {
		config string
		creds  connector.Credentials
		want   string
	}{
		"a suffix in the mapping": {
			config: `{type: object, required: [email, api_token], properties: {email: {type: string}, api_token: {type: string}},
			auth_mapping: {username: "${email}/token", password: "${api_token}"}}`,
			creds: connector.Credentials{"email": "a@b", "api_token": "t"},
			want:  "a@b/token:t",
		},
		"the mapping has no password": {
			config: `{type: object, required: [api_key], properties: {api_key: {type: string}}, auth_mapping: {username: "${api_key}", password: ""}}`,
			creds:  connector.Credentials{"api_key": caseToken},
			want:   caseToken + ":",
		},
		"the program has no password, where none is required": {
			config: `{type: object, required: [user], properties: {user: {type: string}, password: {type: string}},
			auth_mapping: {username: "${user}", password: "${password}"}}`,
			creds: connector.Credentials{"user": caseToken, "password": ""},
			want:  caseToken + ":",
		},
		"a credential that looks like a mapping is not expanded": {
			config: `{type: object, required: [user, password], properties: {user: {type: string}, password: {type: string}},
			auth_mapping: {username: "${user}", password: "${password}"}}`,
			creds: connector.Credentials{"user": "${password}", "password": caseToken},
			want:  "${password}:" + caseToken,
		},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			n := oneCall(t, "basic:\n  type: http\n  scheme: basic\n  x-airbyte-auth-config: "+test.config, listThings, test.creds)
			n.checkHeader(0, "Authorization", basicAuth(test.want))
		})
	}
	t.Run("a required password that is empty", func(t *testing.T) {
		t.Parallel()
		// Differs: an empty credential counts as absent, since it is a variable of
		// the environment that is not set. Where the service wants no password, its
		// manifest says so.
		n := newNetwork(t, nil)
		_, err := n.tryOpen(caseManifest{Schemes: "basic: {type: http, scheme: basic}"}, connector.Credentials{"username": caseToken, "password": ""})
		failure{kind: connector.ErrConfig, call: "-", says: []string{"missing or empty: password"}}.check(t, err)
	})
}

func TestCase071_AdditionalHeaders(t *testing.T) {
	t.Parallel()
	tests := map[string]struct {
		config string
		creds  connector.Credentials
		want   map[string]string
	}{
		"a credential that the mapping does not use": {
			config: `{type: object, required: [access_token, developer_token],
			properties: {access_token: {type: string}, developer_token: {type: string}},
			auth_mapping: {access_token: "${access_token}"}, additional_headers: {developer-token: "{{ developer_token }}"}}`,
			creds: connector.Credentials{"access_token": caseToken, "developer_token": "dev-77"},
			want:  map[string]string{"Authorization": "Bearer " + caseToken, "developer-token": "dev-77"},
		},
		"in place of the scheme's own": {
			config: `{type: object, required: [access_token], properties: {access_token: {type: string}},
			auth_mapping: {access_token: "${access_token}"}, additional_headers: {Authorization: "Zoho-oauthtoken {{ access_token }}"}}`,
			creds: connector.Credentials{"access_token": caseToken},
			want:  map[string]string{"Authorization": "Zoho-oauthtoken " + caseToken},
		},
		"an optional credential that is not there": {
			config: `{type: object, required: [access_token],
			properties: {access_token: {type: string}, account: {type: string}},
			auth_mapping: {access_token: "${access_token}"}, additional_headers: {X-Account: "{{ account }}"}}`,
			creds: connector.Credentials{"access_token": caseToken},
			want:  map[string]string{"Authorization": "Bearer " + caseToken, "X-Account": absent},
		},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			n := oneCall(t, `
oauth2:
  type: oauth2
  flows: {authorizationCode: {refreshUrl: "https://id.test/token"}}
  x-airbyte-auth-config: `+test.config, listThings, test.creds)
			for header, value := range test.want {
				n.checkHeader(0, header, value)
			}
			if got := n.requests()[0].header.Values("Authorization"); len(got) != 1 {
				t.Errorf("authorization = %q, want one", got)
			}
		})
	}
}

// twoWays are schemes whose credentials tell them apart, the second of which
// needs all of the first and more.
const twoWays = `
pat:
  type: http
  scheme: bearer
  x-airbyte-auth-config:
    type: object
    required: [token]
    properties: {token: {type: string}}
    auth_mapping: {token: "pat-${token}"}
oauth:
  type: oauth2
  flows: {authorizationCode: {refreshUrl: "https://id.test/token"}}
  x-airbyte-auth-config:
    type: object
    required: [token, refresh, id, secret]
    properties: {token: {type: string}, refresh: {type: string}, id: {type: string}, secret: {type: string}}
    auth_mapping: {access_token: "oauth-${token}", refresh_token: "${refresh}", client_id: "${id}", client_secret: "${secret}"}
`

func TestCase072_TheCredentialsChooseTheScheme(t *testing.T) {
	t.Parallel()
	all := connector.Credentials{"token": caseToken, "refresh": "refresh-1", "id": "id-1", "secret": "secret-1"}
	tests := map[string]struct {
		creds connector.Credentials
		opts  []connector.Option
		want  string
	}{
		"the only one that fits":            {creds: connector.Credentials{"token": caseToken}, want: "Bearer pat-" + caseToken},
		"the one with more of its required": {creds: all, want: "Bearer oauth-" + caseToken},
		"the one that the program names":    {creds: all, opts: []connector.Option{connector.WithAuthScheme("pat")}, want: "Bearer pat-" + caseToken},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			oneCall(t, twoWays, listThings, test.creds, test.opts...).checkHeader(0, "Authorization", test.want)
		})
	}
}

func TestCase072_CredentialsThatChooseNone(t *testing.T) {
	t.Parallel()
	const ways = "token (pat) or token, refresh, id, secret (oauth)"
	tests := map[string]struct {
		creds   connector.Credentials
		opts    []connector.Option
		says    []string
		allowed []string
	}{
		"none":              {creds: connector.Credentials{}, says: []string{"credentials are missing", ways}},
		"an unknown scheme": {creds: connector.Credentials{"token": caseToken}, opts: []connector.Option{connector.WithAuthScheme("oaut")}, says: []string{`"oaut"`, "pat, oauth", `did you mean "oauth"?`}, allowed: []string{"pat", "oauth"}},
		"none that fits":    {creds: connector.Credentials{"refresh": caseToken}, says: []string{"refresh fit no authentication scheme", ways}},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			_, err := newNetwork(t, nil).tryOpen(caseManifest{Schemes: twoWays}, test.creds, test.opts...)
			failure{kind: connector.ErrConfig, call: "-", says: test.says}.check(t, err)
			if e, ok := errors.AsType[*connector.Error](err); ok && !slices.Equal(e.Allowed, test.allowed) {
				t.Errorf("allowed = %q", e.Allowed)
			}
		})
	}
	t.Run("two equally well", func(t *testing.T) {
		t.Parallel()
		_, err := newNetwork(t, nil).tryOpen(caseManifest{Schemes: "one: {type: http, scheme: bearer}\ntwo: {type: http, scheme: bearer}"}, nil)
		failure{kind: connector.ErrConfig, call: "-", says: []string{"fit several authentication schemes: one, two", "name the scheme"}}.check(t, err)
	})
}

func TestCase079_AnEmptyCredentialIsNone(t *testing.T) {
	t.Parallel()
	n := newNetwork(t, map[string][]hostReply{tokenCall: {{body: `{"access_token":"new-1"}`}}, listThings: fine})
	conn := n.open(caseManifest{Schemes: renewing("body", "form")}, connector.Credentials{"access_token": "", "refresh_token": caseToken})
	if _, err := conn.Execute(t.Context(), "things", "list", nil); err != nil {
		t.Fatal(err)
	}
	n.checkCalls(tokenCall, listThings)
	n.checkHeader(1, "Authorization", "Bearer new-1")
}

func TestCase080_APIKeyInQueryAndCookie(t *testing.T) {
	t.Parallel()
	t.Run("query", func(t *testing.T) {
		t.Parallel()
		n := oneCall(t, "key: {type: apiKey, in: query, name: key}", listThings+"?key="+caseToken, connector.Credentials{"api_key": caseToken})
		for name, values := range n.requests()[0].header {
			if slices.Contains(values, caseToken) {
				t.Errorf("header %s holds the key too", name)
			}
		}
	})
	t.Run("cookie", func(t *testing.T) {
		t.Parallel()
		oneCall(t, "key: {type: apiKey, in: cookie, name: key}", listThings, connector.Credentials{"api_key": caseToken}).
			checkHeader(0, "Cookie", "key="+caseToken)
	})
}
