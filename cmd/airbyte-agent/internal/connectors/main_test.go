package connectors_test

import (
	"bytes"
	"cmp"
	"context"
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"github.com/agentsdk-go/airbyte/cmd/airbyte-agent/internal/app"
	"github.com/agentsdk-go/airbyte/cmd/airbyte-agent/internal/connectors"
	"github.com/agentsdk-go/airbyte/internal/testenv"
)

// asBrowser is the argument that makes this program stand in for a browser, which
// only has to start.
const asBrowser = "stand-in-for-a-browser"

// api answers all tests of the package: the command line finds its API in the
// environment, which they share. Each test answers for connectors of its own.
var api = &fakeAPI{routes: map[string]http.HandlerFunc{}}

func TestMain(m *testing.M) {
	if len(os.Args) > 1 && os.Args[1] == asBrowser {
		os.Exit(0)
	}
	testenv.Clear()
	os.Exit(runTests(m))
}

func runTests(m *testing.M) int {
	server := httptest.NewServer(api)
	defer server.Close()
	home, err := os.MkdirTemp("", "connectors")
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		return 1
	}
	defer func() { _ = os.RemoveAll(home) }() // the system clears it away some day
	for key, value := range map[string]string{
		"HOME":                    home,
		"USERPROFILE":             home,
		"AIRBYTE_API_HOST":        server.URL,
		"AIRBYTE_CLIENT_ID":       "id",
		"AIRBYTE_CLIENT_SECRET":   "secret-of-the-tests",
		"AIRBYTE_ORGANIZATION_ID": "org",
		"AIRBYTE_WEBAPP_URL":      "https://app.example.test",
		"BROWSER":                 os.Args[0] + " " + asBrowser,
	} {
		if err := os.Setenv(key, value); err != nil {
			fmt.Fprintln(os.Stderr, err)
			return 1
		}
	}
	code := m.Run()
	for _, request := range api.unknown {
		fmt.Fprintln(os.Stderr, "unknown request:", request)
		code = cmp.Or(code, 1)
	}
	return code
}

// fakeAPI is the platform with the routes that the tests give it.
type fakeAPI struct {
	mu      sync.Mutex
	routes  map[string]http.HandlerFunc // by method and path below /api/v1
	unknown []string
}

// on answers a route, such as "POST /integrations/connectors/x/execute".
func (f *fakeAPI) on(route string, answer http.HandlerFunc) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.routes[route] = answer
}

func (f *fakeAPI) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	route := r.Method + " " + strings.TrimPrefix(r.URL.Path, "/api/v1")
	if route == "POST /account/applications/token" {
		fmt.Fprint(w, `{"access_token":"token-of-the-tests","expires_in":900}`)
		return
	}
	f.mu.Lock()
	answer := f.routes[route]
	if answer == nil {
		f.unknown = append(f.unknown, route)
	}
	f.mu.Unlock()
	if answer == nil {
		http.Error(w, "unknown route", http.StatusNotFound)
		return
	}
	answer(w, r)
}

// session is one command and what it printed.
type session struct {
	app      *app.App
	out, err bytes.Buffer
}

func newSession(t *testing.T, in string, terminal app.Terminal) *session {
	t.Helper()
	s := &session{}
	s.app = &app.App{In: strings.NewReader(in), Out: &s.out, Err: &s.err, Terminal: terminal, Flags: app.Flags{Format: app.FormatAuto}}
	t.Cleanup(s.app.Close)
	return s
}

func (s *session) run(ctx context.Context, args ...string) error {
	cmd := connectors.Group(s.app).Command(s.app)
	cmd.SilenceErrors, cmd.SilenceUsage = true, true
	cmd.SetArgs(args)
	return cmd.ExecuteContext(ctx)
}

// absent fails the test if there is such a file, or one on its way to it.
func absent(t *testing.T, name string) {
	t.Helper()
	left, err := filepath.Glob(filepath.Join(filepath.Dir(name), ".*"))
	if err != nil {
		t.Fatal(err)
	}
	if _, err := os.Stat(name); err == nil || len(left) > 0 {
		t.Errorf("%s is there, or a part of it: %q", name, left)
	}
}
