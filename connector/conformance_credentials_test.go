package connector_test

import (
	"errors"
	"testing"

	"github.com/agentsdk-go/airbyte/connector"
)

// account is one scheme with a required and an optional credential.
const account = `
basic:
  type: http
  scheme: basic
  x-airbyte-auth-config:
    type: object
    required: [email, api_token]
    properties: {email: {type: string}, api_token: {type: string}, tenant: {type: string}}
    auth_mapping: {username: "${email}", password: "${api_token}"}
    additional_headers: {X-Tenant: "{{ tenant }}"}
`

func TestCredentialsThatDoNotFit(t *testing.T) {
	t.Parallel()
	const takes = "email, api_token, optionally tenant (basic)"
	tests := map[string]struct {
		schemes string
		creds   connector.Credentials
		opts    []connector.Option
		says    []string
		near    string
	}{
		"none":                   {schemes: account, creds: connector.Credentials{}, says: []string{"credentials are missing", takes}},
		"one is missing":         {schemes: account, creds: connector.Credentials{"api_token": caseToken}, says: []string{"missing or empty: email", takes}},
		"one is empty":           {schemes: account, creds: connector.Credentials{"email": "", "api_token": caseToken}, says: []string{"missing or empty: email", takes}},
		"all are empty":          {schemes: account, creds: connector.Credentials{"email": "", "api_token": ""}, says: []string{"credentials are missing", takes}},
		"one is unknown":         {schemes: account, creds: connector.Credentials{"email": "e", "api_token": caseToken, "api_tokn": caseToken}, says: []string{`unknown credential "api_tokn"`, takes}, near: "api_token"},
		"a scheme that is none":  {schemes: account, creds: connector.Credentials{"email": "e", "api_token": caseToken}, opts: []connector.Option{connector.WithAuthScheme("oauth")}, says: []string{`"oauth"`, "basic"}},
		"an empty scheme's name": {schemes: account, creds: connector.Credentials{"email": "e", "api_token": caseToken}, opts: []connector.Option{connector.WithAuthScheme("")}, says: []string{"WithAuthScheme", "empty"}},
		"those of another named": {schemes: twoWays, creds: connector.Credentials{"token": caseToken}, opts: []connector.Option{connector.WithAuthScheme("oauth")}, says: []string{"refresh, id, secret"}},
		"some of another":        {schemes: twoWays, creds: connector.Credentials{"token": caseToken, "refresh": caseToken}, says: []string{`"refresh" belongs to another authentication scheme than pat`}},
		"a line break":           {schemes: "token: {type: http, scheme: bearer}", creds: connector.Credentials{"token": caseToken + "\r\nX-Evil: 1"}, says: []string{"line break"}},
		"a cookie of several":    {schemes: "key: {type: apiKey, in: cookie, name: k}", creds: connector.Credentials{"api_key": caseToken + "; admin=1"}, says: []string{"cookie"}},
		"no way to a token":      {schemes: "oauth2: {type: oauth2, flows: {authorizationCode: {tokenUrl: \"https://id.test/code\"}}}", creds: connector.Credentials{"refresh_token": caseToken}, says: []string{"no address that takes a refresh token"}},
		"a token address in the clear": {
			schemes: "oauth2: {type: oauth2, flows: {authorizationCode: {refreshUrl: \"http://id.test/token\"}}}",
			creds:   connector.Credentials{"refresh_token": caseToken}, says: []string{"not https"},
		},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			n := newNetwork(t, nil)
			_, err := n.tryOpen(caseManifest{Schemes: test.schemes}, test.creds, test.opts...)
			failure{kind: connector.ErrConfig, call: "-", says: test.says}.check(t, err)
			if e, ok := errors.AsType[*connector.Error](err); ok && e.DidYouMean != test.near {
				t.Errorf("did you mean %q, want %q", e.DidYouMean, test.near)
			}
		})
	}
}

func TestCredentialsThatTheManifestDoesNotTake(t *testing.T) {
	t.Parallel()
	n := newNetwork(t, nil)
	manifest := loadCase(t, openManifest)
	_, err := connector.Open(manifest, connector.Credentials{"token": caseToken}, connector.WithHTTPClient(n.client()))
	failure{kind: connector.ErrConfig, call: "-", says: []string{"token", "no authentication scheme"}}.check(t, err)
}

func TestAManifestWithoutSchemesSendsNoCredentials(t *testing.T) {
	t.Parallel()
	n := newNetwork(t, map[string][]hostReply{listThings: fine})
	conn, err := connector.Open(loadCase(t, openManifest), nil, connector.WithHTTPClient(n.client()))
	if err != nil {
		t.Fatal(err)
	}
	if _, err := conn.Execute(t.Context(), "things", "list", nil); err != nil {
		t.Fatal(err)
	}
	n.checkHeader(0, "Authorization", absent)
}

// openManifest says that the service asks for no credentials.
const openManifest = `
openapi: 3.1.0
info:
  title: Things
  version: 1.0.0
  x-airbyte-connector-definition-id: 8b0ac3a1-2f6e-4e0a-9d5e-6f1f1a0f7c11
  x-airbyte-external-documentation-urls: []
servers: [{url: "https://api.test"}]
security: []
paths:
  /v1/things:
    get: {x-airbyte-entity: things, x-airbyte-action: list}
`
