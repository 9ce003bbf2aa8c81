package direct

import (
	"context"
	"sync"
	"time"

	"golang.org/x/time/rate"

	"github.com/agentsdk-go/airbyte/internal/fault"
	"github.com/agentsdk-go/airbyte/internal/manifest"
)

// limits keeps calls below what the service allows: per operation, because
// services that say it count so. A full minute's calls may come at once.
type limits struct {
	perMinute int // ManifestLimits: the operation's own; 0: none
	mu        sync.Mutex
	limiters  map[string]*rate.Limiter
}

// wait holds a call back until it may be sent. When the context would end
// before, it fails at once.
func (l *limits) wait(ctx context.Context, op *manifest.Operation) error {
	limiter := l.of(op)
	if limiter == nil {
		return nil
	}
	slot := limiter.Reserve()
	delay := slot.Delay()
	if delay == 0 {
		return nil
	}
	if deadline, ok := ctx.Deadline(); ok && time.Until(deadline) < delay {
		slot.Cancel()
		e := failure(fault.RateLimited, "%d calls per minute are allowed, and the next one is due only after the deadline", limiter.Burst())
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

// of returns the limiter that op's calls share, nil when they have none.
func (l *limits) of(op *manifest.Operation) *rate.Limiter {
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
		l.limiters = map[string]*rate.Limiter{}
	}
	limiter, ok := l.limiters[key]
	if !ok {
		limiter = rate.NewLimiter(rate.Limit(float64(n)/60), n)
		l.limiters[key] = limiter
	}
	return limiter
}
