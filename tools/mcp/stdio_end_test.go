package mcp_test

import (
	"context"
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"strconv"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/agentsdk-go/airbyte/connector"
	"github.com/agentsdk-go/airbyte/tools"
	mcptools "github.com/agentsdk-go/airbyte/tools/mcp"
)

const (
	initialize = `{"jsonrpc":"2.0","id":0,"method":"initialize","params":{"protocolVersion":"2025-11-25","capabilities":{},"clientInfo":{"name":"raw","version":"1"}}}`
	ready      = `{"jsonrpc":"2.0","method":"notifications/initialized"}`
)

// hanging returns a function that runs until it is told to stop.
func hanging(ctx context.Context) (string, error) {
	<-ctx.Done()
	return "", ctx.Err()
}

// quick returns at once.
func quick(context.Context) (string, error) { return "ran", nil }

// What is piped in is answered whole, calls that take their time among it, and
// then the run ends.
func TestStdioPipe(t *testing.T) {
	t.Parallel()
	for name, end := range map[string]string{"with a last line break": "\n", "without one": ""} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				server := newServer(t, function(t, func(context.Context) (string, error) {
					<-time.After(5 * time.Second)
					return "ran", nil
				}))
				in := strings.Join([]string{initialize, ready, `{"jsonrpc":"2.0","id":1,"method":"tools/list"}`, call("2", "function", "{}"), "what?", call("3", "function", "{}")}, "\n") + end
				var out lockedText
				if err := server.Run(t.Context(), mcptools.Stdio(strings.NewReader(in), &out)); err != nil {
					t.Errorf("the run ended with %v", err)
				}
				for _, want := range []string{`"id":0,"result"`, `"id":1,"result":`, `"id":2,"result":{"content"`, `"id":null,"error"`, `"id":3,"result":{"content"`} {
					if strings.Count(out.String(), want) != 1 {
						t.Errorf("the output lacks %s:\n%s", want, out.String())
					}
				}
			})
		})
	}
}

// lockedText is a text that any goroutine may write to.
type lockedText struct {
	mu sync.Mutex
	b  strings.Builder
}

func (l *lockedText) Write(p []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.b.Write(p)
}

func (l *lockedText) String() string {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.b.String()
}

// After its input a session ends at once, or when its time is over; stopped, it
// ends at once. Calls that run then are cancelled.
func TestStdioEndsCalls(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name string
		end  func(*raw)
		want time.Duration
	}{
		{"the client closes its output", func(r *raw) { r.in.Close() }, 10 * time.Second},
		{"the client dies", func(r *raw) { r.leave() }, 10 * time.Second},
		{"the client dies, and is sent something", func(r *raw) { r.send(ping); r.leave() }, 0},
		{"the program is stopped", func(r *raw) { r.stop() }, 0},
		{"the program is stopped later", func(r *raw) { r.in.Close(); <-time.After(3 * time.Second); r.stop() }, 3 * time.Second},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				ended := make(chan error, 10)
				r := initialized(t, newServer(t, function(t, func(ctx context.Context) (string, error) {
					<-ctx.Done()
					ended <- ctx.Err()
					return "", ctx.Err()
				})))
				for i := range 10 {
					r.send(call(strconv.Itoa(i+1), "function", "{}"))
				}
				synctest.Wait()
				start := time.Now()
				tt.end(r)
				for range 10 {
					if err := <-ended; !errors.Is(err, context.Canceled) {
						t.Errorf("the call ended with %v", err)
					}
				}
				if err := <-r.ended; err != nil && !errors.Is(err, context.Canceled) {
					t.Errorf("the run ended with %v", err)
				}
				if took := time.Since(start); took != tt.want {
					t.Errorf("the run ended after %v, want %v", took, tt.want)
				}
			})
		})
	}
}

// A client that goes away while nothing runs ends the run at once, wherever it
// stops.
func TestStdioEnd(t *testing.T) {
	t.Parallel()
	for name, last := range map[string]string{"at once": "", "within a line": `{"jsonrpc":"2.0","id":1,"meth`} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				r := initialized(t, newServer(t, offline(t)))
				if _, err := io.WriteString(r.in, last); err != nil {
					t.Fatal(err)
				}
				start := time.Now()
				r.leave()
				if err := <-r.ended; err != nil || time.Since(start) != 0 {
					t.Errorf("the run ended with %v after %v", err, time.Since(start))
				}
			})
		})
	}
}

// A last message needs no line break.
func TestStdioLastLine(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		conn, err := mcptools.Stdio(strings.NewReader("\n"+ping), io.Discard).Connect(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		if msg, err := conn.Read(t.Context()); msg == nil || err != nil {
			t.Errorf("got %v, %v, want the ping", msg, err)
		}
		for range 2 {
			if msg, err := conn.Read(t.Context()); msg != nil || !errors.Is(err, io.EOF) {
				t.Errorf("got %v, %v, want io.EOF", msg, err)
			}
		}
	})
}

// When a client stops waiting, the request of the service ends too.
func TestStdioEndsRequests(t *testing.T) {
	t.Parallel()
	started, ended := make(chan struct{}), make(chan struct{})
	service := httptest.NewServer(http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) {
		close(started)
		<-r.Context().Done()
		close(ended)
	}))
	t.Cleanup(service.Close)
	manifest, _ := connector.LookupManifest("pylon")
	conn, err := connector.Open(manifest, connector.Credentials{"api_token": "token"}, connector.WithBaseURL(service.URL))
	if err != nil {
		t.Fatal(err)
	}
	set, err := tools.New(conn)
	if err != nil {
		t.Fatal(err)
	}
	r := initialized(t, newServer(t, set))
	r.send(call("1", "pylon_execute", `{"entity":"me","action":"get"}`))
	<-started
	r.send(ping) // whose answer tells that the client has gone
	r.leave()
	<-ended
	if err := <-r.ended; err != nil {
		t.Errorf("the run ended with %v", err)
	}
}
