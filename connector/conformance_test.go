package connector_test

import (
	"cmp"
	"encoding/json"
	"errors"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/agentsdk-go/airbyte/connector"
)

// caseService stands for the address of the service wherever a conformance
// case writes one: in a manifest, a request header, an answer.
const caseService = "https://api.test"

// caseToken is the credential of a case that gives none of its own. No error
// may repeat it.
const caseToken = "canary-7Qx2"

// caseManifest is the manifest of a case: one operation and what it needs. A
// text is YAML from its own left margin; tabs before it are the test's.
type caseManifest struct {
	Info       string // further keys of info
	Servers    string // the list; "" the service itself
	Schemes    string // of components.securitySchemes; "" a bearer token
	Components string // further keys of components, such as schemas
	Method     string // "" get
	Path       string // key in paths; "" /v1/things
	Entity     string // "" things
	Action     string // "" list
	Operation  string // further keys of the operation
	Paths      string // all of paths, instead of the one operation
}

// String returns the text for LoadManifest.
func (m caseManifest) String() string {
	var b strings.Builder
	b.WriteString(`openapi: 3.1.0
info:
  title: Things
  version: 1.0.0
  x-airbyte-connector-definition-id: 8b0ac3a1-2f6e-4e0a-9d5e-6f1f1a0f7c11
  x-airbyte-external-documentation-urls: []
`)
	b.WriteString(block(2, m.Info))
	b.WriteString("servers:\n" + block(2, cmp.Or(m.Servers, "- url: "+caseService)))
	b.WriteString("paths:\n" + block(2, cmp.Or(m.Paths, m.operation())))
	b.WriteString("components:\n" + block(2, m.Components))
	b.WriteString("  securitySchemes:\n" + block(4, cmp.Or(m.Schemes, "token: {type: http, scheme: bearer}")))
	return b.String()
}

func (m caseManifest) operation() string {
	return cmp.Or(m.Path, "/v1/things") + ":\n  " + cmp.Or(m.Method, "get") + ":\n" +
		"    x-airbyte-entity: " + cmp.Or(m.Entity, "things") + "\n" +
		"    x-airbyte-action: " + cmp.Or(m.Action, "list") + "\n" +
		block(4, m.Operation)
}

// block puts text n spaces to the right.
func block(n int, text string) string {
	var b strings.Builder
	for line := range strings.Lines(text) {
		line = strings.TrimRight(strings.TrimLeft(line, "\t"), "\n")
		if line != "" {
			b.WriteString(strings.Repeat(" ", n) + line + "\n")
		}
	}
	return b.String()
}

// openCase opens the manifest on a service of the test's own, which answers
// with handler. Nil credentials are {"token": caseToken}.
func openCase(t *testing.T, manifest string, handler http.HandlerFunc, creds connector.Credentials, opts ...connector.Option) *connector.Connector {
	t.Helper()
	srv := httptest.NewServer(handler)
	t.Cleanup(srv.Close)
	m := loadCase(t, strings.ReplaceAll(manifest, caseService, srv.URL))
	if creds == nil {
		creds = connector.Credentials{"token": caseToken}
	}
	conn, err := connector.Open(m, creds, opts...)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := conn.Close(); err != nil {
			t.Error(err)
		}
	})
	return conn
}

// loadCase loads a manifest that must be right.
func loadCase(t *testing.T, manifest string) *connector.Manifest {
	t.Helper()
	m, err := connector.LoadManifest(strings.NewReader(manifest))
	if err != nil {
		t.Fatalf("%v\n%s", err, manifest)
	}
	return m
}

// failure is the error that a case ends in.
type failure struct {
	kind   error    // sentinel, such as connector.ErrValidation
	call   string   // entity.action that the error names; "" things.list, "-" none
	status int      // HTTP status, 0 when nothing was sent
	says   []string // each must be in the text
}

// check holds err against what it should be, and for secrets.
func (f failure) check(t *testing.T, err error, secrets ...string) {
	t.Helper()
	e, ok := errors.AsType[*connector.Error](err)
	if !ok {
		t.Fatalf("error = %v (%T), want a *connector.Error", err, err)
	}
	if !errors.Is(err, f.kind) {
		t.Errorf("error = %v, of kind %v; want %v", err, e.Kind, f.kind)
	}
	if want := cmp.Or(f.call, "things.list"); want != "-" && e.Entity+"."+e.Action != want {
		t.Errorf("error names %s.%s, want %s", e.Entity, e.Action, want)
	}
	if e.Status != f.status {
		t.Errorf("status = %d, want %d", e.Status, f.status)
	}
	text := err.Error()
	for _, want := range f.says {
		if !strings.Contains(text, want) {
			t.Errorf("error = %q, want %q in it", text, want)
		}
	}
	for _, secret := range append(secrets, caseToken) {
		if strings.Contains(text, secret) {
			t.Errorf("error = %q repeats the credential %q", text, secret)
		}
	}
}

// checkData holds the exact bytes of a result against want; "" means none.
func checkData(t *testing.T, res *connector.Result, err error, want string) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
	if string(res.Data) != want {
		t.Errorf("data = %s, want %s", orNothing(res.Data), orNothing(json.RawMessage(want)))
	}
}

func orNothing(data json.RawMessage) string { return cmp.Or(string(data), "nothing") }
