package direct

import (
	"net/http"
	"time"

	"github.com/agentsdk-go/airbyte/internal/httpx"
	"github.com/agentsdk-go/airbyte/internal/manifest"
)

// policy is what a manifest says about retries, in the words of the transport.
func policy(r *manifest.Retry) *httpx.Policy {
	p := &httpx.Policy{
		First: seconds(r.InitialDelay), Factor: r.Base, Max: seconds(r.MaxDelay),
		Statuses: r.Statuses, OnTimeout: r.OnTimeout, OnNetwork: r.OnNetwork,
		Wait: waitHeader(r.WaitHeader, r.WaitFormat), MaxWait: seconds(r.MaxDelay),
	}
	if r.Jitter { // anything between no delay and the whole one
		p.First, p.Max, p.Spread = p.First/2, p.Max/2, 1
	}
	return p
}

func seconds(n float64) time.Duration { return time.Duration(n * float64(time.Second)) }

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
