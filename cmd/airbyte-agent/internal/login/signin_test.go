package login_test

import (
	"context"
	"errors"
	"io"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/agentsdk-go/airbyte/cmd/airbyte-agent/internal/failure"
	"github.com/agentsdk-go/airbyte/cmd/airbyte-agent/internal/login"
	"github.com/agentsdk-go/airbyte/internal/httpx"
	"github.com/agentsdk-go/airbyte/sandbox"
)

// person is somebody with a browser: visit loads the page that is shown.
type person func(t *testing.T, page string) error

// visits follows every redirect, as a browser does.
func visits(t *testing.T, page string) error {
	t.Helper()
	status, body := load(t, page)
	if status != http.StatusOK || !strings.Contains(body, "terminal") {
		t.Errorf("the browser ends at %d %s", status, body)
	}
	return nil
}

func load(t *testing.T, page string) (status int, body string) {
	t.Helper()
	req, err := http.NewRequestWithContext(t.Context(), http.MethodGet, page, http.NoBody)
	if err != nil {
		t.Error(err)
		return 0, ""
	}
	client := &http.Client{Transport: &http.Transport{DisableKeepAlives: true}}
	res, err := client.Do(req)
	if err != nil {
		t.Error(err)
		return 0, ""
	}
	defer res.Body.Close()
	raw, err := io.ReadAll(res.Body)
	if err != nil {
		t.Error(err)
	}
	return res.StatusCode, string(raw)
}

// signIn is a sign-in at the sandbox by that person.
func signIn(t *testing.T, box *sandbox.Sandbox, who person) login.SignIn {
	t.Helper()
	secrets := &httpx.Secrets{}
	return login.SignIn{
		Realm:   parse(t, box.KeycloakURL()),
		HTTP:    httpx.New(httpx.Config{Secrets: secrets}),
		Secrets: secrets,
		Show:    func(_ context.Context, page string) error { return who(t, page) },
	}
}

func parse(t *testing.T, raw string) *url.URL {
	t.Helper()
	u, err := url.Parse(raw)
	if err != nil {
		t.Fatal(err)
	}
	return u
}

func TestSignIn(t *testing.T) {
	t.Parallel()
	box := sandbox.Test(t)
	token, err := signIn(t, box, visits).Token(t.Context())
	if err != nil || token == "" {
		t.Fatalf("got %q, %v", token, err)
	}
	if box.Count(sandbox.RouteSignIn) != 1 || box.Count(sandbox.RouteSignInToken) != 1 {
		t.Error("the sign-in asked more than once")
	}
}

// callbackOf is the address that the page leads back to, and its state.
func callbackOf(t *testing.T, page string) (redirect, state string) {
	t.Helper()
	query := parse(t, page).Query()
	return query.Get("redirect_uri"), query.Get("state")
}

func TestSignInIgnoresWhatIsNotItsRedirect(t *testing.T) {
	t.Parallel()
	box := sandbox.Test(t)
	who := func(t *testing.T, page string) error {
		redirect, state := callbackOf(t, page)
		for _, other := range []struct {
			address string
			status  int
		}{
			{redirect + "?code=stolen&state=guessed", 400},
			{redirect + "?code=stolen", 400},
			{redirect + "?error=access_denied&state=", 400},
			{strings.TrimSuffix(redirect, "callback") + "?state=" + state + "&code=x", 404},
		} {
			if status, body := load(t, other.address); status != other.status || strings.Contains(body, "stolen") {
				t.Errorf("%s answers %d %s", other.address, status, body)
			}
		}
		return visits(t, page)
	}
	if _, err := signIn(t, box, who).Token(t.Context()); err != nil {
		t.Error(err)
	}
}

func TestSignInAsksForAProof(t *testing.T) {
	t.Parallel()
	box := sandbox.Test(t)
	var pages []url.Values
	who := func(t *testing.T, page string) error {
		pages = append(pages, parse(t, page).Query())
		return visits(t, page)
	}
	for range 2 {
		if _, err := signIn(t, box, who).Token(t.Context()); err != nil {
			t.Fatal(err)
		}
	}
	for _, q := range pages {
		if q.Get("client_id") != "sonar-webapp" || q.Get("scope") != "openid email profile offline_access" || q.Get("code_challenge_method") != "S256" {
			t.Errorf("the page is asked for with %v", q)
		}
	}
	for _, key := range []string{"state", "code_challenge"} {
		if pages[0].Get(key) == pages[1].Get(key) || len(pages[0].Get(key)) != 43 {
			t.Errorf("%s is %q and %q", key, pages[0].Get(key), pages[1].Get(key))
		}
	}
}

func TestSignInFailures(t *testing.T) {
	t.Parallel()
	comesBack := func(query string) person {
		return func(t *testing.T, page string) error {
			redirect, state := callbackOf(t, page)
			load(t, redirect+"?state="+state+query)
			return nil
		}
	}
	tests := []struct {
		name  string
		opts  []sandbox.Option
		fault sandbox.Fault
		who   person
		kind  string
		says  string
	}{
		{"refused", []sandbox.Option{sandbox.WithAccount(sandbox.AccountRefused)}, sandbox.Fault{Route: sandbox.RouteExecute}, visits, "auth_error", "access_denied"},
		{"no code", nil, sandbox.Fault{Route: sandbox.RouteExecute}, comesBack(""), "error", "without a code"},
		{"foreign code", nil, sandbox.Fault{Route: sandbox.RouteExecute}, comesBack("&code=canary-code"), "auth_error", "invalid_grant"},
		{"terminal codes", nil, sandbox.Fault{Route: sandbox.RouteExecute}, comesBack("&error=x%1b%5b2J%E2%80%AEy"), "auth_error", "x[2Jy"},
		{"long story", nil, sandbox.Fault{Route: sandbox.RouteExecute}, comesBack("&error=" + strings.Repeat("z", 5000)), "auth_error", "…"},
		{"token endpoint fails", nil, sandbox.Fault{Route: sandbox.RouteSignInToken, Status: 500, Body: "<h1>broken</h1>"}, visits, "server_error", "broken"},
		{"token endpoint talks nonsense", nil, sandbox.Fault{Route: sandbox.RouteSignInToken, Body: `{"access_token":7}`}, visits, "api_error", "access_token"},
		{"token for no header", nil, sandbox.Fault{Route: sandbox.RouteSignInToken, Body: `{"access_token":"canary\ntoken"}`}, visits, "api_error", "header"},
		{"token is empty", nil, sandbox.Fault{Route: sandbox.RouteSignInToken, Body: `{}`}, visits, "api_error", "access_token"},
		{"nobody is shown the page", nil, sandbox.Fault{Route: sandbox.RouteExecute}, func(*testing.T, string) error { return io.ErrClosedPipe }, "error", "closed pipe"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			box := sandbox.Test(t, tt.opts...)
			box.Inject(tt.fault)
			_, err := signIn(t, box, tt.who).Token(t.Context())
			if err == nil || failure.From(err).Type != tt.kind || !strings.Contains(failure.From(err).Message, tt.says) {
				t.Fatalf("got %#v", err)
			}
			if text := err.Error(); strings.Contains(text, "canary") || strings.ContainsAny(text, "\x1b\u202e") || len(text) > 600 {
				t.Errorf("the error is %q", text)
			}
		})
	}
}

func TestSignInEndsWhenNobodyComes(t *testing.T) {
	t.Parallel()
	box := sandbox.Test(t)
	s := signIn(t, box, func(*testing.T, string) error { return nil })
	s.Limit = 20 * time.Millisecond
	_, err := s.Token(t.Context())
	if e := failure.From(err); err == nil || e.Type != "timeout" || e.Exit != failure.ExitGeneral || !strings.Contains(e.Hint, "--manual") {
		t.Errorf("got %#v", err)
	}
}

func TestSignInEndsWithItsContext(t *testing.T) {
	t.Parallel()
	box := sandbox.Test(t)
	ctx, cancel := context.WithCancel(t.Context())
	redirect := ""
	s := signIn(t, box, func(t *testing.T, page string) error {
		redirect, _ = callbackOf(t, page)
		cancel()
		return nil
	})
	if _, err := s.Token(ctx); !errors.Is(err, context.Canceled) {
		t.Fatalf("got %v", err)
	}
	req, err := http.NewRequestWithContext(t.Context(), http.MethodGet, redirect, http.NoBody)
	if err != nil {
		t.Fatal(err)
	}
	if res, err := (&http.Client{}).Do(req); err == nil {
		res.Body.Close()
		t.Error("the port is still open")
	}
}
