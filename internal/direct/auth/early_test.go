package auth_test

import (
	"context"
	"errors"
	"net/http"
	"runtime"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/agentsdk-go/airbyte/internal/direct/auth"
	"github.com/agentsdk-go/airbyte/internal/fault"
	"github.com/agentsdk-go/airbyte/internal/manifest"
)

// TestEarlyRenewalFails has a token of an hour, whose renewal is due a minute
// before its end, and an endpoint that fails from then on.
func TestEarlyRenewalFails(t *testing.T) {
	t.Parallel()
	const due = 59*time.Minute + time.Second
	tests := []struct {
		name   string
		status int
		at     []time.Duration // of the calls after the first, from the start
		sends  []string        // what each sends, "" when it fails
		tokens int             // requests for tokens
		fails  error
	}{
		{"nobody home", 503, []time.Duration{due}, []string{"old"}, 2, nil},
		{"too many requests", 429, []time.Duration{due}, []string{"old"}, 2, nil},
		{"not asked again at once", 503, []time.Duration{due, due + time.Second, due + 5*time.Second}, []string{"old", "old", "old"}, 2, nil},
		{"asked again later", 503, []time.Duration{due, due + 7*time.Second}, []string{"old", "old"}, 3, nil},
		{"after its end", 503, []time.Duration{due, time.Hour}, []string{"old", ""}, 3, fault.ErrUnavailable},
		{"refused", 400, []time.Duration{due}, []string{""}, 2, fault.ErrAuth},
	}
	for _, tc := range tests {
		t.Run(tc.name, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				e := newEndpoint(t, 200, "")
				e.tokens = func(n int, _ tokenRequest) (int, string) {
					if n == 1 {
						return 200, `{"access_token":"old","expires_in":3600}`
					}
					return tc.status, ""
				}
				a := newAuth(t, auth.Config{Schemes: []manifest.Scheme{oauth(tokenURL)}, Credentials: refreshOnly, HTTP: e.inMemory(nil)})
				applied(t, a, "")
				start := time.Now()
				for i, at := range tc.at {
					<-time.After(at - time.Since(start))
					g, err := a.Grant(t.Context())
					if tc.sends[i] == "" {
						wantFault(t, err, tc.fails, nil, refreshOnly)
						continue
					}
					header := http.Header{}
					g.Apply(header, "")
					if got := header.Get("Authorization"); err != nil || got != "Bearer "+tc.sends[i] {
						t.Errorf("call %d sends %q, %v", i+1, got, err)
					}
				}
				if n := len(e.tokenRequests()); n != tc.tokens {
					t.Errorf("%d token requests, want %d", n, tc.tokens)
				}
			})
		})
	}
}

// TestEarlyRenewalComesBack: the endpoint is away for one try.
func TestEarlyRenewalComesBack(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		e := newEndpoint(t, 200, "")
		e.tokens = func(n int, _ tokenRequest) (int, string) {
			if n == 2 {
				return 500, ""
			}
			return 200, `{"access_token":"token-` + strings.Repeat("x", n) + `","expires_in":3600}`
		}
		a := newAuth(t, auth.Config{Schemes: []manifest.Scheme{oauth(tokenURL)}, Credentials: refreshOnly, HTTP: e.inMemory(nil)})
		var sent []string
		for _, wait := range []time.Duration{0, 59*time.Minute + time.Second, 10 * time.Second, 30 * time.Minute} {
			<-time.After(wait)
			header, _ := applied(t, a, "")
			sent = append(sent, header.Get("Authorization"))
		}
		want := []string{"Bearer token-x", "Bearer token-x", "Bearer token-xxx", "Bearer token-xxx"}
		if diff := cmp.Diff(want, sent); diff != "" {
			t.Error(diff)
		}
	})
}

// TestStoreThatDoesNotReturn: what the program's function does to its goroutine
// ends neither the process nor the wait of the callers.
func TestStoreThatDoesNotReturn(t *testing.T) {
	t.Parallel()
	cause := errors.New("no such table")
	tests := []struct {
		name  string
		store func(auth.Tokens) error
		says  string
	}{
		{"panic", func(auth.Tokens) error { panic("no room") }, "panicked: no room"},
		{"panic with an error", func(auth.Tokens) error { panic(cause) }, "panicked: no such table"},
		{"panic with a token", func(tokens auth.Tokens) error { panic("cannot store " + tokens.AccessToken) }, "panicked: cannot store [redacted]"},
		{"Goexit", func(auth.Tokens) error { runtime.Goexit(); return nil }, "ended its goroutine"},
	}
	for _, tc := range tests {
		t.Run(tc.name, func(t *testing.T) {
			t.Parallel()
			e := newEndpoint(t, 200, goodAnswer)
			a := newAuth(t, auth.Config{
				Schemes: []manifest.Scheme{oauth(tokenURL)}, Credentials: refreshOnly, HTTP: e.inMemory(nil),
				OnTokens: func(_ context.Context, tokens auth.Tokens) error { return tc.store(tokens) },
			})
			var wg sync.WaitGroup
			for range 10 {
				wg.Go(func() {
					g, err := a.Grant(t.Context())
					header := http.Header{}
					g.Apply(header, "")
					if got := header.Get("Authorization"); err != nil || got != "Bearer access-2" {
						t.Errorf("sends %q, %v", got, err)
					}
				})
			}
			wg.Wait()
			wantFault(t, a.StoreError(), fault.ErrConfig, []string{"new tokens could not be stored", tc.says}, creds{"access_token": "access-2"})
			if n := len(e.tokenRequests()); n != 1 {
				t.Errorf("%d token requests, want 1", n)
			}
		})
	}
}
