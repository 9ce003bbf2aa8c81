package sandbox

import (
	"encoding/json"
	"maps"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"sync"
	"time"
)

// Fault is one thing that goes wrong. Faults are tried in the order in which
// they were injected; the first that matches a request applies to it alone.
//
// What happens, in this order: the request waits for Delay; with AfterWork the
// request's work is done and its answer thrown away; then the connection is
// dropped (Drop), or the scripted answer is sent (when Status, Body or
// RetryAfter is set), or else the true one with Header added. Truncate cuts
// either of them.
type Fault struct {
	Route  string // one of the Route constants; "" matches every route
	Entity string // of an execute request; "" matches every entity
	Action string // of an execute request; "" matches every action
	Times  int    // how many requests it applies to: 0 means 1, below 0 means all

	// Status of the scripted answer: 200 when only Body is set, 429 when only
	// RetryAfter is.
	Status int
	// Body is sent as it is; "" with a Status is an empty body.
	Body string
	// Header is added to the answer. Content-Type is guessed from Body unless
	// it is here.
	Header http.Header
	// RetryAfter sets the Retry-After header, in seconds rounded up. On
	// [RoutePylon] it is X-Retry-After, which is what Pylon sends, and
	// Retry-After too with [WithPylonRetryAfter].
	RetryAfter time.Duration

	// Delay holds the request back. It ends early, without an answer, when the
	// client goes away or the sandbox closes.
	Delay time.Duration
	// Drop closes the connection without an answer. Go's own HTTP client sends
	// a GET again, once, when that happens to a connection it has used before;
	// count on two requests there.
	Drop bool
	// AfterWork does the request's work before it fails: what a client sees of
	// a write whose answer was lost.
	AfterWork bool
	// Truncate ends the body after that many bytes, or one before its end if
	// it is shorter, and closes the connection, so that the client finds less
	// than was announced. 0 leaves the body whole.
	Truncate int
}

// Inject adds faults to the end of the script.
func (s *Sandbox) Inject(faults ...Fault) { s.faults.add(faults) }

// Faults returns the faults that have not been used up, with the Times that are
// left. A test that expects all of them to happen checks that it is empty.
func (s *Sandbox) Faults() []Fault { return s.faults.left() }

type faultScript struct {
	mu     sync.Mutex
	script []Fault
}

func (f *faultScript) add(faults []Fault) {
	f.mu.Lock()
	defer f.mu.Unlock()
	for _, fault := range faults {
		if fault.Times == 0 {
			fault.Times = 1
		}
		fault.Header = maps.Clone(fault.Header)
		f.script = append(f.script, fault)
	}
}

func (f *faultScript) left() []Fault {
	f.mu.Lock()
	defer f.mu.Unlock()
	return slices.Clone(f.script)
}

func (f *faultScript) clear() {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.script = nil
}

// take uses up one application of the first fault that matches.
func (f *faultScript) take(route, entity, action string) (Fault, bool) {
	f.mu.Lock()
	defer f.mu.Unlock()
	i := slices.IndexFunc(f.script, func(fault Fault) bool { return fault.matches(route, entity, action) })
	if i < 0 {
		return Fault{}, false
	}
	fault := f.script[i]
	switch {
	case fault.Times > 1:
		f.script[i].Times--
	case fault.Times == 1:
		f.script = slices.Delete(f.script, i, i+1)
	}
	return fault, true
}

func (f Fault) matches(route, entity, action string) bool {
	return (f.Route == "" || f.Route == route) &&
		(f.Entity == "" || f.Entity == entity) &&
		(f.Action == "" || f.Action == action)
}

// fail applies a fault to one request; work does what was asked for.
func (s *Sandbox) fail(w http.ResponseWriter, r *http.Request, route string, fault Fault, work func(http.ResponseWriter)) {
	if !s.wait(r, fault.Delay) {
		panic(http.ErrAbortHandler)
	}
	if fault.AfterWork {
		work(&buffer{})
	}
	if fault.Drop {
		panic(http.ErrAbortHandler) // net/http closes the connection without an answer
	}
	if fault.onlyDelays() {
		work(w)
		return
	}
	answer, scripted := fault.answer()
	if !scripted {
		var real buffer
		work(&real)
		answer = real.response()
	}
	fault.send(w, answer, s.retryHeaders(route))
}

// retryHeaders are the headers that say how long to wait.
func (s *Sandbox) retryHeaders(route string) []string {
	switch {
	case route != RoutePylon:
		return []string{"Retry-After"}
	case s.config.pylonRetryAfter:
		return []string{"X-Retry-After", "Retry-After"}
	default:
		return []string{"X-Retry-After"}
	}
}

func (f Fault) onlyDelays() bool {
	_, scripted := f.answer()
	return !scripted && len(f.Header) == 0 && f.Truncate <= 0 && !f.AfterWork
}

// wait reports whether the delay ended by itself.
func (s *Sandbox) wait(r *http.Request, delay time.Duration) bool {
	if delay <= 0 {
		return true
	}
	timer := time.NewTimer(delay)
	defer timer.Stop()
	select {
	case <-timer.C:
		return true
	case <-r.Context().Done():
		return false
	case <-s.closing:
		return false
	}
}

// answer returns the scripted answer, if the fault has one.
func (f Fault) answer() (response, bool) {
	status := f.Status
	switch {
	case status == 0 && f.RetryAfter > 0:
		status = http.StatusTooManyRequests
	case status == 0 && f.Body != "":
		status = http.StatusOK
	case status == 0:
		return response{}, false
	}
	return response{status: status, contentType: contentType(f.Body), body: []byte(f.Body)}, true
}

func contentType(body string) string {
	switch {
	case strings.HasPrefix(strings.TrimSpace(body), "<"):
		return "text/html; charset=utf-8"
	case body == "" || json.Valid([]byte(body)):
		return "application/json"
	}
	return "text/plain; charset=utf-8"
}

func (f Fault) send(w http.ResponseWriter, answer response, retryHeaders []string) {
	answer.header = maps.Clone(answer.header)
	if answer.header == nil {
		answer.header = http.Header{}
	}
	if f.RetryAfter > 0 {
		seconds := (f.RetryAfter + time.Second - 1) / time.Second
		for _, name := range retryHeaders {
			answer.header.Set(name, strconv.Itoa(int(seconds)))
		}
	}
	for key, values := range f.Header {
		answer.header[http.CanonicalHeaderKey(key)] = values
	}
	if answer.header.Get("Content-Type") != "" {
		answer.contentType = ""
	}
	if f.Truncate > 0 && len(answer.body) > 0 {
		// net/http closes the connection when less is written than announced.
		answer.header.Set("Content-Length", strconv.Itoa(len(answer.body)))
		answer.body = answer.body[:min(f.Truncate, len(answer.body)-1)]
	}
	answer.send(w)
}
