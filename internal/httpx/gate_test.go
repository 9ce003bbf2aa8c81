package httpx_test

import (
	"context"
	"errors"
	"net/http"
	"testing"
	"testing/synctest"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/agentsdk-go/airbyte/internal/fault"
	"github.com/agentsdk-go/airbyte/internal/httpx"
)

// errShut is what a closed gate says.
var errShut = errors.New("shut")

func TestGate(t *testing.T) {
	t.Parallel()
	tests := map[string]struct {
		gate    func(ctx context.Context, n int) error // n counts from 1
		asked   int
		waits   []time.Duration
		is      error // nil: the call works
		kind    fault.Kind
		status  int
		attempt int
	}{
		"lets all pass": {gate: func(context.Context, int) error { return nil }, asked: 3, waits: []time.Duration{time.Second, 2 * time.Second}},
		"holds each back": {
			gate:  func(context.Context, int) error { <-time.After(time.Minute); return nil },
			asked: 3, waits: []time.Duration{61 * time.Second, 62 * time.Second},
		},
		"lets nothing pass": {gate: func(context.Context, int) error { return errShut }, asked: 1, is: errShut},
		"lets no retry pass": {
			gate: func(_ context.Context, n int) error {
				if n == 2 {
					return errShut
				}
				return nil
			},
			asked: 2, is: fault.ErrUnavailable, kind: fault.Unavailable, status: 500, attempt: 1,
		},
		"waits until the context ends": {
			gate: func(ctx context.Context, n int) error {
				if n == 2 {
					<-ctx.Done()
					return errShut
				}
				return nil
			},
			asked: 2, is: context.DeadlineExceeded, kind: fault.Canceled, status: 500, attempt: 1,
		},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				policy := plainPolicy()
				server := &scripted{statuses: []int{500, 500, 200}}
				c := httpx.New(httpx.Config{Retries: 2, HTTP: &http.Client{Transport: server}, Policy: &policy})
				ctx, cancel := context.WithTimeout(t.Context(), time.Hour)
				defer cancel()
				asked := 0
				req := get(t)
				req.Gate = func(ctx context.Context) error {
					asked++
					return test.gate(ctx, asked)
				}
				_, err := c.Do(ctx, req)
				if !errors.Is(err, test.is) || asked != test.asked {
					t.Errorf("error = %v; asked %d times, want %d", err, asked, test.asked)
				}
				e, ok := errors.AsType[*httpx.Error](err)
				if ok != (test.kind != "") || ok && (e.Kind != test.kind || e.Status != test.status || e.Attempts != test.attempt) {
					t.Errorf("error = %#v", err)
				}
				if diff := cmp.Diff(test.waits, server.waits()); diff != "" {
					t.Errorf("waits (-want +got):\n%s", diff)
				}
			})
		})
	}
}
