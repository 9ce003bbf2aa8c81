package auth_test

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/agentsdk-go/airbyte/internal/direct/auth"
	"github.com/agentsdk-go/airbyte/internal/fault"
	"github.com/agentsdk-go/airbyte/internal/manifest"
)

// rotating hands out a new pair of tokens for the newest refresh token, and
// refuses every other.
func rotating(t *testing.T) func(int, tokenRequest) (int, string) {
	t.Helper()
	var mu sync.Mutex
	newest := 1
	return func(_ int, r tokenRequest) (int, string) {
		mu.Lock()
		defer mu.Unlock()
		if r.Form.Get("refresh_token") != fmt.Sprintf("refresh-%d", newest) {
			t.Errorf("a used refresh token came: %s", r.Form.Get("refresh_token"))
			return 400, `{"error":"invalid_grant"}`
		}
		newest++
		return 200, fmt.Sprintf(`{"access_token":"access-%d","refresh_token":"refresh-%d"}`, newest, newest)
	}
}

// accepting answers 401 to every token but one.
func accepting(token string) func(*http.Request) int {
	return func(r *http.Request) int {
		if r.Header.Get("Authorization") == "Bearer "+token {
			return http.StatusOK
		}
		return http.StatusUnauthorized
	}
}

func stale() creds {
	return creds{"access_token": "access-1", "refresh_token": "refresh-1", "client_id": "client-id", "client_secret": "client-secret"}
}

func TestAfter401(t *testing.T) {
	t.Parallel()
	always := func(status int) func(*http.Request) int { return func(*http.Request) int { return status } }
	tests := []struct {
		name          string
		credentials   creds
		answer        string
		api           func(*http.Request) int
		status        int
		calls, tokens int
	}{
		{"case 75 renewed", stale(), goodAnswer, accepting("access-2"), 200, 2, 1},
		{"case 75 a 403 renews nothing", stale(), goodAnswer, always(403), 403, 1, 0},
		{"case 76 a second 401", stale(), goodAnswer, always(401), 401, 2, 1},
		{"case 76 the same token again", stale(), `{"access_token":"access-1"}`, always(401), 401, 1, 1},
		{"nothing to renew with", creds{"access_token": "access-1"}, goodAnswer, always(401), 401, 1, 0},
		{"case 73 fetched first", refreshOnly, goodAnswer, accepting("access-2"), 200, 1, 1},
	}
	for _, tc := range tests {
		t.Run(tc.name, func(t *testing.T) {
			t.Parallel()
			e := newEndpoint(t, 200, tc.answer)
			e.api = tc.api
			origin := e.listen()
			a := newAuth(t, auth.Config{Schemes: []manifest.Scheme{oauth(origin + "/token")}, Credentials: tc.credentials})
			status, err := call(t, a, origin)
			if err != nil || status != tc.status {
				t.Errorf("status %d, %v; want %d", status, err, tc.status)
			}
			if e.apiCalls() != tc.calls || len(e.tokenRequests()) != tc.tokens {
				t.Errorf("%d calls and %d token requests, want %d and %d", e.apiCalls(), len(e.tokenRequests()), tc.calls, tc.tokens)
			}
		})
	}
}

func TestBearerIsNotRenewed(t *testing.T) {
	t.Parallel()
	e := newEndpoint(t, 200, goodAnswer)
	e.api = func(*http.Request) int { return 401 }
	a := newAuth(t, auth.Config{Schemes: []manifest.Scheme{bearer("b", "token")}, Credentials: creds{"token": "T"}})
	status, err := call(t, a, e.listen())
	if status != 401 || err != nil || e.apiCalls() != 1 {
		t.Errorf("status %d, %v, %d calls", status, err, e.apiCalls())
	}
}

// TestConcurrent401 is case 77 with a hundred callers, and with a service that
// takes each refresh token once.
func TestConcurrent401(t *testing.T) {
	t.Parallel()
	e := newEndpoint(t, 200, "")
	e.tokens, e.api = rotating(t), accepting("access-2")
	origin := e.listen()
	var told []auth.Tokens
	a := newAuth(t, auth.Config{
		Schemes: []manifest.Scheme{oauth(origin + "/token")}, Credentials: stale(),
		OnTokens: func(_ context.Context, tokens auth.Tokens) error { told = append(told, tokens); return nil },
	})
	var wg sync.WaitGroup
	for range 100 {
		wg.Go(func() {
			if status, err := call(t, a, origin); status != 200 || err != nil {
				t.Errorf("status %d, %v", status, err)
			}
		})
	}
	wg.Wait()
	if n := len(e.tokenRequests()); n != 1 {
		t.Errorf("%d token requests, want 1", n)
	}
	want := []auth.Tokens{{AccessToken: "access-2", RefreshToken: "refresh-2", TokenType: "Bearer"}}
	if diff := cmp.Diff(want, told); diff != "" {
		t.Error(diff)
	}
}

// TestManyRenewals has callers renew again and again: no refresh token is used
// twice, and every caller gets on.
func TestManyRenewals(t *testing.T) {
	t.Parallel()
	e := newEndpoint(t, 200, "")
	e.tokens = rotating(t)
	a := newAuth(t, auth.Config{Schemes: []manifest.Scheme{oauth(tokenURL)}, Credentials: stale(), HTTP: e.inMemory(nil)})
	var wg sync.WaitGroup
	for range 100 {
		wg.Go(func() {
			g, err := a.Grant(t.Context())
			for range 20 {
				if err != nil {
					t.Error(err)
					return
				}
				var renewed bool
				if g, renewed, err = a.Renew(t.Context(), g); !renewed {
					t.Error("not renewed")
				}
			}
		})
	}
	wg.Wait()
	if n := len(e.tokenRequests()); n < 20 || n > 2000 {
		t.Errorf("%d token requests", n)
	}
}

// TestNewerTokenAtOnce: a caller that was under way during a renewal gets the
// new token without a request of its own.
func TestNewerTokenAtOnce(t *testing.T) {
	t.Parallel()
	e := newEndpoint(t, 200, goodAnswer)
	a := newAuth(t, auth.Config{Schemes: []manifest.Scheme{oauth(tokenURL)}, Credentials: stale(), HTTP: e.inMemory(nil)})
	old, err := a.Grant(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	for range 2 {
		g, renewed, err := a.Renew(t.Context(), old)
		if err != nil || !renewed {
			t.Fatal(renewed, err)
		}
		header := http.Header{}
		g.Apply(header, "")
		if got := header.Get("Authorization"); got != "Bearer access-2" {
			t.Errorf("sends %q", got)
		}
	}
	if n := len(e.tokenRequests()); n != 1 {
		t.Errorf("%d token requests, want 1", n)
	}
}

func TestFailedRenewal(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name   string
		status int
		body   string
		says   []string
		also   error
	}{
		{"refused", 400, `{"error":"invalid_grant"}`, []string{"access token was refused", "(HTTP 400)", "invalid_grant", "new refresh token"}, fault.ErrAuth},
		{"nobody home", 500, `client-secret`, []string{"renewing it failed"}, fault.ErrUnavailable},
	}
	for _, tc := range tests {
		t.Run(tc.name, func(t *testing.T) {
			t.Parallel()
			e := newEndpoint(t, tc.status, tc.body)
			a := newAuth(t, auth.Config{Schemes: []manifest.Scheme{oauth(tokenURL)}, Credentials: stale(), HTTP: e.inMemory(nil)})
			g, err := a.Grant(t.Context())
			if err != nil {
				t.Fatal(err)
			}
			_, renewed, err := a.Renew(t.Context(), g)
			wantFault(t, err, fault.ErrAuth, tc.says, stale())
			failed := asFault(t, err)
			if renewed || failed.Status != http.StatusUnauthorized || fault.Of(err) != fault.Auth || !errors.Is(err, tc.also) {
				t.Errorf("renewed %v, status %d, kind %s", renewed, failed.Status, fault.Of(err))
			}
		})
	}
}
