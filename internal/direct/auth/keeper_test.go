package auth_test

import (
	"context"
	"errors"
	"net/http"
	"runtime"
	"sync"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/agentsdk-go/airbyte/internal/direct/auth"
	"github.com/agentsdk-go/airbyte/internal/fault"
	"github.com/agentsdk-go/airbyte/internal/manifest"
)

// TestStoreThatEndsItsGoroutine: what the program's function does to its goroutine
// ends neither the process nor the wait of the callers.
func TestStoreThatEndsItsGoroutine(t *testing.T) {
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

// storing is an authenticator that gets new tokens with every request, with
// the function of a program.
func storing(t *testing.T, store func(context.Context, auth.Tokens) error) *auth.Authenticator {
	t.Helper()
	e := newEndpoint(t, 200, "")
	e.tokens = rotating(t)
	return newAuth(t, auth.Config{
		Schemes: []manifest.Scheme{oauth(tokenURL)}, Credentials: refreshOnly, HTTP: e.inMemory(nil), OnTokens: store,
	})
}

// TestStoreThatBlocks: callers without a deadline get the tokens at the end of
// the renewal's time, and what becomes of the function later is known.
func TestStoreThatBlocks(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name   string
		result error
		says   string // in the end
	}{
		{"stored late", nil, ""},
		{"failed late", errors.New("disk full"), "disk full"},
	}
	for _, tc := range tests {
		t.Run(tc.name, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				release := make(chan struct{})
				a := storing(t, func(context.Context, auth.Tokens) error { <-release; return tc.result })
				var wg sync.WaitGroup
				for range 10 {
					wg.Go(func() {
						if _, err := a.Grant(t.Context()); err != nil {
							t.Error(err)
						}
					})
				}
				sends(t, a, "access-2", time.Minute)
				wg.Wait()
				wantFault(t, a.StoreError(), fault.ErrConfig, []string{"has not returned in time"}, refreshOnly)
				close(release)
				synctest.Wait()
				if tc.says == "" {
					if err := a.StoreError(); err != nil {
						t.Error(err)
					}
					return
				}
				wantFault(t, a.StoreError(), fault.ErrConfig, []string{tc.says}, refreshOnly)
			})
		})
	}
}

// TestStoreThatAsksForAToken: it waits for the tokens that wait for it, no
// longer than the renewal's time.
func TestStoreThatAsksForAToken(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name   string
		within func(own, given context.Context) context.Context
		fails  error
	}{
		{"within its context", func(_, given context.Context) context.Context { return given }, context.DeadlineExceeded},
		{"without a limit", func(own, _ context.Context) context.Context { return own }, nil},
	}
	for _, tc := range tests {
		t.Run(tc.name, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				var a *auth.Authenticator
				got := make(chan error, 1)
				a = storing(t, func(ctx context.Context, _ auth.Tokens) error {
					_, err := a.Grant(tc.within(t.Context(), ctx))
					got <- err
					return err
				})
				sends(t, a, "access-2", time.Minute)
				if err := <-got; !errors.Is(err, tc.fails) {
					t.Errorf("the function got %v, want %v", err, tc.fails)
				}
				synctest.Wait()
				if err := a.StoreError(); !errors.Is(err, tc.fails) {
					t.Errorf("the tokens were stored with %v, want %v", err, tc.fails)
				}
			})
		})
	}
}

// TestStoreIsBusy: newer tokens are never stored while older ones are, and the
// late success of the older ones does not pass for theirs.
func TestStoreIsBusy(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		release := make(chan struct{})
		var running atomic.Int32
		var told []string
		a := storing(t, func(_ context.Context, tokens auth.Tokens) error {
			if running.Add(1) > 1 {
				t.Error("two calls at a time")
			}
			defer running.Add(-1)
			told = append(told, tokens.AccessToken)
			<-release
			return nil
		})
		renew := func() {
			g, err := a.Grant(t.Context())
			if err != nil {
				t.Fatal(err)
			}
			if _, renewed, err := a.Renew(t.Context(), g); !renewed || err != nil {
				t.Fatal(renewed, err)
			}
		}
		renew() // two sets of tokens: the first call blocks, the second has no turn
		wantFault(t, a.StoreError(), fault.ErrConfig, []string{"has not returned from its call with earlier ones"}, refreshOnly)
		close(release)
		synctest.Wait()
		wantFault(t, a.StoreError(), fault.ErrConfig, []string{"earlier ones"}, refreshOnly)
		renew()
		if err := a.StoreError(); err != nil {
			t.Error(err)
		}
		if diff := cmp.Diff([]string{"access-2", "access-4"}, told); diff != "" {
			t.Error(diff)
		}
	})
}
