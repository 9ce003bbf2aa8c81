package direct_test

import (
	"context"
	"errors"
	"net/http"
	"testing"
	"testing/synctest"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/agentsdk-go/airbyte/internal/direct"
	"github.com/agentsdk-go/airbyte/internal/fault"
	"github.com/agentsdk-go/airbyte/internal/manifest"
)

// prompt answers at once, and notes when each request came. It is busy for the
// first of them.
type prompt struct {
	busy int
	came []time.Time
}

func (p *prompt) RoundTrip(r *http.Request) (*http.Response, error) {
	p.came = append(p.came, time.Now())
	status := http.StatusOK
	if len(p.came) <= p.busy {
		status = http.StatusServiceUnavailable
	}
	return &http.Response{StatusCode: status, Body: http.NoBody, Request: r}, nil
}

// limited opens two entities, of which one has a limit of its own and both
// actions of the other are the same request.
func limited(t *testing.T, limit int, p *prompt) *direct.Client {
	t.Helper()
	search := list("/things")
	search.Action = "api_search"
	slow := list("/slow")
	slow.RateLimit = 2
	retry := manifest.DefaultRetry()
	retry.InitialDelay, retry.Jitter = 0.1, false
	client, err := direct.New(&manifest.Document{
		Retry: &retry, Entities: []manifest.Entity{entity("things", list("/things"), search), entity("slow", slow)},
	}, direct.Config{BaseURL: "https://api.test", HTTP: &http.Client{Transport: p}, Retries: direct.ManifestRetries, RateLimit: limit})
	if err != nil {
		t.Fatal(err)
	}
	return client
}

func TestLimiter(t *testing.T) {
	t.Parallel()
	const second = time.Second
	tests := map[string]struct {
		limit int
		busy  int
		calls [][2]string
		want  []time.Duration // since the start
	}{
		"half of a minute's at once":   {4, 0, times(4, "things", "list"), []time.Duration{0, 0, 30 * second, 60 * second}},
		"an odd number, rounded up":    {5, 0, times(4, "things", "list"), []time.Duration{0, 0, 0, 30 * second}},
		"one a minute":                 {1, 0, times(3, "things", "list"), []time.Duration{0, 60 * second, 120 * second}},
		"one request, several actions": {2, 0, [][2]string{{"things", "list"}, {"things", "api_search"}}, []time.Duration{0, 60 * second}},
		"another request":              {2, 0, [][2]string{{"things", "list"}, {"slow", "list"}}, []time.Duration{0, 0}},
		"none":                         {0, 0, times(3, "slow", "list"), []time.Duration{0, 0, 0}},
		"the manifest's":               {direct.ManifestLimits, 0, times(2, "slow", "list"), []time.Duration{0, 60 * second}},
		"the manifest has none":        {direct.ManifestLimits, 0, times(3, "things", "list"), []time.Duration{0, 0, 0}},
		"a repeated request counts":    {2, 1, times(1, "things", "list"), []time.Duration{0, 60 * second}},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				p := &prompt{busy: test.busy}
				client := limited(t, test.limit, p)
				start := time.Now()
				for _, call := range test.calls {
					if _, err := client.Execute(t.Context(), call[0], call[1], nil); err != nil {
						t.Fatal(err)
					}
				}
				var got []time.Duration
				for _, at := range p.came {
					got = append(got, at.Sub(start).Round(time.Second))
				}
				if diff := cmp.Diff(test.want, got); diff != "" {
					t.Errorf("requests came (-want +got):\n%s", diff)
				}
			})
		})
	}
}

// times is n calls of one action.
func times(n int, entity, action string) [][2]string {
	out := make([][2]string, n)
	for i := range out {
		out[i] = [2]string{entity, action}
	}
	return out
}

func TestLimiterDoesNotWaitPastTheDeadline(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		p := &prompt{}
		client := limited(t, 2, p)
		if _, err := client.Execute(t.Context(), "things", "list", nil); err != nil {
			t.Fatal(err)
		}
		start := time.Now()
		ctx, cancel := context.WithTimeout(t.Context(), 10*time.Second)
		defer cancel()
		_, err := client.Execute(ctx, "things", "list", nil)
		e, ok := errors.AsType[*fault.Error](err)
		if !ok || !errors.Is(err, fault.ErrRateLimited) || e.RetryAfter.Round(time.Second) != time.Minute || time.Since(start) != 0 {
			t.Errorf("error = %v after %v", err, time.Since(start))
		}
		// What was not sent took nobody's turn.
		if _, err := client.Execute(t.Context(), "things", "list", nil); err != nil || time.Since(start).Round(time.Second) != time.Minute {
			t.Errorf("the next call came after %v: %v", time.Since(start), err)
		}
	})
}

func TestLimiterEndsWithTheContext(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		p := &prompt{}
		client := limited(t, 2, p)
		if _, err := client.Execute(t.Context(), "things", "list", nil); err != nil {
			t.Fatal(err)
		}
		ctx, cancel := context.WithCancel(t.Context())
		time.AfterFunc(5*time.Second, cancel)
		start := time.Now()
		_, err := client.Execute(ctx, "things", "list", nil)
		if e, ok := errors.AsType[*fault.Error](err); !ok || e.Kind != fault.Canceled || !errors.Is(err, context.Canceled) {
			t.Errorf("error = %v", err)
		}
		if waited := time.Since(start); waited != 5*time.Second || len(p.came) != 1 {
			t.Errorf("%d requests, the last given up after %v", len(p.came), waited)
		}
	})
}
