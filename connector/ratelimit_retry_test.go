package connector_test

import (
	"context"
	"io"
	"net/http"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/agentsdk-go/airbyte/connector"
)

// failing answers with one status after the other, and notes when each
// request came.
type failing struct {
	noting
	statuses []int
}

func (f *failing) RoundTrip(r *http.Request) (*http.Response, error) {
	status := f.statuses[len(f.came)]
	res, err := f.noting.RoundTrip(r)
	res.StatusCode = status
	return res, err
}

func TestRateLimitCountsRetries(t *testing.T) {
	t.Parallel()
	tests := map[string]struct {
		limit    int
		statuses []int
		deadline time.Duration // 0: none
		cancel   time.Duration // 0: never
		came     []time.Duration
		fails    failure
	}{
		"each takes a slot": {
			limit: 4, statuses: []int{500, 500, 200, 200}, came: []time.Duration{0, 50 * time.Millisecond, 30 * time.Second, time.Minute},
		},
		"due after the deadline": {
			limit: 1, statuses: []int{500}, deadline: 10 * time.Second, came: []time.Duration{0},
			fails: failure{kind: connector.ErrUnavailable, status: http.StatusInternalServerError},
		},
		"canceled while waiting": {
			limit: 1, statuses: []int{500}, cancel: 10 * time.Second, came: []time.Duration{0},
			fails: failure{kind: context.Canceled, status: http.StatusInternalServerError, says: []string{"waiting to try again"}},
		},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				service := &failing{statuses: test.statuses}
				m := loadCase(t, retrying("").String())
				conn, err := connector.Open(m, connector.Credentials{"token": caseToken},
					connector.WithRateLimit(test.limit), connector.WithHTTPClient(&http.Client{Transport: service}))
				if err != nil {
					t.Fatal(err)
				}
				ctx, cancel := context.WithCancel(t.Context())
				defer cancel()
				if test.deadline > 0 {
					ctx, cancel = context.WithTimeout(ctx, test.deadline)
					defer cancel()
				}
				if test.cancel > 0 {
					time.AfterFunc(test.cancel, cancel)
				}
				start := time.Now()
				for err == nil && len(service.came) < len(test.statuses) {
					_, err = conn.Execute(ctx, "things", "list", nil)
				}
				if test.fails.kind != nil {
					test.fails.check(t, err)
				} else if err != nil {
					t.Error(err)
				}
				var came []time.Duration
				for _, at := range service.came {
					came = append(came, at.Sub(start).Round(10*time.Millisecond))
				}
				if diff := cmp.Diff(test.came, came); diff != "" {
					t.Errorf("requests (-want +got):\n%s", diff)
				}
			})
		})
	}
}

func TestRateLimitCountsTheCallAfterARenewal(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		service := &renewingService{t: t}
		m := loadCase(t, caseManifest{Schemes: renewing("body", "form")}.String())
		conn, err := connector.Open(m, withAccess, connector.WithRateLimit(1), connector.WithHTTPClient(&http.Client{Transport: service}))
		if err != nil {
			t.Fatal(err)
		}
		start := time.Now()
		if _, err := conn.Execute(t.Context(), "things", "list", nil); err != nil {
			t.Fatal(err)
		}
		if got := time.Since(start).Round(time.Second); got != time.Minute || len(service.came) != 2 {
			t.Errorf("%d requests within %v, want 2 within 1m", len(service.came), got)
		}
	})
}

// renewingService knows newToken alone, and hands it out.
type renewingService struct {
	t *testing.T
	noting
}

func (s *renewingService) RoundTrip(r *http.Request) (*http.Response, error) {
	if r.Method+" "+r.URL.String() == tokenCall {
		res, err := new(noting).RoundTrip(r)
		res.Body = io.NopCloser(strings.NewReader(`{"access_token":"` + newToken + `"}`))
		return res, err
	}
	if r.Method+" "+r.URL.String() != listThings {
		s.t.Errorf("unexpected request %s %s", r.Method, r.URL)
	}
	res, err := s.noting.RoundTrip(r)
	if r.Header.Get("Authorization") != "Bearer "+newToken {
		res.StatusCode = http.StatusUnauthorized
	}
	return res, err
}
