package direct

import (
	"net/http"
	"strconv"
	"strings"
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
			if wait, ok := waitValue(h.Get(name), format, now); ok {
				return wait, true
			}
		}
		return httpx.RetryAfter(h.Get("Retry-After"), now)
	}
}

// waitValue reads a wait in one of the formats that manifests know. Fractions
// and HTTP dates are understood in all of them; what is negative or absurd is
// not believed.
func waitValue(text, format string, now time.Time) (time.Duration, bool) {
	n, err := strconv.ParseFloat(strings.TrimSpace(text), 64)
	if err != nil {
		return httpx.RetryAfter(text, now)
	}
	switch format {
	case "milliseconds":
		n /= 1000
	case "unix_timestamp":
		n = max(n-float64(now.UnixNano())/1e9, 0)
	}
	const day = 24 * 60 * 60
	if !(n >= 0) { // false for NaN too
		return 0, false
	}
	return seconds(min(n, day)), true
}
