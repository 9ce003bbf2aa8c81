package connector_test

import (
	"context"
	"fmt"
	"net/http"
	"slices"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/agentsdk-go/airbyte/connector"
)

// renewing is a scheme whose tokens come from https://id.test/token.
func renewing(style, format string) string {
	return fmt.Sprintf(`
oauth2:
  type: oauth2
  flows: {authorizationCode: {tokenUrl: "https://id.test/code", refreshUrl: "https://id.test/token"}}
  x-airbyte-token-refresh: {auth_style: %s, body_format: %s}
`, style, format)
}

// The secrets of these cases. No error may repeat one.
const (
	oldToken   = "canary-access-1"
	newToken   = "canary-access-2"
	oldRefresh = "canary-refresh-1"
	newRefresh = "canary-refresh-2"
	appSecret  = "canary-app-secret"
)

var oauthSecrets = []string{oldToken, newToken, oldRefresh, newRefresh, appSecret}

var (
	refreshOnly = connector.Credentials{"refresh_token": oldRefresh, "client_id": "app-1", "client_secret": appSecret}
	withAccess  = connector.Credentials{"access_token": oldToken, "refresh_token": oldRefresh, "client_id": "app-1", "client_secret": appSecret}
)

// kept collects the tokens that a program is told to store.
type kept struct {
	mu     sync.Mutex
	tokens []connector.Tokens
}

func (k *kept) option() connector.Option {
	return connector.WithTokenRefresh(func(_ context.Context, tokens connector.Tokens) error {
		k.mu.Lock()
		defer k.mu.Unlock()
		k.tokens = append(k.tokens, tokens)
		return nil
	})
}

func (k *kept) check(t *testing.T, want ...connector.Tokens) {
	t.Helper()
	k.mu.Lock()
	defer k.mu.Unlock()
	if diff := cmp.Diff(want, k.tokens); diff != "" {
		t.Errorf("tokens to store (-want +got):\n%s", diff)
	}
}

func TestCase073_ARefreshTokenAloneIsEnough(t *testing.T) {
	t.Parallel()
	tests := map[string]struct {
		answer string
		want   connector.Tokens
	}{
		"all told": {
			answer: fmt.Sprintf(`{"access_token":%q,"token_type":"bearer","refresh_token":%q}`, newToken, newRefresh),
			want:   connector.Tokens{AccessToken: newToken, TokenType: "bearer", RefreshToken: newRefresh},
		},
		"the refresh token stays": {
			// Differs: the callback always gets the refresh token to use from now on,
			// also when the answer does not repeat it.
			answer: fmt.Sprintf(`{"access_token":%q}`, newToken),
			want:   connector.Tokens{AccessToken: newToken, TokenType: "Bearer", RefreshToken: oldRefresh},
		},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			n := newNetwork(t, map[string][]hostReply{tokenCall: {{body: test.answer}}, listThings: {{body: "[]"}, {body: "[]"}}})
			var told kept
			conn := n.open(caseManifest{Schemes: renewing("body", "form")}, refreshOnly, told.option())
			for range 2 {
				res, err := conn.Execute(t.Context(), "things", "list", nil)
				checkData(t, res, err, "[]")
			}
			n.checkCalls(tokenCall, listThings, listThings)
			n.checkHeader(0, "Content-Type", "application/x-www-form-urlencoded")
			n.checkHeader(0, "Authorization", absent)
			const form = "client_id=app-1&client_secret=" + appSecret + "&grant_type=refresh_token&refresh_token=" + oldRefresh
			if got := n.requests()[0].body; got != form {
				t.Errorf("token request = %s, want %s", got, form)
			}
			n.checkHeader(1, "Authorization", "Bearer "+newToken)
			n.checkHeader(2, "Authorization", "Bearer "+newToken)
			told.check(t, test.want)
		})
	}
}

func TestCase074_ClientCredentialsInTheHeader(t *testing.T) {
	t.Parallel()
	n := newNetwork(t, map[string][]hostReply{tokenCall: {{status: http.StatusCreated, body: fmt.Sprintf(`{"access_token":%q}`, newToken)}}, listThings: fine})
	conn := n.open(caseManifest{Schemes: renewing("basic", "json")}, refreshOnly)
	if _, err := conn.Execute(t.Context(), "things", "list", nil); err != nil {
		t.Fatal(err)
	}
	n.checkCalls(tokenCall, listThings)
	n.checkHeader(0, "Authorization", basicAuth("app-1:"+appSecret))
	n.checkHeader(0, "Content-Type", "application/json")
	if got, want := n.requests()[0].body, `{"grant_type":"refresh_token","refresh_token":"`+oldRefresh+`"}`; got != want {
		t.Errorf("token request = %s, want %s", got, want)
	}
}

func TestCase075_A401RenewsTheToken(t *testing.T) {
	t.Parallel()
	n := newNetwork(t, map[string][]hostReply{
		listThings: {{status: http.StatusUnauthorized}, {body: "[]"}, {body: "[]"}},
		tokenCall:  {{body: fmt.Sprintf(`{"access_token":%q,"refresh_token":%q}`, newToken, newRefresh)}},
	})
	conn := n.open(caseManifest{Schemes: renewing("body", "form")}, withAccess)
	for range 2 {
		res, err := conn.Execute(t.Context(), "things", "list", nil)
		checkData(t, res, err, "[]")
	}
	n.checkCalls(listThings, tokenCall, listThings, listThings)
	n.checkHeader(0, "Authorization", "Bearer "+oldToken)
	n.checkHeader(2, "Authorization", "Bearer "+newToken)
	n.checkHeader(3, "Authorization", "Bearer "+newToken)
}

func TestCase075_A403DoesNot(t *testing.T) {
	t.Parallel()
	n := newNetwork(t, map[string][]hostReply{listThings: {{status: http.StatusForbidden, body: `{"message":"not for ` + oldToken + `"}`}}})
	conn := n.open(caseManifest{Schemes: renewing("body", "form")}, withAccess)
	_, err := conn.Execute(t.Context(), "things", "list", nil)
	failure{kind: connector.ErrPermission, status: http.StatusForbidden, says: []string{"not for [redacted]"}}.check(t, err, oauthSecrets...)
	n.checkCalls(listThings)
}

func TestCase076_ASecond401Ends(t *testing.T) {
	t.Parallel()
	refused := hostReply{status: http.StatusUnauthorized, body: `{"message":"no"}`}
	tests := map[string]struct {
		api   []hostReply
		token hostReply
		calls []string
	}{
		"the new token is refused too": {
			api: []hostReply{refused, refused}, token: hostReply{body: fmt.Sprintf(`{"access_token":%q}`, newToken)},
			calls: []string{listThings, tokenCall, listThings},
		},
		"the endpoint gives the same token again": {
			api: []hostReply{refused}, token: hostReply{body: fmt.Sprintf(`{"access_token":%q}`, oldToken)},
			calls: []string{listThings, tokenCall},
		},
		"the endpoint refuses": {
			api: []hostReply{refused}, token: hostReply{status: http.StatusBadRequest, body: `{"error":"invalid_grant","error_description":"` + oldRefresh + ` was used"}`},
			calls: []string{listThings, tokenCall},
		},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			n := newNetwork(t, map[string][]hostReply{listThings: test.api, tokenCall: {test.token}})
			conn := n.open(caseManifest{Schemes: renewing("body", "form")}, withAccess)
			_, err := conn.Execute(t.Context(), "things", "list", nil)
			failure{kind: connector.ErrAuth, status: http.StatusUnauthorized}.check(t, err, oauthSecrets...)
			n.checkCalls(test.calls...)
		})
	}
}

func TestCase077_ConcurrentRefusalsRenewOnce(t *testing.T) {
	t.Parallel()
	const callers = 3
	var together sync.WaitGroup
	together.Add(callers)
	refused := hostReply{status: http.StatusUnauthorized, hold: func(*http.Request) {
		together.Done()
		together.Wait()
	}}
	n := newNetwork(t, map[string][]hostReply{
		listThings: slices.Concat(slices.Repeat([]hostReply{refused}, callers), slices.Repeat(fine, callers)),
		tokenCall:  {{body: fmt.Sprintf(`{"access_token":%q}`, newToken)}},
	})
	var told kept
	conn := n.open(caseManifest{Schemes: renewing("body", "form")}, withAccess, told.option())
	var all sync.WaitGroup
	for range callers {
		all.Go(func() {
			if _, err := conn.Execute(t.Context(), "things", "list", nil); err != nil {
				t.Error(err)
			}
		})
	}
	all.Wait()
	tokens := 0
	for _, r := range n.requests() {
		if r.call == tokenCall {
			tokens++
		}
	}
	if tokens != 1 || len(n.requests()) != 2*callers+1 {
		t.Errorf("%d token requests among %d, want 1 among %d", tokens, len(n.requests()), 2*callers+1)
	}
	told.check(t, connector.Tokens{AccessToken: newToken, TokenType: "Bearer", RefreshToken: oldRefresh})
}

func TestCase078_TheTokenBringsTheAddress(t *testing.T) {
	t.Parallel()
	const call = "GET https://eu7.things.test/data/v1/things"
	n := newNetwork(t, map[string][]hostReply{
		tokenCall: {{body: fmt.Sprintf(`{"access_token":%q,"instance_url":"https://eu7.things.test"}`, newToken)}},
		call:      fine,
	})
	var told kept
	conn := n.open(caseManifest{
		Servers: `- {url: "{instance_url}/data", variables: {instance_url: {default: ""}}}`,
		Schemes: renewing("body", "form") + "  x-airbyte-token-extract: [instance_url]",
	}, refreshOnly, told.option())
	if _, err := conn.Execute(t.Context(), "things", "list", nil); err != nil {
		t.Fatal(err)
	}
	n.checkCalls(tokenCall, call)
	told.check(t, connector.Tokens{
		AccessToken: newToken, TokenType: "Bearer", RefreshToken: oldRefresh,
		Extracted: map[string]string{"instance_url": "https://eu7.things.test"},
	})
}

func TestCase081_TheTokenAddressTakesConfiguration(t *testing.T) {
	t.Parallel()
	manifest := caseManifest{
		Servers: `- {url: "https://{subdomain}.api.test", variables: {subdomain: {default: ""}}}`,
		Schemes: `
		oauth2:
		  type: oauth2
		  flows: {authorizationCode: {refreshUrl: "https://{{subdomain}}.id.test/t"}}
		`,
	}
	n := newNetwork(t, map[string][]hostReply{
		"POST https://acme.id.test/t":         {{body: fmt.Sprintf(`{"access_token":%q}`, newToken)}},
		"GET https://acme.api.test/v1/things": fine,
	})
	conn := n.open(manifest, refreshOnly, connector.WithConfig(map[string]string{"subdomain": "acme"}))
	if _, err := conn.Execute(t.Context(), "things", "list", nil); err != nil {
		t.Fatal(err)
	}
	n.checkCalls("POST https://acme.id.test/t", "GET https://acme.api.test/v1/things")

	// Differs: a missing value is an error, where it would be an address with a
	// hole in it.
	_, err := n.tryOpen(manifest, refreshOnly)
	failure{kind: connector.ErrConfig, call: "-", says: []string{"subdomain"}}.check(t, err, oauthSecrets...)
}

func TestATokenStoreThatPanicsEndsNoCall(t *testing.T) {
	t.Parallel()
	n := newNetwork(t, map[string][]hostReply{tokenCall: {{body: fmt.Sprintf(`{"access_token":%q}`, newToken)}}, listThings: {{body: "[]"}}})
	conn := n.open(caseManifest{Schemes: renewing("body", "form")}, refreshOnly,
		connector.WithTokenRefresh(func(_ context.Context, tokens connector.Tokens) error { panic("no room for " + tokens.AccessToken) }))
	res, err := conn.Execute(t.Context(), "things", "list", nil)
	checkData(t, res, err, "[]")
	if want := "new tokens could not be stored: the function that stores them panicked: no room for [redacted]"; res.Meta.Warning != want {
		t.Errorf("warning = %q, want %q", res.Meta.Warning, want)
	}
}
