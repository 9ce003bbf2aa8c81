package sandbox_test

import (
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/agentsdk-go/airbyte/sandbox"
)

func TestStartListensOnLoopbackOnly(t *testing.T) {
	t.Parallel()
	box := sandbox.Test(t)
	for _, raw := range []string{box.PlatformURL(), box.ModelURL(), box.PylonURL()} {
		u, err := url.Parse(raw)
		if err != nil || u.Hostname() != "127.0.0.1" || u.Port() == "" {
			t.Errorf("%s is not a port of 127.0.0.1 (%v)", raw, err)
		}
	}
	if want := box.PlatformURL(); box.ModelURL() != want {
		t.Errorf("ModelURL = %s, want %s", box.ModelURL(), want)
	}
}

func TestStartRefusesBadOptions(t *testing.T) {
	t.Parallel()
	tests := map[string]sandbox.Option{
		"WithClock":             sandbox.WithClock(nil),
		"WithTokenLifetime":     sandbox.WithTokenLifetime(1500 * time.Millisecond),
		"WithTokenRefusal":      sandbox.WithTokenRefusal(418),
		"WithOrganizations":     sandbox.WithOrganizations(0),
		"WithWorkspacePageSize": sandbox.WithWorkspacePageSize(101),
		"WithExtraWorkspaces":   sandbox.WithExtraWorkspaces(-1),
		"WithExtraConnectors":   sandbox.WithExtraConnectors(-1),
		"WithPagingKeys":        sandbox.WithPagingKeys(9),
		"WithIssueWindow":       sandbox.WithIssueWindow(0),
		"WithPageSize":          sandbox.WithPageSize("issues", 0),
		"WithAccount":           sandbox.WithAccount(-1),
		"WithWidget":            sandbox.WithWidget(99),
	}
	for name, opt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			box, err := sandbox.Start(opt)
			if err == nil {
				box.Close()
				t.Fatal("Start succeeded")
			}
			if !strings.Contains(err.Error(), name) {
				t.Errorf("error %q does not name %s", err, name)
			}
		})
	}
}

func TestCloseEndsRequestsAndMayBeRepeated(t *testing.T) {
	t.Parallel()
	box, c := connect(t)
	box.Inject(sandbox.Fault{Route: sandbox.RouteWorkspaces, Delay: time.Hour})
	failed := make(chan error, 1)
	go func() {
		_, err := c.try(http.MethodGet, workspacePath, "")
		failed <- err
	}()
	waitFor(t, func() bool { return box.Count(sandbox.RouteWorkspaces) == 1 })
	box.Close()
	box.Close()
	if err := <-failed; err == nil {
		t.Error("the delayed request was answered")
	}
	if _, err := c.try(http.MethodGet, workspacePath, ""); err == nil {
		t.Error("a closed sandbox answered")
	}
}

// waitFor polls a condition that another goroutine brings about.
func waitFor(t *testing.T, done func() bool) {
	t.Helper()
	tick := time.NewTicker(time.Millisecond)
	defer tick.Stop()
	limit := time.NewTimer(10 * time.Second)
	defer limit.Stop()
	for !done() {
		select {
		case <-tick.C:
		case <-limit.C:
			t.Fatal("waited 10 s in vain")
		}
	}
}

// fakeTB stands in for a test that may fail.
type fakeTB struct {
	errors   []string
	fatal    []string
	cleanups []func()
}

func (f *fakeTB) Helper() {}
func (f *fakeTB) Errorf(format string, args ...any) {
	f.errors = append(f.errors, fmt.Sprintf(format, args...))
}

func (f *fakeTB) Fatalf(format string, args ...any) {
	f.fatal = append(f.fatal, fmt.Sprintf(format, args...))
}
func (f *fakeTB) Cleanup(fn func()) { f.cleanups = append(f.cleanups, fn) }

func TestTestFailsOnUnknownRoutes(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name, method, path string
		status             int
	}{
		{"unknown path", http.MethodGet, "/api/v1/nothing", http.StatusNotFound},
		{"unknown method", http.MethodPatch, "/api/v1/workspaces", http.StatusMethodNotAllowed},
		{"doubled version", http.MethodPost, "/v1/v1/chat/completions", http.StatusNotFound},
		{"doubled slash", http.MethodGet, "//api/v1/workspaces", http.StatusNotFound},
		{"parent path", http.MethodGet, "/api/v1/workspaces/%2e%2e/skills", http.StatusNotFound},
		{"trailing slash", http.MethodGet, "/api/v1/workspaces/", http.StatusNotFound},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			var tb fakeTB
			box := sandbox.Test(&tb)
			c := &client{t: t, base: box.PlatformURL()}
			got := c.do(tt.method, tt.path, "")
			if got.status != tt.status || !got.get("detail").Exists() {
				t.Errorf("answer %d %s, want %d with a detail", got.status, got.body, tt.status)
			}
			if n := len(box.Unexpected()); n != 1 || box.Count("") != 1 {
				t.Errorf("%d unexpected, %d counted, want 1 and 1", n, box.Count(""))
			}
			for _, cleanup := range tb.cleanups {
				cleanup()
			}
			if len(tb.errors) != 1 || !strings.Contains(tb.errors[0], tt.method) {
				t.Errorf("the test was told %q", tb.errors)
			}
		})
	}
}

func TestTestIsFatalWhenStartFails(t *testing.T) {
	t.Parallel()
	var tb fakeTB
	if box := sandbox.Test(&tb, sandbox.WithOrganizations(0)); box != nil || len(tb.fatal) != 1 {
		t.Errorf("Test = %v with %q", box, tb.fatal)
	}
}

func TestParallelClients(t *testing.T) {
	t.Parallel()
	box, c := connect(t)
	const clients, rounds = 16, 5
	var group sync.WaitGroup
	for i := range clients {
		group.Go(func() {
			for range rounds {
				c.work(fmt.Sprintf("parallel-%d", i))
				box.Requests()
			}
		})
	}
	group.Wait()
	if got := box.Count(sandbox.RouteExecute); got != clients*rounds {
		t.Errorf("%d executes counted, want %d", got, clients*rounds)
	}
}

// work reads and writes every kind of state once.
func (c *client) work(workspace string) {
	steps := []func() answer{
		func() answer { return c.post(scopedPath, `{"workspace_name":"`+workspace+`"}`) },
		func() answer { return c.get(workspacePath + "?limit=5") },
		func() answer { return c.execute(`{"entity":"accounts","action":"list"}`) },
	}
	for _, step := range steps {
		if got := step(); got.status != http.StatusOK {
			c.t.Errorf("status %d: %s", got.status, got.body)
		}
	}
	made := c.post(connectorPath, `{"workspace_name":"`+workspace+`","connector_type":"pylon","credentials":{"api_token":"x"}}`)
	path := connectorPath + "/" + made.get("id").String()
	c.put(path, `{"name":"renamed"}`)
	c.get(path + "/inspect")
	if got := c.delete(path); got.status != http.StatusAccepted {
		c.t.Errorf("delete: status %d: %s", got.status, got.body)
	}
}

// BenchmarkStart shows that a sandbox is ready in far less than 100 ms.

func BenchmarkStart(b *testing.B) {
	for b.Loop() {
		box, err := sandbox.Start()
		if err != nil {
			b.Fatal(err)
		}
		box.Close()
	}
	if each := b.Elapsed() / time.Duration(b.N); each > 100*time.Millisecond {
		b.Errorf("Start took %v, want less than 100ms", each)
	}
}

func TestNilOptionIsSkipped(t *testing.T) {
	t.Parallel()
	_, c := connect(t, nil, sandbox.WithExtraWorkspaces(1), nil)
	if got := c.get(workspacePath).get("data.#").Int(); got != 2 {
		t.Errorf("%d workspaces, want 2", got)
	}
}
