package auth_test

import (
	"context"
	"errors"
	"net/http"
	"testing"
	"testing/synctest"
	"time"

	"github.com/agentsdk-go/airbyte/internal/direct/auth"
	"github.com/agentsdk-go/airbyte/internal/fault"
	"github.com/agentsdk-go/airbyte/internal/manifest"
)

// TestExpiry: a token whose life was told is renewed a little before its end,
// one whose life is not known never.
func TestExpiry(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name   string
		life   string
		wait   time.Duration
		tokens int
	}{
		{"long before its end", `3600`, 58 * time.Minute, 1},
		{"just before its end", `3600`, 59*time.Minute + time.Second, 2},
		{"short life", `"100"`, 91 * time.Second, 2},
		{"short life, not yet", `100`, 89 * time.Second, 1},
		{"never told", `null`, 1000 * time.Hour, 1},
	}
	for _, tc := range tests {
		t.Run(tc.name, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				e := newEndpoint(t, 200, `{"access_token":"access-2","expires_in":`+tc.life+`}`)
				a := newAuth(t, auth.Config{Schemes: []manifest.Scheme{oauth(tokenURL)}, Credentials: refreshOnly, HTTP: e.inMemory(nil)})
				applied(t, a, "")
				<-time.After(tc.wait)
				applied(t, a, "")
				synctest.Wait() // it is renewed behind the caller's back
				applied(t, a, "")
				if n := len(e.tokenRequests()); n != tc.tokens {
					t.Errorf("%d token requests, want %d", n, tc.tokens)
				}
			})
		})
	}
}

// TestCanceledCaller: the first caller starts the exchange and gives up; the
// second still gets the token.
func TestCanceledCaller(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		release := make(chan struct{})
		e := newEndpoint(t, 200, "")
		e.tokens = func(int, tokenRequest) (int, string) {
			<-release
			return 200, goodAnswer
		}
		a := newAuth(t, auth.Config{Schemes: []manifest.Scheme{oauth(tokenURL)}, Credentials: refreshOnly, HTTP: e.inMemory(nil)})
		ctx, cancel := context.WithCancel(t.Context())
		first, second := make(chan error, 1), make(chan error, 1)
		grant := func(ctx context.Context, done chan<- error) {
			_, err := a.Grant(ctx)
			done <- err
		}
		go grant(ctx, first)
		synctest.Wait()
		go grant(t.Context(), second)
		synctest.Wait()
		cancel()
		if err := <-first; !errors.Is(err, context.Canceled) || asFault(t, err).Kind != fault.Canceled {
			t.Errorf("first: %v", err)
		}
		close(release)
		if err := <-second; err != nil {
			t.Errorf("second: %v", err)
		}
		if _, err := a.Grant(ctx); err != nil {
			t.Errorf("a token that is there needs no waiting: %v", err)
		}
		if n := len(e.tokenRequests()); n != 1 {
			t.Errorf("%d token requests, want 1", n)
		}
	})
}

// TestSilentEndpoint: an exchange that nobody answers ends by itself, and not
// as the end of the caller's context.
func TestSilentEndpoint(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		silent := &http.Client{Transport: transport(func(r *http.Request) (*http.Response, error) {
			<-r.Context().Done()
			return nil, r.Context().Err()
		})}
		a := newAuth(t, auth.Config{Schemes: []manifest.Scheme{oauth(tokenURL)}, Credentials: refreshOnly, HTTP: newClient(silent)})
		start := time.Now()
		_, err := a.Grant(t.Context())
		wantFault(t, err, fault.ErrUnavailable, []string{"token request"}, refreshOnly)
		if errors.Is(err, context.DeadlineExceeded) || errors.Is(err, fault.ErrUnknownOutcome) || time.Since(start) > time.Minute {
			t.Errorf("%v after %s", err, time.Since(start))
		}
	})
}

func TestStoreError(t *testing.T) {
	t.Parallel()
	e := newEndpoint(t, 200, "")
	e.tokens = rotating(t)
	full := errors.New("disk full, was writing access-2")
	answers := []error{full, nil}
	log := &recorder{}
	a := newAuth(t, auth.Config{
		Schemes: []manifest.Scheme{oauth(tokenURL)}, Credentials: refreshOnly, HTTP: e.inMemory(nil), Logger: log.logger(),
		OnTokens: func(context.Context, auth.Tokens) error {
			next := answers[0]
			answers = answers[1:]
			return next
		},
	})
	g, err := a.Grant(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if err := a.StoreError(); !errors.Is(err, full) {
		t.Errorf("got %v", err)
	}
	wantFault(t, a.StoreError(), fault.ErrConfig, []string{"disk full"}, creds{"access_token": "access-2"})
	if want := `level=WARN msg="new tokens could not be stored" error="disk full, was writing [redacted]"`; log.String() != want {
		t.Errorf("logged %s", log)
	}
	if _, renewed, err := a.Renew(t.Context(), g); !renewed || err != nil {
		t.Fatal(renewed, err)
	}
	if err := a.StoreError(); err != nil {
		t.Errorf("after a success: %v", err)
	}
}
