package httpx

import (
	"math"
	"net/http"
	"strconv"
	"strings"
	"time"
)

// MaxRetryAfter is the longest wait that a server is given. A longer one ends
// the call at once and is reported in Error.RetryAfter.
const MaxRetryAfter = time.Minute

// retryAfterCeiling bounds what is reported, against absurd header values.
const retryAfterCeiling = 24 * time.Hour

// RetryAfter reads a Retry-After header in either form, seconds or a date.
// It is false when the header is absent or unreadable; a date in the past is 0.
func RetryAfter(header string, now time.Time) (time.Duration, bool) {
	header = strings.TrimSpace(header)
	if header == "" {
		return 0, false
	}
	if isDigits(header) {
		seconds, err := strconv.ParseInt(header, 10, 32)
		if err != nil { // more digits than fit
			return retryAfterCeiling, true
		}
		return min(time.Duration(seconds)*time.Second, retryAfterCeiling), true
	}
	at, err := http.ParseTime(header)
	if err != nil {
		return 0, false
	}
	return min(max(at.Sub(now), 0), retryAfterCeiling), true
}

// Wait reads a wait in one of the formats that services use: "seconds",
// "milliseconds" or "unix_timestamp", the time at which it ends. Fractions and
// HTTP dates are understood in all of them. What is negative or no number is
// false.
func Wait(text, format string, now time.Time) (time.Duration, bool) {
	n, err := strconv.ParseFloat(strings.TrimSpace(text), 64)
	if err != nil {
		return RetryAfter(text, now)
	}
	switch format {
	case "milliseconds":
		n /= 1000
	case "unix_timestamp":
		n = max(n-float64(now.UnixNano())/1e9, 0)
	}
	if math.IsNaN(n) || n < 0 {
		return 0, false
	}
	return time.Duration(min(n, retryAfterCeiling.Seconds()) * float64(time.Second)), true
}

func isDigits(s string) bool {
	for i := range len(s) {
		if s[i] < '0' || s[i] > '9' {
			return false
		}
	}
	return true
}
