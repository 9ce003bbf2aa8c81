package direct

import (
	"net/http"
	"time"

	"github.com/agentsdk-go/airbyte/internal/httpx"
	"github.com/agentsdk-go/airbyte/internal/manifest"
)

// policy is what a manifest says about retries, in the words of the transport.
func policy(r *manifest.Retry) *httpx.Policy {
	longest := seconds(r.MaxDelay)
	p := &httpx.Policy{
		First: min(seconds(r.InitialDelay), longest), Factor: r.Base, Max: longest,
		Statuses: r.Statuses, OnTimeout: r.OnTimeout, OnNetwork: r.OnNetwork,
		Wait: waitHeader(r.WaitHeader, r.WaitFormat), MaxWait: longest,
	}
	if r.Jitter { // anything between no delay and the whole one
		p.First, p.Max, p.Spread = p.First/2, p.Max/2, 1
	}
	return p
}

// The bounds of what a manifest may ask for.
const (
	maxDelay    = 24 * time.Hour
	maxAttempts = 10
)

// seconds is n seconds within 0 and maxDelay, which no duration overflows.
func seconds(n float64) time.Duration {
	if !(n > 0) { // not a number is none
		return 0
	}
	return time.Duration(min(n, maxDelay.Seconds()) * float64(time.Second))
}

// retries is how many attempts a manifest wants after the first.
func retries(r *manifest.Retry) int { return min(max(r.Attempts, 1), maxAttempts) - 1 }

// waitHeader reads how long the service asks to wait: from the header that the
// manifest names, or else from the standard one.
func waitHeader(name, format string) func(http.Header, time.Time) (time.Duration, bool) {
	return func(h http.Header, now time.Time) (time.Duration, bool) {
		if name != "" {
			if wait, ok := httpx.Wait(h.Get(name), format, now); ok {
				return wait, true
			}
		}
		return httpx.RetryAfter(h.Get("Retry-After"), now)
	}
}
