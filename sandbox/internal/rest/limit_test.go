package rest_test

import (
	"fmt"
	"testing"
	"time"

	"github.com/agentsdk-go/airbyte/sandbox/internal/rest"
)

func TestRateLimits(t *testing.T) {
	t.Parallel()
	now := time.Date(2026, 11, 1, 12, 0, 0, 0, time.UTC)
	api := newAPI(rest.Options{RateLimits: true, Now: func() time.Time { return now }})
	for i := range 30 {
		w := call(t, api, "GET /issue-statuses", "")
		if want := fmt.Sprint(29 - i); w.Code != 200 || w.Header().Get("X-Rate-Limit-Remaining") != want {
			t.Fatalf("call %d: %d, remaining %q, want %s", i, w.Code, w.Header().Get("X-Rate-Limit-Remaining"), want)
		}
	}
	now = now.Add(12500 * time.Millisecond)
	w := call(t, api, "GET /issue-statuses", "")
	if a := open(t, w); w.Code != 429 || a.Code != "rate_limited" || w.Header().Get("X-Retry-After") != "48" || w.Header().Get("Retry-After") != "" {
		t.Errorf("%d %v %s", w.Code, w.Header(), w.Body)
	}
	if w := call(t, api, "GET /me", ""); w.Code != 200 {
		t.Errorf("another route: %d", w.Code)
	}
	if w := call(t, api, "GET /issue-statuses", "", "Authorization", "Bearer other"); w.Code != 401 {
		t.Errorf("a wrong token: %d, want 401 before the limit", w.Code)
	}
	now = now.Add(48 * time.Second)
	if w := call(t, api, "GET /issue-statuses", ""); w.Code != 200 {
		t.Errorf("in the next minute: %d", w.Code)
	}
}

func TestRateLimitsBeforeTheBody(t *testing.T) {
	t.Parallel()
	now := time.Date(2026, 11, 1, 12, 0, 0, 0, time.UTC)
	api := newAPI(rest.Options{RateLimits: true, RetryAfterToo: true, Now: func() time.Time { return now }})
	for range 30 {
		if w := call(t, api, "POST /issues", "{"); w.Code != 400 {
			t.Fatalf("%d", w.Code)
		}
	}
	w := call(t, api, "POST /issues", "{")
	if w.Code != 429 || w.Header().Get("Retry-After") != "60" || w.Header().Get("X-Retry-After") != "60" {
		t.Errorf("%d %v", w.Code, w.Header())
	}
}

func TestLimitsAreOffByDefault(t *testing.T) {
	t.Parallel()
	api := newAPI(rest.Options{})
	for range 40 {
		if w := call(t, api, "GET /issue-statuses", ""); w.Code != 200 || w.Header().Get("X-Rate-Limit-Remaining") != "29" {
			t.Fatalf("%d, remaining %q", w.Code, w.Header().Get("X-Rate-Limit-Remaining"))
		}
	}
}
