package direct

import (
	"context"
	"sync"
	"time"

	"golang.org/x/time/rate"

	"github.com/agentsdk-go/airbyte/internal/fault"
	"github.com/agentsdk-go/airbyte/internal/manifest"
)

// limits keeps requests below what the service allows: per operation, because
// services that say it count so. Retries count like any other request.
//
// Half of a minute's requests, rounded up, may come at once; the other half is
// spread over the minute. So no minute holds more than are allowed, wherever it
// begins: a burst of all of them would be followed by those that the minute
// after it earns.
type limits struct {
	perMinute int // ManifestLimits: the operation's own; 0: none
	mu        sync.Mutex
	limiters  map[string]*limiter
}

// limiter is what the requests of one operation share.
type limiter struct {
	perMinute int
	slots     *rate.Limiter
}

func newLimiter(perMinute int) *limiter {
	burst := (perMinute + 1) / 2
	spread := max(perMinute-burst, 1) // of one a minute, the burst is also what comes back
	return &limiter{perMinute: perMinute, slots: rate.NewLimiter(rate.Limit(float64(spread)/60), burst)}
}

// gate returns what holds the requests of op back, nil when nothing does.
func (l *limits) gate(op *manifest.Operation) func(context.Context) error {
	if limiter := l.of(op); limiter != nil {
		return limiter.wait
	}
	return nil
}

// wait holds a request back until it may be sent. When the context would end
// before, it fails at once.
func (l *limiter) wait(ctx context.Context) error {
	slot := l.slots.Reserve()
	delay := slot.Delay()
	if delay == 0 {
		return nil
	}
	if deadline, ok := ctx.Deadline(); ok && time.Until(deadline) < delay {
		slot.Cancel()
		e := failure(fault.RateLimited, "%d calls per minute are allowed, and the next one is due only after the deadline", l.perMinute)
		e.RetryAfter = delay
		return e
	}
	timer := time.NewTimer(delay)
	defer timer.Stop()
	select {
	case <-timer.C:
		return nil
	case <-ctx.Done():
		slot.Cancel()
		e := failure(fault.Canceled, "canceled while waiting for the rate limit")
		e.Err = ctx.Err()
		return e
	}
}

// of returns the limiter that op's requests share, nil when they have none.
func (l *limits) of(op *manifest.Operation) *limiter {
	n := l.perMinute
	if n == ManifestLimits {
		n = op.RateLimit
	}
	if n <= 0 {
		return nil
	}
	key := op.Method + " " + op.Path
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.limiters == nil {
		l.limiters = map[string]*limiter{}
	}
	shared, ok := l.limiters[key]
	if !ok {
		shared = newLimiter(n)
		l.limiters[key] = shared
	}
	return shared
}
