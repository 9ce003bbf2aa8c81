package connector_test

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"os"
	"strconv"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/agentsdk-go/airbyte/connector"
)

// retrying is the manifest of a case with its own rules for retries, as YAML
// members behind the short delays of these tests.
func retrying(rules string) caseManifest {
	config := "initial_delay_seconds: 0.05, jitter: false"
	if rules != "" {
		config += ", " + rules
	}
	return caseManifest{Info: "x-airbyte-retry-config: {" + config + "}"}
}

// statuses are answers with these statuses; a success has an empty list.
func statuses(codes ...int) []hostReply {
	replies := make([]hostReply, len(codes))
	for i, code := range codes {
		replies[i] = hostReply{status: code, body: "[]"}
	}
	return replies
}

// checkWaits holds that the i-th request came at least wait after the one
// before it. That it is no longer is proven with a clock of its own in package httpx.
func checkWaits(t *testing.T, n *network, waits ...time.Duration) {
	t.Helper()
	requests := n.requests()
	if len(requests) != len(waits)+1 {
		t.Fatalf("%d requests were sent, want %d", len(requests), len(waits)+1)
	}
	for i, wait := range waits {
		if got := requests[i+1].at.Sub(requests[i].at); got < wait {
			t.Errorf("request %d came after %v, want at least %v", i+2, got, wait)
		}
	}
}

func TestCase082_PassingFailuresAreRepeated(t *testing.T) {
	t.Parallel()
	const short = 50 * time.Millisecond
	tests := map[string]struct {
		rules   string
		answers []hostReply
		waits   []time.Duration
		fails   failure
	}{
		"the delays double":           {answers: statuses(500, 502, 200), waits: []time.Duration{short, 2 * short}},
		"three attempts in all":       {answers: statuses(500, 502, 503), waits: []time.Duration{short, 2 * short}, fails: failure{kind: connector.ErrUnavailable, status: 503}},
		"501 does not pass":           {answers: statuses(501), fails: failure{kind: connector.ErrUnavailable, status: 501}},
		"one attempt":                 {rules: "max_attempts: 1", answers: statuses(500), fails: failure{kind: connector.ErrUnavailable, status: 500}},
		"statuses of the manifest":    {rules: "retry_on_status_codes: [418]", answers: statuses(418, 200), waits: []time.Duration{short}},
		"those of the manifest alone": {rules: "retry_on_status_codes: [418]", answers: statuses(500), fails: failure{kind: connector.ErrUnavailable, status: 500}},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			n := newNetwork(t, map[string][]hostReply{listThings: test.answers})
			conn := n.open(retrying(test.rules), nil)
			res, err := conn.Execute(t.Context(), "things", "list", nil)
			checkWaits(t, n, test.waits...)
			if test.fails.kind != nil {
				test.fails.check(t, err)
				return
			}
			checkData(t, res, err, "[]")
		})
	}
}

func TestCase083_TheServiceSaysHowLongToWait(t *testing.T) {
	t.Parallel()
	in := func(d time.Duration) time.Time { return time.Now().Add(d) }
	tests := map[string]struct {
		rules  string
		header string
		value  func() string // when the answer is written
		wait   time.Duration // less than what the header says, for what the way takes
	}{
		"seconds":      {header: "Retry-After", value: func() string { return "0.3" }, wait: 300 * time.Millisecond},
		"a date":       {header: "Retry-After", value: func() string { return in(1500 * time.Millisecond).UTC().Format(http.TimeFormat) }, wait: 300 * time.Millisecond},
		"milliseconds": {rules: "retry_after_header: X-Wait, retry_after_format: milliseconds", header: "X-Wait", value: func() string { return "300" }, wait: 300 * time.Millisecond},
		"when the wait is over": {
			rules: "retry_after_header: X-Reset, retry_after_format: unix_timestamp", header: "X-Reset",
			value: func() string { return fmt.Sprintf("%.3f", float64(in(400*time.Millisecond).UnixMilli())/1000) }, wait: 300 * time.Millisecond,
		},
		"what makes no sense is not heeded": {header: "Retry-After", value: func() string { return "-5" }, wait: 50 * time.Millisecond},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			limited := hostReply{status: http.StatusTooManyRequests, header: map[string]string{}}
			limited.hold = func(*http.Request) { limited.header[test.header] = test.value() }
			n := newNetwork(t, map[string][]hostReply{listThings: {limited, {body: "[]"}}})
			res, err := n.open(retrying(test.rules), nil).Execute(t.Context(), "things", "list", nil)
			checkData(t, res, err, "[]")
			checkWaits(t, n, test.wait)
		})
	}
	t.Run("longer than is waited", func(t *testing.T) {
		t.Parallel()
		// Differs: a wait of two minutes is not cut to one, after which the service
		// would refuse again. The call ends at once and says how long to wait.
		n := newNetwork(t, map[string][]hostReply{listThings: {{status: http.StatusTooManyRequests, header: map[string]string{"Retry-After": "120"}}}})
		_, err := n.open(retrying(""), nil).Execute(t.Context(), "things", "list", nil)
		failure{kind: connector.ErrRateLimited, status: http.StatusTooManyRequests}.check(t, err)
		if e, found := errors.AsType[*connector.Error](err); found && e.RetryAfter != 2*time.Minute {
			t.Errorf("retry after %v, want 2m", e.RetryAfter)
		}
		checkWaits(t, n)
	})
}

func TestCase084_WritesAreNotRepeated(t *testing.T) {
	t.Parallel()
	tests := map[string]struct {
		action  string
		answers []hostReply
		waits   int
		fails   failure
	}{
		// Differs: it may have happened, so the error is of its own kind.
		"create and 500": {action: "create", answers: statuses(500), fails: failure{kind: connector.ErrUnknownOutcome, call: "things.create", status: 500}},
		"update and 503": {action: "update", answers: statuses(503), fails: failure{kind: connector.ErrUnknownOutcome, call: "things.update", status: 503}},
		// What the service did not take for lack of room has not happened.
		"create and 429": {action: "create", answers: statuses(429, 200), waits: 1},
		"list and 500":   {action: "list", answers: statuses(500, 200), waits: 1},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			manifest := retrying("")
			manifest.Method, manifest.Action = "post", test.action
			manifest.Operation = "requestBody: {content: {application/json: {schema: {type: object, properties: {name: {type: string}}}}}}"
			n := newNetwork(t, map[string][]hostReply{"POST https://api.test/v1/things": test.answers})
			_, err := n.open(manifest, nil).Execute(t.Context(), "things", test.action, connector.Params{"name": "a"})
			checkWaits(t, n, make([]time.Duration, test.waits)...)
			for _, r := range n.requests() {
				if r.body != `{"name":"a"}` {
					t.Errorf("body = %s", r.body)
				}
			}
			if test.fails.kind != nil {
				test.fails.check(t, err)
			} else if err != nil {
				t.Error(err)
			}
		})
	}
}

func TestCase085_TimeoutsAndLostConnections(t *testing.T) {
	t.Parallel()
	gone := hostReply{hold: func(*http.Request) { panic(http.ErrAbortHandler) }} // closes the connection
	cut := hostReply{header: map[string]string{"Content-Length": "100"}, body: "[]"}
	tests := map[string]struct {
		rules   string
		refuse  int
		answers []hostReply
		timeout bool // of a request before those that are answered
		fails   bool
	}{
		"a time-out":                      {timeout: true, answers: statuses(200)},
		"a time-out, switched off":        {timeout: true, rules: "retry_on_timeout: false", fails: true},
		"a time-out, the other one off":   {timeout: true, rules: "retry_on_network_error: false", answers: statuses(200)},
		"a refused connection":            {refuse: 1, answers: statuses(200)},
		"a refused connection, off":       {refuse: 1, rules: "retry_on_network_error: false", fails: true},
		"no answer at all":                {answers: []hostReply{gone, {body: "[]"}}},
		"no answer at all, off":           {rules: "retry_on_network_error: false", answers: []hostReply{gone}, fails: true},
		"an answer that is cut":           {answers: []hostReply{cut, {body: "[]"}}},
		"an answer that is cut, off":      {rules: "retry_on_network_error: false", answers: []hostReply{cut}, fails: true},
		"a refused connection, other off": {refuse: 1, rules: "retry_on_timeout: false", answers: statuses(200)},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			arrived := make(chan struct{})
			if test.timeout {
				test.answers = append([]hostReply{{hold: func(r *http.Request) { close(arrived); <-r.Context().Done() }}}, test.answers...)
			}
			n := newNetwork(t, map[string][]hostReply{listThings: test.answers})
			n.refuse = test.refuse
			client := n.client()
			if test.timeout {
				client.Transport = &impatient{base: client.Transport, arrived: arrived}
			}
			conn := n.open(retrying(test.rules), nil, connector.WithHTTPClient(client))
			res, err := conn.Execute(t.Context(), "things", "list", nil)
			if len(n.requests()) != len(test.answers) {
				t.Errorf("%d requests arrived, want %d", len(n.requests()), len(test.answers))
			}
			if !test.fails {
				checkData(t, res, err, "[]")
				return
			}
			status := 0
			if strings.Contains(name, "cut") {
				status = http.StatusOK
			}
			failure{kind: connector.ErrUnavailable, status: status}.check(t, err)
		})
	}
}

// impatient runs out of time for the first request, when that has arrived: a time
// limit of the clock would also hit others where the machine is busy.
type impatient struct {
	base    http.RoundTripper
	arrived <-chan struct{} // closed when the first request is there
	sent    atomic.Int32
}

func (i *impatient) RoundTrip(r *http.Request) (*http.Response, error) {
	if i.sent.Add(1) > 1 {
		return i.base.RoundTrip(r)
	}
	ctx, giveUp := context.WithCancel(r.Context())
	defer giveUp()
	go func() {
		select {
		case <-i.arrived:
			giveUp()
		case <-ctx.Done():
		}
	}()
	res, err := i.base.RoundTrip(r.WithContext(ctx))
	switch {
	case err == nil:
		return nil, errors.Join(errors.New("the request that should hang was answered"), res.Body.Close())
	case ctx.Err() == nil:
		return nil, err
	}
	return nil, os.ErrDeadlineExceeded
}

func TestRetriesAreTheProgramsChoice(t *testing.T) {
	t.Parallel()
	for _, retries := range []int{0, 4} {
		t.Run(strconv.Itoa(retries), func(t *testing.T) {
			t.Parallel()
			n := newNetwork(t, map[string][]hostReply{listThings: statuses(500, 500, 500, 500, 500)[:retries+1]})
			_, err := n.open(caseManifest{Info: "x-airbyte-retry-config: {initial_delay_seconds: 0.001}"}, nil, connector.WithRetries(retries)).
				Execute(t.Context(), "things", "list", nil)
			failure{kind: connector.ErrUnavailable, status: http.StatusInternalServerError}.check(t, err)
			if len(n.requests()) != retries+1 {
				t.Errorf("%d requests, want %d", len(n.requests()), retries+1)
			}
		})
	}
}
