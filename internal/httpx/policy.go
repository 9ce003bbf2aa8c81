package httpx

import (
	"errors"
	"net"
	"net/http"
	"slices"
	"time"

	"github.com/cenkalti/backoff/v5"
)

// Policy says when a call is repeated and how long it waits before. A write is
// repeated after a status only when that is 429.
type Policy struct {
	First  time.Duration // delay before the second attempt
	Factor float64       // each delay is the one before times this
	Max    time.Duration // longest computed delay
	Spread float64       // share of a delay that chance adds or takes away, 0 to 1

	Statuses  []int // HTTP statuses that pass
	OnTimeout bool  // a time limit: the attempt's own, the dialer's, the HTTP client's
	OnNetwork bool  // no answer, or a cut one

	// Wait reads how long the server asks to wait. When that is longer than
	// MaxWait the call ends at once and reports it.
	Wait    func(http.Header, time.Time) (time.Duration, bool)
	MaxWait time.Duration
}

// DefaultPolicy waits 0.5 s, 1 s, 2 s … up to 10 s, each give or take half, so
// that many clients do not come back at the same moment.
func DefaultPolicy() Policy {
	return Policy{
		First: 500 * time.Millisecond, Factor: 2, Max: 10 * time.Second, Spread: 0.5,
		Statuses: []int{
			http.StatusTooManyRequests, http.StatusBadGateway, http.StatusServiceUnavailable, http.StatusGatewayTimeout,
		},
		OnTimeout: true, OnNetwork: true,
		Wait:    func(h http.Header, now time.Time) (time.Duration, bool) { return RetryAfter(h.Get("Retry-After"), now) },
		MaxWait: MaxRetryAfter,
	}
}

func (p *Policy) repeats(status int) bool { return slices.Contains(p.Statuses, status) }

// passes reports whether a lost exchange counts as one that may work the next
// time. The time limits of a dialer and of an injected client are time-outs too.
func (p *Policy) passes(err error) bool {
	if timeout, ok := errors.AsType[net.Error](err); ok && timeout.Timeout() {
		return p.OnTimeout
	}
	return p.OnNetwork
}

func (p *Policy) delays() *backoff.ExponentialBackOff {
	b := backoff.NewExponentialBackOff()
	b.InitialInterval, b.Multiplier, b.MaxInterval, b.RandomizationFactor = p.First, p.Factor, p.Max, p.Spread
	return b
}
