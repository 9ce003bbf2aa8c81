package doctor

import (
	"cmp"
	"fmt"
	"net/http"
	"sync"
	"time"
)

// mostSkew is how far two clocks may differ before tokens that have just been
// issued look expired, or signed requests too old.
const mostSkew = time.Minute

// watch is a transport that remembers how the host answered.
type watch struct {
	base http.RoundTripper
	now  func() time.Time

	mu       sync.Mutex
	answered bool
	host     string
	took     time.Duration // of the first answer
	date     time.Time     // the host's; zero when it says none
	at       time.Time     // when that came
}

func newWatch(now func() time.Time) *watch {
	base := http.RoundTripper(http.DefaultTransport)
	if t, ok := base.(*http.Transport); ok {
		base = t.Clone()
	}
	return &watch{base: base, now: now}
}

func (w *watch) client() *http.Client { return &http.Client{Transport: w} }

// RoundTrip passes the request on.
func (w *watch) RoundTrip(req *http.Request) (*http.Response, error) {
	start := w.now()
	res, err := w.base.RoundTrip(req)
	w.mu.Lock()
	defer w.mu.Unlock()
	w.host = req.URL.Host
	if err != nil || w.answered {
		return res, err
	}
	w.answered, w.at = true, w.now()
	w.took = w.at.Sub(start)
	if date, err := http.ParseTime(res.Header.Get("Date")); err == nil {
		w.date = date
	}
	return res, nil
}

// report says if the host was reached, and if its clock and ours agree. failed is
// the error of the call that was made, nil when it succeeded.
func (w *watch) report(r *Report, failed error) (reached bool) {
	w.mu.Lock()
	defer w.mu.Unlock()
	if !w.answered {
		if failed == nil {
			r.skip("nothing was sent", checkHost, checkClock)
			return false
		}
		r.fail(checkHost, failed)
		c := r.find(checkHost)
		if w.host != "" {
			c.Message = w.host + ": " + c.Message
		}
		c.Hint = cmp.Or(c.Hint, "check the address, the network, a proxy (HTTPS_PROXY) and its certificate")
		return false
	}
	r.ok(checkHost, fmt.Sprintf("%s answered in %s", w.host, w.took.Round(time.Millisecond)))
	w.clock(r)
	return true
}

func (w *watch) clock(r *Report) {
	if w.date.IsZero() {
		r.skip("the host does not say what time it is", checkClock)
		return
	}
	skew := w.at.Sub(w.date).Round(time.Second)
	switch {
	case skew > mostSkew:
		r.warn(checkClock, fmt.Sprintf("this machine's clock is %s ahead of the host's", skew), "set the clock: tokens would be taken for expired")
	case skew < -mostSkew:
		r.warn(checkClock, fmt.Sprintf("this machine's clock is %s behind the host's", -skew), "set the clock: tokens would be used after they expired")
	default:
		r.ok(checkClock, "this machine's clock agrees with the host's")
	}
}
