package mcp_test

import (
	"context"
	"errors"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	mcptools "github.com/agentsdk-go/airbyte/tools/mcp"
)

// probe asks a health endpoint without a network.
func probe(t *testing.T, h http.Handler, path string) (status int, body string) {
	t.Helper()
	w := httptest.NewRecorder()
	h.ServeHTTP(w, httptest.NewRequestWithContext(t.Context(), http.MethodGet, path, http.NoBody))
	return w.Code, w.Body.String()
}

func TestHandlerHealth(t *testing.T) {
	t.Parallel()
	s := listen(t, function(t, ran), mcptools.WithBearerToken("secret"), mcptools.WithPath("/tools"))
	for _, tt := range []struct {
		method, path string
		status       int
		body         string
	}{
		{"GET", "/healthz", 200, `{"status":"ok"}`},
		{"HEAD", "/healthz", 200, ""},
		{"POST", "/healthz", 405, `{"status":"use GET"}`},
		{"GET", "/readyz", 200, `{"status":"ready"}`},
		{"GET", "/mcp", 404, `{"status":"nothing is served at this path; MCP is at /tools"}`},
		{"DELETE", "/", 404, `{"status":"nothing is served at this path; MCP is at /tools"}`},
		{"POST", "/", 404, `{"jsonrpc":"2.0","id":null,"error":{"code":-32000,"message":"nothing is served at this path; MCP is at /tools"}}`},
		{"POST", "/tools/", 404, `{"jsonrpc":"2.0","id":null,"error":{"code":-32000,"message":"nothing is served at this path; MCP is at /tools"}}`},
		{"POST", "/tools", 401, `{"jsonrpc":"2.0","id":null,"error":{"code":-32000,"message":"this server wants a bearer token in the Authorization header"}}`},
	} {
		t.Run(tt.method+" "+tt.path, func(t *testing.T) {
			t.Parallel()
			got := send(t, tt.method, s.url+tt.path, "", "Host", "10.1.2.3:8080")
			if tt.path == "/tools" {
				got = send(t, tt.method, s.url+tt.path, "")
			}
			if got.status != tt.status || got.body != tt.body {
				t.Errorf("%d %s, want %d %s", got.status, got.body, tt.status, tt.body)
			}
		})
	}
}

// However many probes come, the check is asked once in five seconds.
func TestHandlerReadiness(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		var asked atomic.Int32
		var failing atomic.Bool
		var log lockedLog
		h := handler(t, mcptools.WithHandlerLogger(log.logger()), mcptools.WithReadiness(func(ctx context.Context) error {
			asked.Add(1)
			select {
			case <-time.After(time.Second):
			case <-ctx.Done():
				return ctx.Err()
			}
			if failing.Load() {
				return errors.New("canary: the service refused")
			}
			return nil
		}))
		var wg sync.WaitGroup
		for range 20 {
			wg.Go(func() {
				if status, body := probe(t, h, "/readyz"); status != 200 {
					t.Errorf("readyz: %d %s", status, body)
				}
			})
		}
		wg.Wait()
		failing.Store(true)
		<-time.After(4 * time.Second) // of the bubble's time
		if status, _ := probe(t, h, "/readyz"); status != 200 || asked.Load() != 1 {
			t.Errorf("status %d after %d checks, want 200 after 1", status, asked.Load())
		}
		<-time.After(2 * time.Second)
		if status, body := probe(t, h, "/readyz"); status != 503 || body != `{"status":"not ready"}` || asked.Load() != 2 {
			t.Errorf("%d %s after %d checks, want 503 after 2", status, body, asked.Load())
		}
		if !strings.Contains(log.String(), "canary: the service refused") {
			t.Errorf("the log does not say why: %s", log.String())
		}
		if status, _ := probe(t, h, "/healthz"); status != 200 {
			t.Errorf("a process that is not ready is alive: %d", status)
		}
	})
}

// A check that hangs is a check that fails.
func TestHandlerReadinessHangs(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		var asked atomic.Int32
		h := handler(t, mcptools.WithReadiness(func(ctx context.Context) error {
			asked.Add(1)
			<-ctx.Done()
			return ctx.Err()
		}))
		start := time.Now()
		if status, _ := probe(t, h, "/readyz"); status != 503 || time.Since(start) != 5*time.Second {
			t.Errorf("status %d after %v", status, time.Since(start))
		}
		if status, _ := probe(t, h, "/readyz"); status != 503 || asked.Load() != 1 {
			t.Errorf("status %d after %d checks", status, asked.Load())
		}
	})
}

// A probe that gives up leaves the check to the next one: else a check that takes
// longer than a probe waits would never say that the server is ready.
func TestHandlerReadinessOutlivesItsProbe(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		var asked atomic.Int32
		h := handler(t, mcptools.WithReadiness(func(ctx context.Context) error {
			asked.Add(1)
			select {
			case <-time.After(3 * time.Second):
				return nil
			case <-ctx.Done():
				return ctx.Err()
			}
		}))
		ctx, cancel := context.WithTimeout(t.Context(), time.Second)
		defer cancel()
		go h.ServeHTTP(httptest.NewRecorder(), httptest.NewRequestWithContext(ctx, http.MethodGet, "/readyz", http.NoBody))
		<-time.After(2 * time.Second) // of the bubble's time: the prober has left
		if ctx.Err() == nil {
			t.Fatal("the prober has not left")
		}
		if status, body := probe(t, h, "/readyz"); status != 200 || asked.Load() != 1 {
			t.Errorf("%d %s after %d checks, want 200 after 1", status, body, asked.Load())
		}
	})
}

// handler returns a Handler that is asked without a network.
func handler(t *testing.T, opts ...mcptools.HandlerOption) *mcptools.Handler {
	t.Helper()
	h, err := mcptools.NewHandler(newServer(t, function(t, ran)), opts...)
	if err != nil {
		t.Fatal(err)
	}
	return h
}
