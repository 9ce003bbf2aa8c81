package httpx_test

import (
	"errors"
	"io"
	"net"
	"net/http"
	"slices"
	"strings"
	"syscall"
	"testing"
	"testing/synctest"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/agentsdk-go/airbyte/internal/httpx"
)

// scripted answers requests with one status after the other, 0 being a lost
// connection, and notes when each request came.
type scripted struct {
	statuses []int
	header   http.Header
	came     []time.Time
}

func (s *scripted) RoundTrip(r *http.Request) (*http.Response, error) {
	status := s.statuses[min(len(s.came), len(s.statuses)-1)]
	s.came = append(s.came, time.Now())
	if status == 0 {
		return nil, &net.OpError{Op: "read", Err: syscall.ECONNRESET}
	}
	return &http.Response{
		StatusCode: status, Header: s.header.Clone(), Body: io.NopCloser(strings.NewReader("{}")), ContentLength: 2, Request: r,
	}, nil
}

// waits are the times between the requests.
func (s *scripted) waits() []time.Duration {
	var out []time.Duration
	for i := 1; i < len(s.came); i++ {
		out = append(out, s.came[i].Sub(s.came[i-1]))
	}
	return out
}

func plainPolicy() httpx.Policy {
	p := httpx.DefaultPolicy()
	p.First, p.Factor, p.Max, p.Spread = time.Second, 2, time.Minute, 0
	p.Statuses = []int{429, 500}
	return p
}

func TestPolicy(t *testing.T) {
	t.Parallel()
	tests := map[string]struct {
		change   func(*httpx.Policy)
		statuses []int
		header   http.Header
		write    bool
		waits    []time.Duration
		fails    bool
	}{
		"delays double":                {statuses: []int{500, 500, 200}, waits: []time.Duration{time.Second, 2 * time.Second}},
		"no delay is a short one":      {change: func(p *httpx.Policy) { p.First = 0 }, statuses: []int{500, 500, 200}, waits: []time.Duration{100 * time.Millisecond, 100 * time.Millisecond}},
		"a status that does not pass":  {statuses: []int{501}, fails: true},
		"delays are capped":            {change: func(p *httpx.Policy) { p.Max = time.Second }, statuses: []int{500, 500, 200}, waits: []time.Duration{time.Second, time.Second}},
		"a write after 500":            {statuses: []int{500}, write: true, fails: true},
		"a write after 429":            {statuses: []int{429, 200}, write: true, waits: []time.Duration{time.Second}},
		"a lost connection":            {statuses: []int{0, 200}, waits: []time.Duration{time.Second}},
		"a lost connection, not again": {change: func(p *httpx.Policy) { p.OnNetwork = false }, statuses: []int{0}, fails: true},
		"what the server asks for":     {statuses: []int{429, 200}, header: http.Header{"Retry-After": {"7"}}, waits: []time.Duration{7 * time.Second}},
		"more than is waited":          {statuses: []int{429}, header: http.Header{"Retry-After": {"61"}}, fails: true},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				policy := plainPolicy()
				if test.change != nil {
					test.change(&policy)
				}
				server := &scripted{statuses: test.statuses, header: test.header}
				c := httpx.New(httpx.Config{Retries: 2, HTTP: &http.Client{Transport: server}, Policy: &policy})
				req := get(t)
				req.Write = test.write
				_, err := c.Do(t.Context(), req)
				if (err != nil) != test.fails {
					t.Errorf("error = %v", err)
				}
				if diff := cmp.Diff(test.waits, server.waits()); diff != "" {
					t.Errorf("waits (-want +got):\n%s", diff)
				}
			})
		})
	}
}

// hanging answers only when the request's time is over.
type hanging struct{ n int }

func (h *hanging) RoundTrip(r *http.Request) (*http.Response, error) {
	h.n++
	<-r.Context().Done()
	return nil, r.Context().Err()
}

func TestPolicyOnTimeout(t *testing.T) {
	t.Parallel()
	for _, again := range []bool{true, false} {
		synctest.Test(t, func(t *testing.T) {
			policy := plainPolicy()
			policy.OnTimeout = again
			server := &hanging{}
			c := httpx.New(httpx.Config{Retries: 1, HTTP: &http.Client{Transport: server}, Policy: &policy})
			req := get(t)
			req.Timeout = time.Minute
			_, err := c.Do(t.Context(), req)
			var e *httpx.Error
			if !errors.As(err, &e) || (e.Attempts == 2) != again || server.n != e.Attempts {
				t.Errorf("again = %t: %d requests, error %v", again, server.n, err)
			}
		})
	}
}

func TestPolicySpread(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		policy := plainPolicy()
		policy.First, policy.Max, policy.Spread = policy.First/2, policy.Max/2, 1
		var seen []time.Duration
		for range 50 {
			server := &scripted{statuses: []int{500, 200}}
			c := httpx.New(httpx.Config{Retries: 1, HTTP: &http.Client{Transport: server}, Policy: &policy})
			if _, err := c.Do(t.Context(), get(t)); err != nil {
				t.Fatal(err)
			}
			seen = append(seen, server.waits()...)
		}
		low, high := slices.Min(seen), slices.Max(seen)
		if low < 0 || high > time.Second || high-low < 100*time.Millisecond {
			t.Errorf("delays between %v and %v, want some spread over 0 to 1 s", low, high)
		}
	})
}
