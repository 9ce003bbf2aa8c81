package mcp_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net"
	"net/http"
	"regexp"
	"runtime/pprof"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/modelcontextprotocol/go-sdk/mcp"

	"github.com/agentsdk-go/airbyte/tools"
	mcptools "github.com/agentsdk-go/airbyte/tools/mcp"
)

// site is a Handler on a real listener.
type site struct {
	handler *mcptools.Handler
	server  *http.Server
	url     string
}

// listen serves the set over HTTP until the test ends.
func listen(t testing.TB, set *tools.Set, opts ...mcptools.HandlerOption) *site {
	t.Helper()
	h, err := mcptools.NewHandler(newServer(t, set), opts...)
	if err != nil {
		t.Fatal(err)
	}
	server := h.Server("")
	return &site{handler: h, server: server, url: run(t, server)}
}

// serveHTTP serves any handler and returns its address.
func serveHTTP(t testing.TB, handler http.Handler) string {
	t.Helper()
	return run(t, &http.Server{Handler: handler, ReadHeaderTimeout: time.Minute})
}

func run(t testing.TB, server *http.Server) string {
	t.Helper()
	listener, err := (&net.ListenConfig{}).Listen(t.Context(), "tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	done := make(chan struct{})
	go func() {
		defer close(done)
		if err := server.Serve(listener); !errors.Is(err, http.ErrServerClosed) {
			t.Errorf("Serve: %v", err)
		}
	}()
	t.Cleanup(func() {
		closed(t, server)
		<-done
	})
	return "http://" + listener.Addr().String()
}

// closed closes what should close without an error.
func closed(t testing.TB, c io.Closer) {
	t.Helper()
	if err := c.Close(); err != nil {
		t.Errorf("Close: %v", err)
	}
}

// with is a transport of its own that adds headers to each request.
type with struct {
	header http.Header
	base   *http.Transport
}

func (w with) RoundTrip(r *http.Request) (*http.Response, error) {
	r = r.Clone(r.Context())
	for name, values := range w.header {
		r.Header[name] = values
		if name == "Host" {
			r.Host = values[0]
		}
	}
	return w.base.RoundTrip(r)
}

// newClient returns an HTTP client that sends the headers, given in pairs.
func newClient(t testing.TB, pairs ...string) *http.Client {
	t.Helper()
	w := with{header: http.Header{}, base: &http.Transport{MaxIdleConnsPerHost: 64}}
	for i := 0; i+1 < len(pairs); i += 2 {
		w.header.Set(pairs[i], pairs[i+1])
	}
	t.Cleanup(w.base.CloseIdleConnections)
	return &http.Client{Transport: w}
}

// dial connects the official client, with the headers given in pairs.
func dial(t testing.TB, base string, pairs ...string) (*mcp.ClientSession, error) {
	t.Helper()
	client := mcp.NewClient(&mcp.Implementation{Name: "test", Version: "1"}, nil)
	session, err := client.Connect(t.Context(), &mcp.StreamableClientTransport{
		Endpoint:   base + mcptools.DefaultPath,
		HTTPClient: newClient(t, pairs...),
		MaxRetries: -1,
	}, nil)
	if err == nil {
		t.Cleanup(func() { closed(t, session) })
	}
	return session, err
}

// mustDial connects the official client to a server that lets it in.
func mustDial(t testing.TB, base string, pairs ...string) *mcp.ClientSession {
	t.Helper()
	session, err := dial(t, base, pairs...)
	if err != nil {
		t.Fatal(err)
	}
	return session
}

// callFunction calls the tool of function.
func callFunction(ctx context.Context, session *mcp.ClientSession) (text string, isError bool, err error) {
	res, err := session.CallTool(ctx, &mcp.CallToolParams{Name: "function"})
	if err != nil {
		return "", false, err
	}
	text, err = textOf(res)
	return text, res.IsError, err
}

// reply is what a raw request got.
type reply struct {
	status int
	header http.Header
	body   string
}

// send sends a raw request with the headers that the protocol asks for, and with
// those given in pairs.
func send(t testing.TB, method, url, body string, pairs ...string) reply {
	t.Helper()
	req, err := http.NewRequestWithContext(t.Context(), method, url, strings.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	req.Header.Set("Content-Type", "application/json")
	req.Header.Set("Accept", "application/json, text/event-stream")
	res, err := newClient(t, pairs...).Do(req)
	if err != nil {
		t.Fatal(err)
	}
	defer res.Body.Close()
	b, err := io.ReadAll(res.Body)
	if err != nil {
		t.Fatal(err)
	}
	return reply{res.StatusCode, res.Header, string(b)}
}

// marked marks the test's goroutine and all that come of it. Tests beside it do
// not count, whose goroutines carry other marks.
func marked(t *testing.T) context.Context {
	t.Helper()
	ctx := pprof.WithLabels(t.Context(), pprof.Labels("test", t.Name()))
	pprof.SetGoroutineLabels(ctx)
	return ctx
}

var profiled = regexp.MustCompile(`(?m)^(\d+) @.*\n# labels: (.*)$`)

// aloneAgain waits until no marked goroutine is left but the test's own.
func aloneAgain(t *testing.T) {
	t.Helper()
	tick := time.NewTicker(5 * time.Millisecond)
	defer tick.Stop()
	deadline := time.NewTimer(10 * time.Second)
	defer deadline.Stop()
	for {
		var b bytes.Buffer
		if err := pprof.Lookup("goroutine").WriteTo(&b, 1); err != nil {
			t.Fatal(err)
		}
		left := 0
		for _, m := range profiled.FindAllStringSubmatch(b.String(), -1) {
			if strings.Contains(m[2], fmt.Sprintf("%q", t.Name())) {
				n, _ := strconv.Atoi(m[1])
				left += n
			}
		}
		switch left {
		case 1:
			return
		case 0:
			t.Fatal("the profile does not show the test's own goroutine")
		}
		select {
		case <-tick.C:
		case <-deadline.C:
			t.Fatalf("%d goroutines are left:\n%s", left-1, b.String())
		}
	}
}

// lockedLog collects what several goroutines log.
type lockedLog struct {
	mu sync.Mutex
	b  bytes.Buffer
}

func (l *lockedLog) logger() *slog.Logger { return slog.New(slog.NewJSONHandler(l, nil)) }

func (l *lockedLog) Write(p []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.b.Write(p)
}

func (l *lockedLog) String() string {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.b.String()
}
