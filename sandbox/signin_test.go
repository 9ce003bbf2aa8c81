package sandbox_test

import (
	"crypto/sha256"
	"encoding/base64"
	"io"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/tidwall/gjson"

	"github.com/agentsdk-go/airbyte/sandbox"
)

const (
	verifier        = "a-verifier-of-forty-three-characters-or-more"
	callback        = "http://127.0.0.1:49152/callback"
	enrollmentPath  = "/api/v1/internal/account/enrollment-status"
	applicationPath = "/api/v1/internal/account/applications"
)

func challengeOf(verifier string) string {
	sum := sha256.Sum256([]byte(verifier))
	return base64.RawURLEncoding.EncodeToString(sum[:])
}

// signInQuery is a complete request for a code.
func signInQuery() url.Values {
	return url.Values{
		"client_id":             {"sonar-webapp"},
		"redirect_uri":          {callback},
		"response_type":         {"code"},
		"scope":                 {"openid email profile offline_access"},
		"state":                 {"state-1"},
		"code_challenge":        {challengeOf(verifier)},
		"code_challenge_method": {"S256"},
	}
}

// redeemForm is a complete request for the token of a code.
func redeemForm(code string) url.Values {
	return url.Values{
		"grant_type":    {"authorization_code"},
		"client_id":     {"sonar-webapp"},
		"redirect_uri":  {callback},
		"code":          {code},
		"code_verifier": {verifier},
	}
}

// visit loads a page, without following where it sends the browser.
func visit(t *testing.T, address string) answer {
	t.Helper()
	req, err := http.NewRequestWithContext(t.Context(), http.MethodGet, address, http.NoBody)
	if err != nil {
		t.Fatal(err)
	}
	res, err := noRedirects.Do(req)
	if err != nil {
		t.Fatal(err)
	}
	defer res.Body.Close()
	body, err := io.ReadAll(res.Body)
	if err != nil {
		t.Fatal(err)
	}
	return answer{res.StatusCode, res.Header, string(body)}
}

var noRedirects = &http.Client{CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}

// signIn returns where the authorization page sends the browser.
func signIn(t *testing.T, box *sandbox.Sandbox, query url.Values) *url.URL {
	t.Helper()
	got := visit(t, box.KeycloakURL()+"/protocol/openid-connect/auth?"+query.Encode())
	if got.status != http.StatusFound {
		t.Fatalf("the sign-in page answers %d %s", got.status, got.body)
	}
	back, err := url.Parse(got.header.Get("Location"))
	if err != nil {
		t.Fatal(err)
	}
	return back
}

func redeem(t *testing.T, box *sandbox.Sandbox, form url.Values) answer {
	t.Helper()
	c := &client{t: t}
	return c.post(box.KeycloakURL()+"/protocol/openid-connect/token", form.Encode())
}

// person is a client with the token of somebody who has signed in.
func person(t *testing.T, box *sandbox.Sandbox) *client {
	t.Helper()
	got := redeem(t, box, redeemForm(signIn(t, box, signInQuery()).Query().Get("code")))
	if got.status != http.StatusOK || got.get("token_type").String() != "Bearer" || got.get("expires_in").Int() != 300 {
		t.Fatalf("the token endpoint answers %d %s", got.status, got.body)
	}
	return &client{t: t, base: box.PlatformURL(), token: got.get("access_token").String()}
}

func TestSignIn(t *testing.T) {
	t.Parallel()
	box := sandbox.Test(t, sandbox.WithOrganizations(2))
	back := signIn(t, box, signInQuery())
	if back.Host != "127.0.0.1:49152" || back.Path != "/callback" || back.Query().Get("state") != "state-1" || back.Query().Get("code") == "" {
		t.Fatalf("sent back to %s", back)
	}
	c := person(t, box)
	if got := c.get(enrollmentPath); !got.get("is_enrolled").Bool() || got.get("organization_id").String() != sandbox.OrganizationID {
		t.Errorf("enrollment %s", got.body)
	}
	if got := c.get(organizationPath); got.get("organizations.#").Int() != 2 {
		t.Errorf("organizations %s", got.body)
	}
	c.wantError(c.post(applicationPath, ""), http.StatusBadRequest, "X-Organization-Id")
	c.org = sandbox.OrganizationID
	first := c.post(applicationPath, "")
	c.want(first, http.StatusOK)
	if first.get("client_id").String() != sandbox.ClientID || first.get("client_secret").String() != sandbox.ClientSecret || first.get("id").String() == "" {
		t.Errorf("application %s", first.body)
	}
	if again := c.post(applicationPath, ""); again.body != first.body {
		t.Errorf("the second time %s, the first %s", again.body, first.body)
	}
}

func TestSignInPageRefuses(t *testing.T) {
	t.Parallel()
	box := sandbox.Test(t)
	tests := []struct{ name, key, value, says string }{
		{"other client", "client_id", "somebody", "Client not found"},
		{"other machine", "redirect_uri", "http://10.0.0.1:80/callback", "redirect_uri"},
		{"looks like loopback", "redirect_uri", "http://127.0.0.1.example:80/callback", "redirect_uri"},
		{"https", "redirect_uri", "https://127.0.0.1:80/callback", "redirect_uri"},
		{"no port", "redirect_uri", "http://127.0.0.1/callback", "redirect_uri"},
		{"a user name", "redirect_uri", "http://x@127.0.0.1:80/callback", "redirect_uri"},
		{"no redirect", "redirect_uri", "", "redirect_uri"},
		{"no address", "redirect_uri", "http://%zz", "redirect_uri"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			query := signInQuery()
			query.Set(tt.key, tt.value)
			got := visit(t, box.KeycloakURL()+"/protocol/openid-connect/auth?"+query.Encode())
			if got.status != http.StatusBadRequest || !strings.Contains(got.body, tt.says) || !strings.Contains(got.body, "simulator") {
				t.Errorf("answer %d %s", got.status, got.body)
			}
		})
	}
}

func TestSignInSendsErrorsBack(t *testing.T) {
	t.Parallel()
	tests := []struct{ name, key, value, kind string }{
		{"implicit flow", "response_type", "token", "unsupported_response_type"},
		{"no state", "state", "", "invalid_request"},
		{"plain challenge", "code_challenge_method", "plain", "invalid_request"},
		{"no challenge", "code_challenge", "", "invalid_request"},
		{"padded challenge", "code_challenge", challengeOf(verifier) + "=", "invalid_request"},
	}
	box := sandbox.Test(t)
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			query := signInQuery()
			query.Set(tt.key, tt.value)
			back := signIn(t, box, query).Query()
			if back.Get("error") != tt.kind || back.Has("code") || back.Get("state") != query.Get("state") {
				t.Errorf("sent back with %v", back)
			}
		})
	}
	t.Run("refused account", func(t *testing.T) {
		t.Parallel()
		box := sandbox.Test(t, sandbox.WithAccount(sandbox.AccountRefused))
		back := signIn(t, box, signInQuery()).Query()
		if back.Get("error") != "access_denied" || back.Has("code") || back.Get("state") != "state-1" {
			t.Errorf("sent back with %v", back)
		}
	})
}

func TestSignInTokenRefuses(t *testing.T) {
	t.Parallel()
	box := sandbox.Test(t)
	tests := []struct {
		name, key, value string
		status           int
		kind             string
	}{
		{"wrong verifier", "code_verifier", strings.Repeat("x", 43), 400, "invalid_grant"},
		{"no verifier", "code_verifier", "", 400, "invalid_grant"},
		{"other redirect", "redirect_uri", callback + "2", 400, "invalid_grant"},
		{"unknown code", "code", "x", 400, "invalid_grant"},
		{"other grant", "grant_type", "password", 400, "unsupported_grant_type"},
		{"other client", "client_id", "x", 401, "invalid_client"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			form := redeemForm(signIn(t, box, signInQuery()).Query().Get("code"))
			form.Set(tt.key, tt.value)
			if got := redeem(t, box, form); got.status != tt.status || got.get("error").String() != tt.kind {
				t.Errorf("answer %d %s", got.status, got.body)
			}
		})
	}
	t.Run("no form", func(t *testing.T) {
		t.Parallel()
		c := &client{t: t}
		if got := c.post(box.KeycloakURL()+"/protocol/openid-connect/token", "%zz"); got.get("error").String() != "invalid_request" {
			t.Errorf("answer %d %s", got.status, got.body)
		}
	})
}

func TestCodesWorkOnceAndForAMinute(t *testing.T) {
	t.Parallel()
	clock := &movable{}
	box := sandbox.Test(t, sandbox.WithClock(clock.now))
	code := signIn(t, box, signInQuery()).Query().Get("code")
	if got := redeem(t, box, redeemForm(code)); got.status != http.StatusOK {
		t.Fatalf("answer %d %s", got.status, got.body)
	}
	if got := redeem(t, box, redeemForm(code)); got.status != http.StatusBadRequest {
		t.Errorf("the second time %d %s", got.status, got.body)
	}
	old := signIn(t, box, signInQuery()).Query().Get("code")
	clock.advance(time.Minute)
	signIn(t, box, signInQuery())
	if got := redeem(t, box, redeemForm(old)); got.status != http.StatusBadRequest {
		t.Errorf("after a minute %d %s", got.status, got.body)
	}
}

func TestAccounts(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name             string
		account          sandbox.Account
		enrolled, admin  bool
		organizations    int64
		applicationSays  string
		applicationState int
	}{
		{"not enrolled", sandbox.AccountNotEnrolled, false, false, 0, "not a member", 403},
		{"no organization", sandbox.AccountWithoutOrganization, true, false, 0, "not a member", 403},
		{"instance admin", sandbox.AccountInstanceAdmin, true, true, 0, "not a member", 403},
		{"no subscription", sandbox.AccountWithoutSubscription, true, false, 1, "no active subscription", 403},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			box := sandbox.Test(t, sandbox.WithAccount(tt.account))
			c := person(t, box)
			status := c.get(enrollmentPath)
			if status.get("is_enrolled").Bool() != tt.enrolled || status.get("is_new_user").Bool() == tt.enrolled || status.get("is_instance_admin").Bool() != tt.admin {
				t.Errorf("enrollment %s", status.body)
			}
			if list := c.get(organizationPath).get("organizations"); !list.IsArray() || list.Get("#").Int() != tt.organizations {
				t.Errorf("organizations %s", list.Raw)
			}
			c.org = sandbox.OrganizationID
			c.wantError(c.post(applicationPath, ""), tt.applicationState, tt.applicationSays)
		})
	}
}

func TestAPersonsTokenOpensTheAccountAlone(t *testing.T) {
	t.Parallel()
	box, app := connect(t)
	c := person(t, box)
	c.org, app.org = sandbox.OrganizationID, sandbox.OrganizationID
	c.wantError(c.get(workspacePath), http.StatusForbidden, "client credentials")
	c.wantError(c.execute(getMe), http.StatusForbidden, "client credentials")
	c.wantError(c.post(scopedPath, `{"workspace_name":"x"}`), http.StatusForbidden, "client credentials")
	app.wantError(app.post(applicationPath, ""), http.StatusForbidden, "signed in")
	app.want(app.get(enrollmentPath), http.StatusOK)
}

func TestSignInLeavesNoSecretInTheLog(t *testing.T) {
	t.Parallel()
	box := sandbox.Test(t)
	person(t, box)
	for _, r := range box.Requests() {
		if strings.Contains(string(r.Body), verifier) || strings.Contains(string(r.Body), "code=") {
			t.Errorf("%s shows %s", r.Route, r.Body)
		}
	}
	if box.Count(sandbox.RouteSignIn) != 1 || box.Count(sandbox.RouteSignInToken) != 1 {
		t.Error("the sign-in was not counted")
	}
}

func TestSignInFaults(t *testing.T) {
	t.Parallel()
	box := sandbox.Test(t)
	box.Inject(sandbox.Fault{Route: sandbox.RouteApplications, Status: http.StatusBadGateway})
	c := person(t, box)
	c.org = sandbox.OrganizationID
	if got := c.post(applicationPath, ""); got.status != http.StatusBadGateway {
		t.Errorf("status %d", got.status)
	}
	c.want(c.post(applicationPath, ""), http.StatusOK)
}

// FuzzSignIn sends any query: the browser is sent nowhere but to this machine.
func FuzzSignIn(f *testing.F) {
	f.Add(signInQuery().Encode())
	f.Add("client_id=sonar-webapp&redirect_uri=http%3A%2F%2F%5B%3A%3A1%5D%3A1%2F%3Fcode%3Dx%23y")
	box := sandbox.Test(f)
	f.Fuzz(func(t *testing.T, query string) {
		address := box.KeycloakURL() + "/protocol/openid-connect/auth"
		if parsed, err := url.Parse(address + "?" + query); err == nil && parsed.Fragment == "" {
			address = parsed.String()
		}
		got := visit(t, address)
		back, err := url.Parse(got.header.Get("Location"))
		if err != nil || got.status == http.StatusFound && back.Hostname() != "localhost" && !strings.HasPrefix(back.Hostname(), "127.") && back.Hostname() != "::1" {
			t.Errorf("query %q gets %d, sent to %q (%v)", query, got.status, back, err)
		}
		if got.status >= http.StatusInternalServerError {
			t.Errorf("query %q gets %d %s", query, got.status, gjson.Get(got.body, "message"))
		}
	})
}
