package direct_test

import (
	"context"
	"errors"
	"io"
	"math"
	"net/http"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/agentsdk-go/airbyte/internal/direct"
	"github.com/agentsdk-go/airbyte/internal/fault"
	"github.com/agentsdk-go/airbyte/internal/manifest"
)

// away answers every request with 503, and notes when each came.
type away struct{ came []time.Time }

func (a *away) RoundTrip(r *http.Request) (*http.Response, error) {
	a.came = append(a.came, time.Now())
	return &http.Response{StatusCode: http.StatusServiceUnavailable, Body: io.NopCloser(strings.NewReader("{}")), Request: r}, nil
}

// TestRetryBounds has manifests that no loader made ask for what is too much.
func TestRetryBounds(t *testing.T) {
	t.Parallel()
	tests := map[string]struct {
		change func(*manifest.Retry)
		waits  []time.Duration
	}{
		"as it is":           {func(*manifest.Retry) {}, []time.Duration{time.Second, 2 * time.Second}},
		"many attempts":      {func(r *manifest.Retry) { r.Attempts, r.Base = 1_000_000, 1 }, many(9, time.Second)},
		"least of attempts":  {func(r *manifest.Retry) { r.Attempts = math.MinInt }, nil},
		"no delay":           {func(r *manifest.Retry) { r.InitialDelay = 0 }, many(2, 100*time.Millisecond)},
		"a negative delay":   {func(r *manifest.Retry) { r.InitialDelay = -1e300 }, many(2, 100*time.Millisecond)},
		"no longest delay":   {func(r *manifest.Retry) { r.MaxDelay = 0 }, many(2, 100*time.Millisecond)},
		"not a number":       {func(r *manifest.Retry) { r.InitialDelay = math.NaN() }, many(2, 100*time.Millisecond)},
		"more than fits":     {func(r *manifest.Retry) { r.InitialDelay, r.MaxDelay = 1e300, 1e300 }, many(2, 24*time.Hour)},
		"more than there is": {func(r *manifest.Retry) { r.InitialDelay, r.MaxDelay = math.Inf(1), math.Inf(1) }, many(2, 24*time.Hour)},
		"a delay of weeks":   {func(r *manifest.Retry) { r.MaxDelay = 1e300; r.InitialDelay = 1e6 }, many(2, 24*time.Hour)},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				retry := manifest.DefaultRetry()
				retry.Jitter = false
				test.change(&retry)
				service := &away{}
				client := open(t, &retry, service)
				_, err := client.Execute(t.Context(), "things", "list", nil)
				if !errors.Is(err, fault.ErrUnavailable) {
					t.Errorf("error = %v", err)
				}
				var waits []time.Duration
				for i := 1; i < len(service.came); i++ {
					waits = append(waits, service.came[i].Sub(service.came[i-1]))
				}
				if diff := cmp.Diff(test.waits, waits); diff != "" {
					t.Errorf("waits (-want +got):\n%s", diff)
				}
			})
		})
	}
}

// TestRetryWaitIsNotPastTheDeadline: a delay that overflowed would be none.
func TestRetryWaitIsNotPastTheDeadline(t *testing.T) {
	t.Parallel()
	retry := manifest.DefaultRetry()
	retry.InitialDelay, retry.MaxDelay, retry.Jitter = 1e300, 1e300, false
	service := &away{}
	ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
	defer cancel()
	_, err := open(t, &retry, service).Execute(ctx, "things", "list", nil)
	if !errors.Is(err, fault.ErrUnavailable) || len(service.came) != 1 {
		t.Errorf("%d requests, error %v", len(service.came), err)
	}
}

func many(n int, d time.Duration) []time.Duration {
	out := make([]time.Duration, n)
	for i := range out {
		out[i] = d
	}
	return out
}

func open(t *testing.T, retry *manifest.Retry, service http.RoundTripper) *direct.Client {
	t.Helper()
	client, err := direct.New(&manifest.Document{
		Retry: retry,
		Entities: []manifest.Entity{{
			Name: "things", Operations: []manifest.Operation{{Action: "list", Method: http.MethodGet, Path: "/things"}},
		}},
	}, direct.Config{
		BaseURL: "https://api.test", HTTP: &http.Client{Transport: service},
		Retries: direct.ManifestRetries, RateLimit: direct.ManifestLimits,
	})
	if err != nil {
		t.Fatal(err)
	}
	return client
}
