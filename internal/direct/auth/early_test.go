package auth_test

import (
	"context"
	"fmt"
	"net/http"
	"strings"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/agentsdk-go/airbyte/internal/direct/auth"
	"github.com/agentsdk-go/airbyte/internal/fault"
	"github.com/agentsdk-go/airbyte/internal/httpx"
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
		{"refused", 400, []time.Duration{due}, []string{"old"}, 2, nil},
		{"refused, not asked again at once", 401, []time.Duration{due, due + time.Second}, []string{"old", "old"}, 2, nil},
		{"refused, after its end", 400, []time.Duration{due, time.Hour}, []string{"old", ""}, 3, fault.ErrAuth},
		{"no answer of a token endpoint", 200, []time.Duration{due, due + time.Second, time.Hour}, []string{"old", "old", ""}, 3, fault.ErrUnavailable},
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
					synctest.Wait()
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
			synctest.Wait()
		}
		want := []string{"Bearer token-x", "Bearer token-x", "Bearer token-x", "Bearer token-xxx"}
		if diff := cmp.Diff(want, sent); diff != "" {
			t.Error(diff)
		}
	})
}

// slow delays answers of a token endpoint after the first, as long as their
// requests live, and counts those that have ended.
type slow struct {
	*endpoint
	delay time.Duration // 0: no answer at all
	ended atomic.Int32
}

func (s *slow) RoundTrip(r *http.Request) (*http.Response, error) {
	defer s.ended.Add(1)
	if s.ended.Load() == 0 {
		return s.endpoint.RoundTrip(r)
	}
	var over <-chan time.Time
	if s.delay > 0 {
		over = time.After(s.delay)
	}
	select {
	case <-over:
		return s.endpoint.RoundTrip(r)
	case <-r.Context().Done():
		return nil, r.Context().Err()
	}
}

// newSlow gives token-1, token-2 and so on, each for an hour.
func newSlow(t *testing.T, delay time.Duration) (*slow, *auth.Authenticator) {
	t.Helper()
	e := newEndpoint(t, 200, "")
	e.tokens = func(n int, _ tokenRequest) (int, string) {
		return 200, fmt.Sprintf(`{"access_token":"token-%d","expires_in":3600}`, n)
	}
	s := &slow{endpoint: e, delay: delay}
	client := httpx.New(httpx.Config{HTTP: &http.Client{Transport: s}})
	return s, newAuth(t, auth.Config{Schemes: []manifest.Scheme{oauth(tokenURL)}, Credentials: refreshOnly, HTTP: client})
}

// sends fails the test unless the next grant comes after a wait and carries the
// token.
func sends(t *testing.T, a *auth.Authenticator, token string, wait time.Duration) {
	t.Helper()
	start := time.Now()
	header, _ := applied(t, a, "")
	if got := header.Get("Authorization"); got != "Bearer "+token || time.Since(start) != wait {
		t.Errorf("sends %q after %s, want %q after %s", got, time.Since(start), token, wait)
	}
}

// TestHangingEarlyRenewal: nobody waits for an endpoint that hangs as long as
// the token is good, and one request hangs, not one for each caller.
func TestHangingEarlyRenewal(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		s, a := newSlow(t, 0)
		sends(t, a, "token-1", 0)
		<-time.After(59*time.Minute + time.Second)
		ctx, cancel := context.WithTimeout(t.Context(), time.Second)
		defer cancel()
		for range 100 {
			if _, err := a.Grant(ctx); err != nil {
				t.Fatal(err)
			}
		}
		<-ctx.Done()
		sends(t, a, "token-1", 0)
		if n := s.ended.Load(); n != 1 {
			t.Errorf("%d token requests ended while one hangs", n)
		}
		<-time.After(58 * time.Second)
		start := time.Now()
		_, err := a.Grant(t.Context())
		wantFault(t, err, fault.ErrUnavailable, nil, refreshOnly)
		if took := time.Since(start); took > time.Minute {
			t.Errorf("failed after %s", took)
		}
		synctest.Wait()
		if n := s.ended.Load(); n != 3 {
			t.Errorf("%d token requests ended, want 3", n)
		}
	})
}

// TestEarlyRenewalOutlivesItsCaller: the context of the call that started it
// has nothing to say, and who needs the token joins it.
func TestEarlyRenewalOutlivesItsCaller(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		s, a := newSlow(t, 10*time.Second)
		sends(t, a, "token-1", 0)
		<-time.After(59*time.Minute + 55*time.Second)
		ctx, cancel := context.WithCancel(t.Context())
		if _, err := a.Grant(ctx); err != nil {
			t.Fatal(err)
		}
		cancel()
		<-time.After(5 * time.Second)
		sends(t, a, "token-2", 5*time.Second)
		if n := s.ended.Load(); n != 2 {
			t.Errorf("%d token requests, want 2", n)
		}
	})
}

// TestEarlyRenewalAfter401: a caller whose good token is refused all the same
// waits for the renewal under way and starts none.
func TestEarlyRenewalAfter401(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		s, a := newSlow(t, 10*time.Second)
		sends(t, a, "token-1", 0)
		<-time.After(59*time.Minute + time.Second)
		g, err := a.Grant(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		if _, renewed, err := a.Renew(t.Context(), g); !renewed || err != nil {
			t.Fatal(renewed, err)
		}
		sends(t, a, "token-2", 0)
		if n := s.ended.Load(); n != 2 {
			t.Errorf("%d token requests, want 2", n)
		}
	})
}
