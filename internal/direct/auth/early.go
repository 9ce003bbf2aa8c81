package auth

import (
	"context"
	"errors"
	"time"

	"github.com/agentsdk-go/airbyte/internal/fault"
)

// margin is how long before its end a token is renewed: requests take a while,
// and clocks differ.
func margin(life time.Duration) time.Duration { return min(time.Minute, life/10) }

// due reports whether a newer token than that of s should be asked for now.
func (a *Authenticator) due(s *snapshot) bool {
	if a.tokens == nil {
		return false
	}
	now := a.now()
	switch {
	case s.access == "":
		return true
	case s.renewAt.IsZero() || now.Before(s.renewAt):
		return false
	}
	resumes := a.resumes.Load()
	return resumes == nil || !now.Before(*resumes) || !now.Before(s.endsAt)
}

// good reports whether s holds a token that has not ended. It is asked of
// snapshots that are due, whose end is known.
func (a *Authenticator) good(s *snapshot) bool {
	return s.access != "" && a.now().Before(s.endsAt)
}

// renewEarly sees to it that the snapshot after old is under way, and returns.
// What goes wrong is for the callers that come after the token's end.
func (a *Authenticator) renewEarly(ctx context.Context, old *snapshot) {
	// One watcher is enough: with an endpoint that hangs, each further one would
	// stay in memory as long as the exchange.
	if ctx.Err() != nil || !a.early.CompareAndSwap(false, true) {
		return
	}
	done := a.flight(ctx, old)
	go func() {
		<-done
		a.early.Store(false)
	}()
}

// postpone puts the next early renewal off after one that failed with err, so
// that not every call asks an endpoint that is away or refuses.
func (a *Authenticator) postpone(s *snapshot, err error) {
	if s.endsAt.IsZero() {
		return
	}
	pause := s.endsAt.Sub(s.renewAt) / 10
	if e, ok := errors.AsType[*fault.Error](err); ok {
		pause = max(pause, e.RetryAfter)
	}
	resumes := a.now().Add(pause)
	a.resumes.Store(&resumes)
}
