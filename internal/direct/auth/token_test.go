package auth_test

import (
	"context"
	"encoding/base64"
	"net/url"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/agentsdk-go/airbyte/internal/direct/auth"
	"github.com/agentsdk-go/airbyte/internal/fault"
	"github.com/agentsdk-go/airbyte/internal/httpx"
	"github.com/agentsdk-go/airbyte/internal/manifest"
)

const goodAnswer = `{"access_token":"access-2","token_type":"bearer"}`

func TestTokenRequest(t *testing.T) {
	t.Parallel()
	clientPair := "Basic " + base64.StdEncoding.EncodeToString([]byte("client-id:client-secret"))
	style := func(auth, format string) func(*manifest.Scheme) {
		return func(s *manifest.Scheme) { s.OAuth.AuthStyle, s.OAuth.BodyFormat = auth, format }
	}
	paypal := func(s *manifest.Scheme) {
		s.Required, s.Mapping = []string{"client_id", "client_secret"}, same("client_id", "client_secret", "access_token")
		s.OAuth.TokenURL, s.OAuth.RefreshURL = s.OAuth.RefreshURL, ""
	}
	clientFlow := func(s *manifest.Scheme) {
		s.OAuth.Flow, s.OAuth.TokenURL, s.OAuth.RefreshURL, s.OAuth.AuthStyle = "clientCredentials", s.OAuth.RefreshURL, "", "basic"
	}
	client := creds{"client_id": "client-id", "client_secret": "client-secret"}
	full := url.Values{"grant_type": {"refresh_token"}, "refresh_token": {"refresh-1"}, "client_id": {"client-id"}, "client_secret": {"client-secret"}}
	bare := url.Values{"grant_type": {"refresh_token"}, "refresh_token": {"refresh-1"}}
	tests := []struct {
		name        string
		change      func(*manifest.Scheme)
		creds       creds
		contentType string
		auth        string
		form        url.Values // nil: body counts
		body        string
	}{
		{"case 73 body and form", style("body", "form"), refreshOnly, "application/x-www-form-urlencoded", "", full, ""},
		{"defaults", style("", ""), refreshOnly, "application/x-www-form-urlencoded", "", full, ""},
		{"case 79 an empty access token", style("body", "form"), creds{"access_token": "", "refresh_token": "refresh-1", "client_id": "client-id", "client_secret": "client-secret"}, "application/x-www-form-urlencoded", "", full, ""},
		{"case 74 basic and json", style("basic", "json"), refreshOnly, "application/json", clientPair, nil, `{"grant_type":"refresh_token","refresh_token":"refresh-1"}`},
		{"basic and form", style("basic", "form"), refreshOnly, "application/x-www-form-urlencoded", clientPair, bare, ""},
		{"none and form", style("none", "form"), refreshOnly, "application/x-www-form-urlencoded", "", bare, ""},
		{"body and json", style("body", "json"), refreshOnly, "application/json", "", nil, `{"grant_type":"refresh_token","refresh_token":"refresh-1","client_id":"client-id","client_secret":"client-secret"}`},
		{"no client", style("body", "json"), creds{"refresh_token": `r"\é`}, "application/json", "", nil, `{"grant_type":"refresh_token","refresh_token":"r\"\\é","client_id":"","client_secret":""}`},
		{"client credentials by the mapping", paypal, client, "application/x-www-form-urlencoded", "", url.Values{"grant_type": {"client_credentials"}, "client_id": {"client-id"}, "client_secret": {"client-secret"}}, ""},
		{"client credentials by the flow", clientFlow, client, "application/x-www-form-urlencoded", clientPair, url.Values{"grant_type": {"client_credentials"}}, ""},
	}
	for _, tc := range tests {
		t.Run(tc.name, func(t *testing.T) {
			t.Parallel()
			e := newEndpoint(t, 201, goodAnswer)
			scheme := with(oauth(e.listen()+"/token"), tc.change)
			a := newAuth(t, auth.Config{Schemes: []manifest.Scheme{scheme}, Credentials: tc.creds})
			if header, _ := applied(t, a, ""); header.Get("Authorization") != "Bearer access-2" {
				t.Errorf("sends %v", header)
			}
			applied(t, a, "")
			requests := e.tokenRequests()
			if len(requests) != 1 {
				t.Fatalf("%d token requests, want 1", len(requests))
			}
			r := requests[0]
			if got := r.Header.Get("Content-Type"); got != tc.contentType {
				t.Errorf("content type %q", got)
			}
			if got := r.Header.Get("Authorization"); got != tc.auth {
				t.Errorf("authorization %q, want %q", got, tc.auth)
			}
			if diff := cmp.Diff(tc.form, r.Form); tc.form != nil && diff != "" {
				t.Error(diff)
			}
			if tc.form == nil && r.Body != tc.body {
				t.Errorf("body %s, want %s", r.Body, tc.body)
			}
		})
	}
}

func TestOnTokens(t *testing.T) {
	t.Parallel()
	start := time.Date(2026, 5, 1, 12, 0, 0, 0, time.UTC)
	tests := []struct {
		name   string
		answer string
		want   auth.Tokens
	}{
		{"case 73 access token alone", goodAnswer, auth.Tokens{AccessToken: "access-2", RefreshToken: "refresh-1", TokenType: "bearer"}},
		{"no type", `{"access_token":"A","token_type":null,"refresh_token":""}`, auth.Tokens{AccessToken: "A", RefreshToken: "refresh-1", TokenType: "Bearer"}},
		{"rotated", `{"access_token":"A","refresh_token":"R2","expires_in":3600}`, auth.Tokens{AccessToken: "A", RefreshToken: "R2", TokenType: "Bearer", Expiry: start.Add(time.Hour)}},
		{"expires_in as text", `{"access_token":"A","expires_in":" 90.5 "}`, auth.Tokens{AccessToken: "A", RefreshToken: "refresh-1", TokenType: "Bearer", Expiry: start.Add(90500 * time.Millisecond)}},
		{"expires_in without sense", `{"access_token":"A","expires_in":"soon"}`, auth.Tokens{AccessToken: "A", RefreshToken: "refresh-1", TokenType: "Bearer"}},
		{"expires_in negative", `{"access_token":"A","expires_in":-5}`, auth.Tokens{AccessToken: "A", RefreshToken: "refresh-1", TokenType: "Bearer"}},
		{"case 78 extracted", `{"access_token":"A","instance_url":"https://eu.test","n":12345678901234567890,"gone":null}`, auth.Tokens{AccessToken: "A", RefreshToken: "refresh-1", TokenType: "Bearer", Extracted: map[string]string{"instance_url": "https://eu.test", "n": "12345678901234567890"}}},
	}
	for _, tc := range tests {
		t.Run(tc.name, func(t *testing.T) {
			t.Parallel()
			e := newEndpoint(t, 200, tc.answer)
			var told []auth.Tokens
			scheme := oauth(tokenURL)
			scheme.OAuth.Extract = []string{"instance_url", "n", "gone", "absent"}
			a := newAuth(t, auth.Config{
				Schemes: []manifest.Scheme{scheme}, Credentials: refreshOnly, HTTP: e.inMemory(nil),
				Now:      func() time.Time { return start },
				OnTokens: func(_ context.Context, tokens auth.Tokens) error { told = append(told, tokens); return nil },
			})
			applied(t, a, "")
			applied(t, a, "")
			if diff := cmp.Diff([]auth.Tokens{tc.want}, told); diff != "" {
				t.Error(diff)
			}
			if diff := cmp.Diff(tc.want.Extracted, a.Values()); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestTokenAddress(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name    string
		address string
		values  creds
		host    string
	}{
		{"case 81 configuration", "https://{{subdomain}}.id.test/token", creds{"subdomain": "acme"}, "acme.id.test"},
		{"client id", "https://{{ client_id }}.id.test/token", nil, "client-id.id.test"},
		{"whole origin", "{{ origin }}/token", creds{"origin": "https://id.test:8443"}, "id.test:8443"},
		{"default of a value that an answer brings", "https://{{ site }}.test/token", creds{"site": "first"}, "first.test"},
		{"loopback by name", "http://localhost:81/token", nil, "localhost:81"},
		{"loopback by address", "http://[::1]:81/token", nil, "[::1]:81"},
	}
	for _, tc := range tests {
		t.Run(tc.name, func(t *testing.T) {
			t.Parallel()
			e := newEndpoint(t, 200, goodAnswer)
			scheme := oauth(tc.address)
			scheme.OAuth.Extract = []string{"site"}
			a := newAuth(t, auth.Config{Schemes: []manifest.Scheme{scheme}, Credentials: refreshOnly, Values: tc.values, HTTP: e.inMemory(nil)})
			applied(t, a, "")
			if got := e.tokenRequests()[0].Host; got != tc.host {
				t.Errorf("asked %s, want %s", got, tc.host)
			}
		})
	}
}

// TestAddressFromAnswer: an address may use what an earlier answer brought; it
// comes before the configuration.
func TestAddressFromAnswer(t *testing.T) {
	t.Parallel()
	e := newEndpoint(t, 200, "")
	e.tokens = func(n int, _ tokenRequest) (int, string) {
		return 200, `{"access_token":"access-` + strings.Repeat("x", n) + `","site":"second"}`
	}
	scheme := oauth("https://{{ site }}.test/token")
	scheme.OAuth.Extract = []string{"site"}
	a := newAuth(t, auth.Config{Schemes: []manifest.Scheme{scheme}, Credentials: refreshOnly, Values: creds{"site": "first"}, HTTP: e.inMemory(nil)})
	g, err := a.Grant(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if _, renewed, err := a.Renew(t.Context(), g); !renewed || err != nil {
		t.Fatal(renewed, err)
	}
	hosts := []string{e.tokenRequests()[0].Host, e.tokenRequests()[1].Host}
	if diff := cmp.Diff([]string{"first.test", "second.test"}, hosts); diff != "" {
		t.Error(diff)
	}
}

// TestAddressNotYetKnown: a value that only an answer brings is no error at
// construction, and one at the first exchange.
func TestAddressNotYetKnown(t *testing.T) {
	t.Parallel()
	e := newEndpoint(t, 200, goodAnswer)
	scheme := oauth("https://{{ site }}.test/token")
	scheme.OAuth.Extract = []string{"site"}
	a := newAuth(t, auth.Config{Schemes: []manifest.Scheme{scheme}, Credentials: refreshOnly, HTTP: e.inMemory(nil)})
	_, err := a.Grant(t.Context())
	wantFault(t, err, fault.ErrConfig, []string{`"site"`}, refreshOnly)
	if n := len(e.tokenRequests()); n != 0 {
		t.Errorf("%d token requests", n)
	}
}

func TestTokenRefusals(t *testing.T) {
	t.Parallel()
	html := "<html><title>Sign in</title></html>"
	tests := []struct {
		name   string
		status int
		body   string
		kind   error
		says   []string
		sent   int
	}{
		{"400", 400, `{"error":"invalid_grant","error_description":"refresh-1 was used"}`, fault.ErrAuth, []string{"id.example.test refused", "invalid_grant", "new refresh token"}, 1},
		{"401", 401, ``, fault.ErrAuth, []string{"refused the token request: Unauthorized"}, 1},
		{"long", 403, strings.Repeat("client-secret ", 100_000), fault.ErrAuth, []string{"…"}, 1},
		{"error in a success", 200, `{"error":"bad_verification","error_description":"no\n\u202eclient-secret"}`, fault.ErrAuth, []string{"bad_verification: no "}, 1},
		{"429", 429, ``, fault.ErrRateLimited, []string{"token request to id.example.test failed"}, 3},
		{"500", 500, `refresh-1`, fault.ErrUnavailable, []string{"token request"}, 1},
		{"503 is not repeated with a refresh token", 503, html, fault.ErrUnavailable, nil, 1},
		{"redirect", 302, ``, fault.ErrUnavailable, []string{"redirects are not followed"}, 1},
		{"html", 200, html, fault.ErrUnavailable, []string{"unreadable token answer"}, 1},
		{"empty", 200, ``, fault.ErrUnavailable, []string{"unreadable token answer"}, 1},
		{"null", 200, `null`, fault.ErrUnavailable, []string{"json object"}, 1},
		{"no token", 200, `{"access_token":""}`, fault.ErrUnavailable, []string{"no access_token"}, 1},
		{"token of another type", 200, `{"access_token":{"a":1}}`, fault.ErrUnavailable, []string{"no access_token"}, 1},
		{"token that no header carries", 200, `{"access_token":"a\r\nb"}`, fault.ErrUnavailable, []string{"control characters"}, 1},
		{"too long", 200, strings.Repeat(" ", 1<<20) + `{"access_token":"A"}`, fault.ErrUnavailable, []string{"too long"}, 1},
	}
	for _, tc := range tests {
		t.Run(tc.name, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				e := newEndpoint(t, tc.status, tc.body)
				secrets := &httpx.Secrets{}
				client := httpx.New(httpx.Config{HTTP: inMemoryClient(e), Secrets: secrets, Retries: 2})
				a := newAuth(t, auth.Config{Schemes: []manifest.Scheme{oauth(tokenURL)}, Credentials: refreshOnly, HTTP: client, Secrets: secrets})
				_, err := a.Grant(t.Context())
				wantFault(t, err, tc.kind, tc.says, refreshOnly)
				if failed := asFault(t, err); failed.Status != tc.status || len(err.Error()) > 1500 {
					t.Errorf("status %d, %d bytes of text", failed.Status, len(err.Error()))
				}
				if n := len(e.tokenRequests()); n != tc.sent {
					t.Errorf("%d token requests, want %d", n, tc.sent)
				}
			})
		})
	}
}

// TestClientCredentialsRefusal: asking again does no harm there, and the
// advice is another one.
func TestClientCredentialsRefusal(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		e := newEndpoint(t, 200, "")
		e.tokens = func(n int, _ tokenRequest) (int, string) {
			if n == 1 {
				return 503, ""
			}
			return 400, `{"error":"invalid_client"}`
		}
		scheme := oauth("")
		scheme.OAuth.Flow, scheme.OAuth.TokenURL = "clientCredentials", tokenURL
		client := httpx.New(httpx.Config{HTTP: inMemoryClient(e), Retries: 2})
		a := newAuth(t, auth.Config{Schemes: []manifest.Scheme{scheme}, Credentials: creds{"client_id": "client-id", "client_secret": "client-secret"}, HTTP: client})
		_, err := a.Grant(t.Context())
		wantFault(t, err, fault.ErrAuth, []string{"invalid_client", "check the client id"}, refreshOnly)
		if n := len(e.tokenRequests()); n != 2 {
			t.Errorf("%d token requests, want 2", n)
		}
	})
}
