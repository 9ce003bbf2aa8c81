package connector_test

import (
	"bytes"
	"net/http"
	"strings"
	"sync/atomic"
	"testing"

	"github.com/agentsdk-go/airbyte/connector"
)

// openBad opens a service of one GET list and one POST create that answers
// every request alike, and counts them.
func openBad(t *testing.T, answer http.HandlerFunc, opts ...connector.Option) (*connector.Connector, *atomic.Int32) {
	t.Helper()
	m := caseManifest{Paths: `
		/v1/things:
		  get: {x-airbyte-entity: things, x-airbyte-action: list, x-airbyte-record-extractor: $.data}
		  post: {x-airbyte-entity: things, x-airbyte-action: create}`}
	var count atomic.Int32
	opts = append([]connector.Option{connector.WithRetries(0)}, opts...)
	return openCase(t, m.String(), func(w http.ResponseWriter, r *http.Request) {
		count.Add(1)
		answer(w, r)
	}, nil, opts...), &count
}

// answering sends one answer.
func answering(status int, contentType, body string) http.HandlerFunc {
	return func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", contentType)
		w.WriteHeader(status)
		_, _ = w.Write([]byte(body)) // the connector may have hung up
	}
}

// cutShort promises more than it sends.
func cutShort(w http.ResponseWriter, _ *http.Request) {
	w.Header().Set("Content-Type", "application/json")
	w.Header().Set("Content-Length", "100")
	_, _ = w.Write([]byte(`{"data":[`))
}

// endless never stops sending.
func endless(status int, contentType, head string) http.HandlerFunc {
	return func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", contentType)
		w.WriteHeader(status)
		_, err := w.Write([]byte(head))
		more := bytes.Repeat([]byte(`{"id":1},`), 1000)
		for err == nil {
			_, err = w.Write(more)
		}
	}
}

func TestBadAnswersAreTypedErrors(t *testing.T) {
	t.Parallel()
	const json = "application/json"
	page := "<!doctype html><title>Sign in</title><p>Your token " + caseToken + " has expired.</p>"
	tests := map[string]struct {
		answer http.HandlerFunc
		read   failure
		write  error // its kind for a create, where the rest is the same; nil: not tried
	}{
		"a page":              {answering(200, "text/html", page), failure{kind: connector.ErrUnavailable, status: 200, says: []string{"text/html"}}, nil},
		"a page that fails":   {answering(502, "text/html", page), failure{kind: connector.ErrUnavailable, status: 502, says: []string{"Sign in"}}, connector.ErrUnknownOutcome},
		"a refusal as a page": {answering(401, "text/html", page), failure{kind: connector.ErrAuth, status: 401, says: []string{"Sign in", "credentials"}}, connector.ErrAuth},
		"xml":                 {answering(200, "application/xml", "<a/>"), failure{kind: connector.ErrUnavailable, status: 200, says: []string{"application/xml"}}, connector.ErrUnknownOutcome},
		"bytes":               {answering(200, "application/octet-stream", "\x00\x01"), failure{kind: connector.ErrUnavailable, status: 200, says: []string{"application/octet-stream"}}, connector.ErrUnknownOutcome},
		"text for json":       {answering(200, json, "OK"), failure{kind: connector.ErrUnavailable, status: 200, says: []string{"json"}}, connector.ErrUnknownOutcome},
		"cut json":            {answering(200, json, `{"data":[{"id":1},`), failure{kind: connector.ErrUnavailable, status: 200, says: []string{"json"}}, connector.ErrUnknownOutcome},
		"json twice":          {answering(200, json, `{"data":[]}{"data":[]}`), failure{kind: connector.ErrUnavailable, status: 200, says: []string{"json"}}, connector.ErrUnknownOutcome},
		"json too deep":       {answering(200, json, strings.Repeat("[", 50_000)), failure{kind: connector.ErrUnavailable, status: 200, says: []string{"json"}}, connector.ErrUnknownOutcome},
		"a cut answer":        {cutShort, failure{kind: connector.ErrUnavailable, status: 200, says: []string{"incomplete answer"}}, connector.ErrUnknownOutcome},
		"an empty error":      {answering(500, json, ""), failure{kind: connector.ErrUnavailable, status: 500, says: []string{"no explanation"}}, connector.ErrUnknownOutcome},
		"an endless answer":   {endless(200, json, `{"data":[`), failure{kind: connector.ErrValidation, status: 200, says: []string{"64 KiB", "WithMaxResponseBytes"}}, connector.ErrUnknownOutcome},
		"an endless error":    {endless(400, json, `{"message":"too far","more":[`), failure{kind: connector.ErrValidation, status: 400, says: []string{"too far"}}, connector.ErrValidation},
		"a status of its own": {answering(299, json, `{]`), failure{kind: connector.ErrUnavailable, status: 299, says: []string{"json"}}, connector.ErrUnknownOutcome},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			conn, count := openBad(t, test.answer, connector.WithMaxResponseBytes(64<<10))
			res, err := conn.Execute(t.Context(), "things", "list", nil)
			if res != nil {
				t.Errorf("data = %s beside an error", res.Data)
			}
			test.read.check(t, err)
			if got := len(err.Error()); got > 1000 {
				t.Errorf("the error is %d bytes long: %v", got, err)
			}
			if test.write != nil {
				_, err := conn.Execute(t.Context(), "things", "create", nil)
				test.read.kind, test.read.call = test.write, "things.create"
				test.read.check(t, err)
			}
			want := int32(1)
			if test.write != nil {
				want++
			}
			if got := count.Load(); got != want {
				t.Errorf("%d requests, want %d", got, want)
			}
		})
	}
}

func TestABadAnswerEndsRecords(t *testing.T) {
	t.Parallel()
	conn, count := openBad(t, answering(200, "text/html", "<p>Sign in"))
	var failures []error
	for row, err := range conn.Records(t.Context(), "things", "list", nil) {
		if err == nil {
			t.Errorf("row = %s", row)
		}
		failures = append(failures, err)
	}
	if len(failures) != 1 || count.Load() != 1 {
		t.Fatalf("errors = %v after %d requests, want one of each", failures, count.Load())
	}
	failure{kind: connector.ErrUnavailable, status: 200, says: []string{"text/html"}}.check(t, failures[0])
}

func TestAWriteThatAnswersInTextHasHappened(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		answer http.HandlerFunc
		data   string
	}{
		"a word":  {answering(200, "text/html", "Done & gone"), `{"value":"Done & gone"}`},
		"nothing": {answering(202, "text/html", ""), `{}`},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			conn, _ := openBad(t, test.answer)
			res, err := conn.Execute(t.Context(), "things", "create", nil)
			checkData(t, res, err, test.data)
		})
	}
}
