package platform_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"

	"github.com/agentsdk-go/airbyte/platform"
)

const (
	clientID     = "id-1"
	clientSecret = "canary-s3cret/+&<x>\"q"
	orgID        = "11111111-2222-3333-4444-555555555555"
	tokenRoute   = "POST /api/v1/account/applications/token"
	executeRoute = "POST /api/v1/integrations/connectors/{id}/execute"
)

// api is a server that fails the test on a request it was not told about, and
// records the others.
type api struct {
	t      testing.TB
	mux    *http.ServeMux
	mu     sync.Mutex
	seen   []seen
	tokens int
	server *httptest.Server

	lifetime int // of a token, in seconds
}

type seen struct {
	Method, Path, Query, Body string
	Header                    http.Header
}

func newAPI(t testing.TB) *api {
	t.Helper()
	a := &api{t: t, mux: http.NewServeMux()}
	a.mux.HandleFunc("/", func(w http.ResponseWriter, r *http.Request) {
		t.Errorf("unknown request %s %s", r.Method, r.URL)
		w.WriteHeader(http.StatusNotImplemented)
	})
	return a
}

// withToken serves tokens token-1, token-2, … that last for lifetime seconds.
func (a *api) withToken(lifetime int) *api {
	a.lifetime = lifetime
	return a.on(tokenRoute, a.tokenHandler)
}

func (a *api) tokenHandler(w http.ResponseWriter, _ *http.Request) {
	a.mu.Lock()
	a.tokens++
	n := a.tokens
	a.mu.Unlock()
	fmt.Fprintf(w, `{"access_token":"token-%d","token_type":"bearer","expires_in":%d,"organization_id":null}`, n, a.lifetime)
}

func (a *api) on(route string, h http.HandlerFunc) *api {
	a.mux.HandleFunc(route, func(w http.ResponseWriter, r *http.Request) {
		body, err := io.ReadAll(r.Body)
		if err != nil {
			a.t.Errorf("read request: %v", err)
		}
		a.mu.Lock()
		a.seen = append(a.seen, seen{r.Method, r.URL.EscapedPath(), r.URL.RawQuery, string(body), r.Header.Clone()})
		a.mu.Unlock()
		r.Body = io.NopCloser(bytes.NewReader(body))
		h(w, r)
	})
	return a
}

func (a *api) reply(route, body string) *api {
	return a.on(route, func(w http.ResponseWriter, _ *http.Request) { fmt.Fprint(w, body) })
}

// calls returns the recorded requests but those for tokens.
func (a *api) calls() []seen {
	a.mu.Lock()
	defer a.mu.Unlock()
	var out []seen
	for _, s := range a.seen {
		if !strings.HasSuffix(s.Path, "/applications/token") {
			out = append(out, s)
		}
	}
	return out
}

func (a *api) tokenCount() int {
	a.mu.Lock()
	defer a.mu.Unlock()
	return a.tokens
}

// client returns a client of the server on loopback.
func (a *api) client(opts ...platform.Option) *platform.Client {
	a.t.Helper()
	return a.clientAt("", opts...)
}

// clientAt is client with a base URL that has a path.
func (a *api) clientAt(path string, opts ...platform.Option) *platform.Client {
	a.t.Helper()
	a.server = httptest.NewServer(a.mux)
	a.t.Cleanup(a.server.Close)
	return newClient(a.t, append([]platform.Option{platform.WithBaseURL(a.server.URL + path)}, opts...)...)
}

// inMemory returns a client that reaches the server without a network, for
// tests whose time is synctest's.
func (a *api) inMemory(opts ...platform.Option) *platform.Client {
	a.t.Helper()
	return newClient(a.t, append([]platform.Option{
		platform.WithBaseURL("https://api.example.test"),
		platform.WithHTTPClient(&http.Client{Transport: handlerTransport{a.mux}}),
	}, opts...)...)
}

func newClient(t testing.TB, opts ...platform.Option) *platform.Client {
	t.Helper()
	c, err := platform.New(append([]platform.Option{platform.WithCredentials(clientID, clientSecret)}, opts...)...)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { closeClient(t, c) })
	return c
}

func closeClient(t testing.TB, c *platform.Client) {
	t.Helper()
	if err := c.Close(); err != nil {
		t.Error(err)
	}
}

type handlerTransport struct{ handler http.Handler }

func (h handlerTransport) RoundTrip(r *http.Request) (*http.Response, error) {
	if err := r.Context().Err(); err != nil {
		return nil, err
	}
	if r.Body == nil {
		r.Body = http.NoBody
	}
	w := httptest.NewRecorder()
	h.handler.ServeHTTP(w, r)
	return w.Result(), nil
}

func raw(s string) json.RawMessage { return json.RawMessage(s) }
