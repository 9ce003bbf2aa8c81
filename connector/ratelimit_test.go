package connector_test

import (
	"context"
	"errors"
	"io"
	"net/http"
	"strconv"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/agentsdk-go/airbyte/connector"
)

// noting answers every request and notes when it came.
type noting struct{ came []time.Time }

func (n *noting) RoundTrip(r *http.Request) (*http.Response, error) {
	n.came = append(n.came, time.Now())
	return &http.Response{
		StatusCode: http.StatusOK, Header: http.Header{"Content-Type": {"application/json"}},
		Body: io.NopCloser(strings.NewReader(`{"data":[]}`)), ContentLength: -1, Request: r,
	}, nil
}

// limited opens Pylon with two calls per minute and operation: one, and from
// then on one a minute.
func limited(t *testing.T, service *noting) *connector.Connector {
	t.Helper()
	return openPylon(t, "https://pylon.test", connector.WithRateLimit(2), connector.WithHTTPClient(&http.Client{Transport: service}))
}

func TestRateLimitHoldsCallsBack(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		service := &noting{}
		conn := limited(t, service)
		start := time.Now()
		for range 4 {
			if _, err := conn.Execute(t.Context(), "accounts", "list", nil); err != nil {
				t.Fatal(err)
			}
		}
		if _, err := conn.Execute(t.Context(), "teams", "list", nil); err != nil { // an operation of its own
			t.Fatal(err)
		}
		want := []time.Duration{0, time.Minute, 2 * time.Minute, 3 * time.Minute, 3 * time.Minute}
		for i, at := range service.came {
			if got := at.Sub(start).Round(time.Second); got != want[i] {
				t.Errorf("call %d after %v, want %v", i+1, got, want[i])
			}
		}
	})
}

func TestRateLimitAndTheCallersContext(t *testing.T) {
	t.Parallel()
	tests := map[string]struct {
		context func(context.Context) (context.Context, context.CancelFunc)
		kind    error
		wait    time.Duration
	}{
		"due after the deadline": {
			func(ctx context.Context) (context.Context, context.CancelFunc) {
				return context.WithTimeout(ctx, 10*time.Second)
			},
			connector.ErrRateLimited, 0,
		},
		"canceled while waiting": {
			func(ctx context.Context) (context.Context, context.CancelFunc) {
				ctx, cancel := context.WithCancel(ctx)
				time.AfterFunc(5*time.Second, cancel)
				return ctx, cancel
			},
			context.Canceled, 5 * time.Second,
		},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				service := &noting{}
				conn := limited(t, service)
				for range 2 {
					if _, err := conn.Execute(t.Context(), "accounts", "list", nil); err != nil {
						t.Fatal(err)
					}
				}
				ctx, cancel := test.context(t.Context())
				defer cancel()
				start := time.Now()
				_, err := conn.Execute(ctx, "accounts", "list", nil)
				var e *connector.Error
				if !errors.Is(err, test.kind) || !errors.As(err, &e) || e.Entity != "accounts" || time.Since(start) != test.wait {
					t.Errorf("error after %v = %v", time.Since(start), err)
				}
				if errors.Is(err, connector.ErrRateLimited) && e.RetryAfter.Round(time.Second) != time.Minute {
					t.Errorf("retry after %v", e.RetryAfter)
				}
				if len(service.came) != 2 {
					t.Errorf("%d requests were sent, want 2", len(service.came))
				}
				// The slot that was given up serves the next call.
				if _, err := conn.Execute(t.Context(), "accounts", "list", nil); err != nil {
					t.Error(err)
				}
			})
		})
	}
}

func TestRateLimitHoldsInEveryMinute(t *testing.T) {
	t.Parallel()
	for _, n := range []int{1, 2, 3, 10, 61} {
		t.Run(strconv.Itoa(n), func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				service := &noting{}
				conn := openPylon(t, "https://pylon.test", connector.WithRateLimit(n), connector.WithHTTPClient(&http.Client{Transport: service}))
				for range 3 * n {
					if _, err := conn.Execute(t.Context(), "accounts", "list", nil); err != nil {
						t.Fatal(err)
					}
				}
				for i := n; i < len(service.came); i++ {
					if within := service.came[i].Sub(service.came[i-n]); within.Round(time.Millisecond) < time.Minute {
						t.Fatalf("calls %d to %d came within %v", i-n+1, i+1, within)
					}
				}
				// A burst of half, and the others spread: nothing is held back for longer.
				burst := (n + 1) / 2
				if took := service.came[burst-1].Sub(service.came[0]); took != 0 {
					t.Errorf("the first half took %v", took)
				}
				want := time.Duration(3*n-burst) * time.Minute / time.Duration(max(n-burst, 1))
				if took := service.came[len(service.came)-1].Sub(service.came[0]); took.Round(time.Second) != want.Round(time.Second) {
					t.Errorf("%d calls took %v, want %v", 3*n, took, want)
				}
			})
		})
	}
}

func TestOptionsOfTheOtherModeAreRefused(t *testing.T) {
	t.Parallel()
	m, ok := connector.LookupManifest("pylon")
	if !ok {
		t.Fatal("no manifest")
	}
	creds := connector.Credentials{"api_token": "s3cret"}
	tests := map[string]struct {
		option connector.Option
		hosted bool
	}{
		"WithCredentials":      {connector.WithCredentials("id", "secret"), true},
		"WithOrganization":     {connector.WithOrganization("org"), true},
		"WithConnectorID":      {connector.WithConnectorID("id"), true},
		"WithConfig":           {connector.WithConfig(map[string]string{"host": "api.usepylon.com"}), false},
		"WithAuthScheme":       {connector.WithAuthScheme("bearerAuth"), false},
		"WithTokenRefresh":     {connector.WithTokenRefresh(func(context.Context, connector.Tokens) error { return nil }), false},
		"WithRateLimit":        {connector.WithRateLimit(1), false},
		"WithOptionalDefaults": {connector.WithOptionalDefaults(), false},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			_, err := connector.Open(m, creds, test.option)
			if !test.hosted {
				if err != nil {
					t.Errorf("Open refuses its own option: %v", err)
				}
				_, err = connector.Connect(t.Context(), "pylon", "default", connector.WithCredentials("id", "secret"), test.option)
			}
			if !errors.Is(err, connector.ErrConfig) || !strings.Contains(err.Error(), name+" is an option of") {
				t.Errorf("error = %v", err)
			}
		})
	}
}

func TestCheckEntitiesIsOpenSourceOnly(t *testing.T) {
	t.Parallel()
	conn, err := connector.Connect(t.Context(), "pylon", "default",
		connector.WithCredentials("id", "secret"), connector.WithConnectorID("id"))
	if err != nil {
		t.Fatal(err)
	}
	if _, err := conn.CheckEntities(t.Context(), "issues"); !errors.Is(err, connector.ErrUnsupported) {
		t.Errorf("error = %v", err)
	}
}
