package direct_test

import (
	"cmp"
	"io"
	"net/http"
	"strings"
	"sync"
	"testing"

	gocmp "github.com/google/go-cmp/cmp"

	"github.com/agentsdk-go/airbyte/internal/direct"
	"github.com/agentsdk-go/airbyte/internal/manifest"
)

// answer is what the service says to a call.
type answer struct {
	status int // 0: 200
	body   string
	link   string // header Link, "" for none
}

// service knows what to answer to each call, such as
// "GET https://api.test/things?limit=1". Any other fails the test. It stands in
// for the network, since addresses on loopback have no names.
type service struct {
	t       *testing.T
	answers map[string]answer

	mu    sync.Mutex
	calls []string
}

func (s *service) RoundTrip(r *http.Request) (*http.Response, error) {
	call := r.Method + " " + r.URL.String()
	s.mu.Lock()
	s.calls = append(s.calls, call)
	s.mu.Unlock()
	a, known := s.answers[call]
	if !known {
		s.t.Errorf("unexpected call %s", call)
		a.status = http.StatusTeapot
	}
	header := http.Header{"Content-Type": {"application/json"}}
	if a.link != "" {
		header.Set("Link", a.link)
	}
	return &http.Response{
		StatusCode: cmp.Or(a.status, http.StatusOK), Header: header, Request: r,
		Body: io.NopCloser(strings.NewReader(cmp.Or(a.body, "{}"))), ContentLength: -1,
	}, nil
}

// check holds the calls so far against want, in their order.
func (s *service) check(want ...string) {
	s.t.Helper()
	if diff := gocmp.Diff(want, s.calls); diff != "" {
		s.t.Errorf("calls (-want +got):\n%s", diff)
	}
}

// serve opens doc on a service with these answers. It is at https://api.test
// unless doc or cfg says otherwise.
func serve(t *testing.T, doc *manifest.Document, cfg direct.Config, answers map[string]answer) (*direct.Client, *service) {
	t.Helper()
	s := &service{t: t, answers: answers}
	if doc.Server == nil && cfg.BaseURL == "" {
		cfg.BaseURL = "https://api.test"
	}
	cfg.HTTP = &http.Client{Transport: s}
	client, err := direct.New(doc, cfg)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(client.Close)
	return client, s
}

// entity is one with these operations.
func entity(name string, operations ...manifest.Operation) manifest.Entity {
	return manifest.Entity{Name: name, Operations: operations}
}

// list is an operation that lists.
func list(path string, parameters ...manifest.Parameter) manifest.Operation {
	return manifest.Operation{Action: "list", Method: http.MethodGet, Path: path, Parameters: parameters}
}

// must is a parameter that a call must have.
func must(name, in string) manifest.Parameter {
	return manifest.Parameter{Name: name, In: in, Type: "string", Required: true}
}

// may is a parameter that a call can have.
func may(name, in string) manifest.Parameter {
	return manifest.Parameter{Name: name, In: in, Type: "string"}
}
