package auth_test

import (
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/agentsdk-go/airbyte/internal/direct/auth"
	"github.com/agentsdk-go/airbyte/internal/fault"
	"github.com/agentsdk-go/airbyte/internal/httpx"
	"github.com/agentsdk-go/airbyte/internal/manifest"
)

func fields(names ...string) []manifest.CredentialField {
	list := make([]manifest.CredentialField, len(names))
	for i, name := range names {
		list[i] = manifest.CredentialField{Name: name}
	}
	return list
}

// same maps each name to itself.
func same(names ...string) []manifest.Pair {
	pairs := make([]manifest.Pair, len(names))
	for i, name := range names {
		pairs[i] = manifest.Pair{Name: name, Value: "${" + name + "}"}
	}
	return pairs
}

// bearer is a scheme that sends the credential of the given name.
func bearer(scheme, field string) manifest.Scheme {
	return manifest.Scheme{
		Name: scheme, Type: "bearer", Fields: fields(field), Required: []string{field},
		Mapping: []manifest.Pair{{Name: "token", Value: "${" + field + "}"}},
	}
}

func apiKey(in, key string) manifest.Scheme {
	return manifest.Scheme{Name: "key", Type: "api_key", In: in, Key: key, Fields: fields("api_key"), Required: []string{"api_key"}, Mapping: same("api_key")}
}

// oauth is a scheme whose tokens come from address, all four credentials
// mapped to themselves.
func oauth(address string, required ...string) manifest.Scheme {
	names := []string{"access_token", "refresh_token", "client_id", "client_secret"}
	return manifest.Scheme{
		Name: "oauth2", Type: "oauth2", Fields: fields(names...), Required: required, Mapping: same(names...),
		OAuth: &manifest.OAuth{Flow: "authorizationCode", RefreshURL: address, AuthStyle: "body", BodyFormat: "form"},
	}
}

type creds = map[string]string

var refreshOnly = creds{"refresh_token": "refresh-1", "client_id": "client-id", "client_secret": "client-secret"}

// tokenRequest is one request that the endpoint got.
type tokenRequest struct {
	Header http.Header
	Host   string
	Body   string
	Form   url.Values
}

// endpoint is a token endpoint at /token, and the service itself at /api. It
// fails the test for every other request.
type endpoint struct {
	t      *testing.T
	tokens func(n int, r tokenRequest) (status int, body string)
	api    func(r *http.Request) int

	mu       sync.Mutex
	requests []tokenRequest
	calls    []*http.Request
}

// newEndpoint gives the same answer to every token request, and 200 to every
// call.
func newEndpoint(t *testing.T, status int, body string) *endpoint {
	t.Helper()
	return &endpoint{
		t:      t,
		tokens: func(int, tokenRequest) (int, string) { return status, body },
		api:    func(*http.Request) int { return http.StatusOK },
	}
}

func (e *endpoint) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	body, err := io.ReadAll(r.Body)
	if err != nil {
		e.t.Error(err)
	}
	switch r.Method + " " + r.URL.Path {
	case "POST /token":
		form, _ := url.ParseQuery(string(body))
		req := tokenRequest{Header: r.Header.Clone(), Host: r.Host, Body: string(body), Form: form}
		e.mu.Lock()
		e.requests = append(e.requests, req)
		n := len(e.requests)
		e.mu.Unlock()
		status, answer := e.tokens(n, req)
		w.WriteHeader(status)
		fmt.Fprint(w, answer)
	case "GET /api":
		e.mu.Lock()
		e.calls = append(e.calls, r)
		e.mu.Unlock()
		w.WriteHeader(e.api(r))
	default:
		e.t.Errorf("unexpected request %s %s", r.Method, r.URL)
		w.WriteHeader(http.StatusTeapot)
	}
}

func (e *endpoint) tokenRequests() []tokenRequest {
	e.mu.Lock()
	defer e.mu.Unlock()
	return slices.Clone(e.requests)
}

func (e *endpoint) apiCalls() int {
	e.mu.Lock()
	defer e.mu.Unlock()
	return len(e.calls)
}

// listen serves the endpoint on loopback and returns its origin.
func (e *endpoint) listen() string {
	server := httptest.NewServer(e)
	e.t.Cleanup(server.Close)
	return server.URL
}

// RoundTrip serves the endpoint without a network, for tests of time and of
// hosts that are not loopback.
func (e *endpoint) RoundTrip(r *http.Request) (*http.Response, error) {
	w := httptest.NewRecorder()
	in := r.Clone(r.Context())
	if in.Body == nil {
		in.Body = http.NoBody
	}
	in.Host = r.URL.Host
	e.ServeHTTP(w, in)
	return w.Result(), nil
}

func (e *endpoint) inMemory(secrets *httpx.Secrets) *httpx.Client {
	return httpx.New(httpx.Config{HTTP: inMemoryClient(e), Secrets: secrets})
}

func inMemoryClient(e *endpoint) *http.Client { return &http.Client{Transport: e} }

func newAuth(t *testing.T, cfg auth.Config) *auth.Authenticator {
	t.Helper()
	a, err := auth.New(cfg)
	if err != nil {
		t.Fatal(err)
	}
	return a
}

// applied is what the first grant puts on a request with a query.
func applied(t *testing.T, a *auth.Authenticator, query string) (http.Header, string) {
	t.Helper()
	g, err := a.Grant(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	header := http.Header{}
	return header, g.Apply(header, query)
}

// call does what the executor does: one request, and after a 401 one more.
func call(t *testing.T, a *auth.Authenticator, origin string) (int, error) {
	t.Helper()
	g, err := a.Grant(t.Context())
	if err != nil {
		return 0, err
	}
	status := send(t, g, origin)
	if status != http.StatusUnauthorized {
		return status, nil
	}
	g, renewed, err := a.Renew(t.Context(), g)
	if err != nil || !renewed {
		return status, err
	}
	return send(t, g, origin), nil
}

func send(t *testing.T, g auth.Grant, origin string) int {
	t.Helper()
	req, err := http.NewRequestWithContext(t.Context(), http.MethodGet, origin+"/api", http.NoBody)
	if err != nil {
		t.Error(err)
		return 0
	}
	req.URL.RawQuery = g.Apply(req.Header, "")
	// Not the default transport: every test server that closes ends its connections.
	res, err := (&http.Transport{DisableKeepAlives: true}).RoundTrip(req)
	if err != nil {
		t.Error(err)
		return 0
	}
	defer res.Body.Close()
	return res.StatusCode
}

// wantFault checks kind and text of an error, and that it shows no secret.
func wantFault(t *testing.T, err, kind error, says []string, secrets creds) {
	t.Helper()
	if !errors.Is(asFault(t, err), kind) {
		t.Fatalf("got %v, want %v", err, kind)
	}
	for _, text := range says {
		if !strings.Contains(err.Error(), text) {
			t.Errorf("%q does not say %q", err, text)
		}
	}
	for name, secret := range secrets {
		if len(secret) > 3 && strings.Contains(err.Error(), secret) {
			t.Errorf("%q shows %s", err, name)
		}
	}
}

func asFault(t *testing.T, err error) *fault.Error {
	t.Helper()
	e, ok := errors.AsType[*fault.Error](err)
	if !ok {
		t.Fatalf("got %v (%T)", err, err)
	}
	return e
}
