package connector_test

import (
	"fmt"
	"io"
	"net/http"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// The values of an exchange that stand for others.
const (
	anything = "*" // a body or a header that the test looks at itself, or that need only be there
	absent   = ""  // a header that must not be there
)

// exchange is one request that a case expects, and the answer to it.
type exchange struct {
	request string            // method and target as sent, such as "GET /v1/things?limit=1"
	header  map[string]string // of the request: the exact value, absent or anything
	body    string            // of the request, every byte; anything: not looked at
	status  int               // of the answer; 0: 200
	with    map[string]string // headers of the answer; Content-Type is application/json unless it says otherwise
	answer  string            // body of the answer
}

// sent is a request as the service got it.
type sent struct {
	method, target string // target is path and query as they were written
	header         http.Header
	body           string
}

// traffic is what goes between a connector and a service.
type traffic struct {
	t         *testing.T
	exchanges []exchange
	mu        sync.Mutex
	requests  []sent
}

// expect plays the exchanges in their order. A request too many, or too few at
// the end of the test, fails it; without exchanges nothing may be sent.
func expect(t *testing.T, exchanges ...exchange) *traffic {
	t.Helper()
	tr := &traffic{t: t, exchanges: exchanges}
	t.Cleanup(func() {
		if got := tr.sent(); len(got) < len(exchanges) {
			t.Errorf("%d requests were sent, want %d; next would be %s", len(got), len(exchanges), exchanges[len(got)].request)
		}
	})
	return tr
}

// sent returns the requests so far.
func (tr *traffic) sent() []sent {
	tr.mu.Lock()
	defer tr.mu.Unlock()
	return slices.Clone(tr.requests)
}

// serve is the handler of the service.
func (tr *traffic) serve(w http.ResponseWriter, r *http.Request) {
	body, err := io.ReadAll(r.Body)
	if err != nil {
		tr.t.Errorf("read the body of %s %s: %v", r.Method, r.RequestURI, err)
	}
	got := sent{method: r.Method, target: r.RequestURI, header: r.Header.Clone(), body: string(body)}
	tr.mu.Lock()
	n := len(tr.requests)
	tr.requests = append(tr.requests, got)
	tr.mu.Unlock()
	if n >= len(tr.exchanges) {
		tr.t.Errorf("unexpected request %d: %s %s", n+1, r.Method, r.RequestURI)
		http.Error(w, "unexpected request", http.StatusTeapot)
		return
	}
	want := tr.exchanges[n]
	want.check(tr.t, got)
	want.reply(w, "http://"+r.Host)
}

// check holds a request against the one that is expected.
func (x exchange) check(t *testing.T, got sent) {
	t.Helper()
	if line := got.method + " " + got.target; x.request != line {
		t.Errorf("request = %s\n    want = %s", line, x.request)
	}
	if diff := cmp.Diff(x.body, got.body); x.body != anything && diff != "" {
		t.Errorf("%s: body (-want +got):\n%s", x.request, diff)
	}
	for name, want := range x.header {
		values := got.header.Values(name)
		switch {
		case want == anything && len(values) > 0:
		case want == absent && len(values) > 0:
			t.Errorf("%s: header %s = %q, want none", x.request, name, values)
		case want != absent && (len(values) != 1 || values[0] != want):
			t.Errorf("%s: header %s = %q, want %q", x.request, name, values, want)
		}
	}
}

// reply answers; what the answer says of the service becomes its real address.
func (x exchange) reply(w http.ResponseWriter, self string) {
	w.Header().Set("Content-Type", "application/json")
	for name, value := range x.with {
		w.Header()[http.CanonicalHeaderKey(name)] = []string{strings.ReplaceAll(value, caseService, self)}
	}
	if x.status != 0 {
		w.WriteHeader(x.status)
	}
	fmt.Fprint(w, strings.ReplaceAll(x.answer, caseService, self))
}
