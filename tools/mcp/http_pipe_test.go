package mcp_test

import (
	"bufio"
	"context"
	"errors"
	"io"
	"net"
	"net/http"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/modelcontextprotocol/go-sdk/mcp"

	mcptools "github.com/agentsdk-go/airbyte/tools/mcp"
)

// pipes is a network within the process: its deadlines follow the time of a
// synctest bubble, and nothing is sent before it is read.
type pipes struct {
	handler *mcptools.Handler
	server  *http.Server
	conns   chan net.Conn
	once    sync.Once
	closed  chan struct{}
}

// pipe serves a handler over pipes until the test ends.
func pipe(t *testing.T, h *mcptools.Handler) *pipes {
	t.Helper()
	p := &pipes{handler: h, server: h.Server(""), conns: make(chan net.Conn), closed: make(chan struct{})}
	done := make(chan error, 1)
	go func() { done <- p.server.Serve(p) }()
	t.Cleanup(func() {
		closed(t, p.server)
		if err := <-done; !errors.Is(err, http.ErrServerClosed) {
			t.Errorf("Serve: %v", err)
		}
	})
	return p
}

func (p *pipes) Accept() (net.Conn, error) {
	select {
	case conn := <-p.conns:
		return conn, nil
	case <-p.closed:
		return nil, net.ErrClosed
	}
}

func (p *pipes) Close() error {
	p.once.Do(func() { close(p.closed) })
	return nil
}

func (p *pipes) Addr() net.Addr { return &net.UnixAddr{Name: "pipe", Net: "pipe"} }

func (p *pipes) dial(context.Context, string, string) (net.Conn, error) {
	client, server := net.Pipe()
	select {
	case p.conns <- server:
		return client, nil
	case <-p.closed:
		return nil, net.ErrClosed
	}
}

// session connects the official client.
func (p *pipes) session(t *testing.T) *mcp.ClientSession {
	t.Helper()
	transport := &http.Transport{DialContext: p.dial}
	t.Cleanup(transport.CloseIdleConnections)
	session, err := mcp.NewClient(&mcp.Implementation{Name: "test", Version: "1"}, nil).Connect(t.Context(), &mcp.StreamableClientTransport{
		Endpoint: "http://localhost" + mcptools.DefaultPath, HTTPClient: &http.Client{Transport: transport}, MaxRetries: -1,
	}, nil)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { closed(t, session) })
	return session
}

// open opens a connection and sends what is given, which may be nothing.
func (p *pipes) open(t *testing.T, text string) net.Conn {
	t.Helper()
	conn, err := p.dial(t.Context(), "", "")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { closed(t, conn) })
	if _, err := io.WriteString(conn, text); err != nil {
		t.Fatal(err)
	}
	return conn
}

// request is the text of a request, with the headers given in lines.
func request(method, path, headers, body string) string {
	return method + " " + path + " HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n" +
		"Accept: application/json, text/event-stream\r\n" + strings.ReplaceAll(headers, "\n", "\r\n") + "\r\n" + body
}

// stalled announces a body and sends one byte of it.
func stalled(method, path, headers string) string {
	return request(method, path, headers+"Content-Length: 100\n", "{")
}

// whole is a request with all of its body.
func whole(body string) string {
	return request(http.MethodPost, mcptools.DefaultPath, "Content-Length: "+strconv.Itoa(len(body))+"\n", body)
}

// answered is what a client read, and when.
type answered struct {
	status        int
	header        http.Header
	body          string
	last          bool // the server closes the connection
	after, closed time.Duration
}

// read reads an answer, and where that is the last one until the server closes the
// connection.
func read(t *testing.T, conn net.Conn) answered {
	t.Helper()
	start := time.Now()
	r := bufio.NewReader(conn)
	res, err := http.ReadResponse(r, nil)
	if err != nil {
		t.Fatal(err)
	}
	defer closed(t, res.Body)
	body, err := io.ReadAll(res.Body)
	if err != nil {
		t.Fatal(err)
	}
	a := answered{status: res.StatusCode, header: res.Header, body: string(body), last: res.Close, after: time.Since(start)}
	if !a.last {
		return a
	}
	if rest, err := io.ReadAll(r); err != nil || len(rest) > 0 {
		t.Errorf("after the answer: %q, %v", rest, err)
	}
	a.closed = time.Since(start)
	return a
}
