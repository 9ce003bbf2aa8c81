package mcp_test

import (
	"context"
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"testing"

	"github.com/modelcontextprotocol/go-sdk/mcp"

	"github.com/agentsdk-go/airbyte/connector"
	"github.com/agentsdk-go/airbyte/sandbox"
	"github.com/agentsdk-go/airbyte/tools"
	mcptools "github.com/agentsdk-go/airbyte/tools/mcp"
)

// newPylon returns a sandbox and the tools of its Pylon connector.
func newPylon(t testing.TB, box *sandbox.Sandbox, opts ...tools.Option) *tools.Set {
	t.Helper()
	conn, err := connector.Connect(t.Context(), "pylon", sandbox.Workspace,
		connector.WithBaseURL(box.PlatformURL()),
		connector.WithCredentials(sandbox.ClientID, sandbox.ClientSecret),
		connector.WithRetries(0))
	if err != nil {
		t.Fatal(err)
	}
	set, err := tools.New(conn, opts...)
	if err != nil {
		t.Fatal(err)
	}
	return set
}

// offline returns the tools of a Pylon connector that is never called.
func offline(t testing.TB, opts ...tools.Option) *tools.Set {
	t.Helper()
	manifest, _ := connector.LookupManifest("pylon")
	conn, err := connector.Open(manifest, connector.Credentials{"api_token": "token"})
	if err != nil {
		t.Fatal(err)
	}
	set, err := tools.New(conn, opts...)
	if err != nil {
		t.Fatal(err)
	}
	return set
}

// function returns a set of one tool, called function.
func function(t testing.TB, fn func(context.Context) (string, error), opts ...tools.Option) *tools.Set {
	t.Helper()
	return named(t, "function", fn, opts...)
}

// named returns a set of one tool.
func named(t testing.TB, name string, fn func(context.Context) (string, error), opts ...tools.Option) *tools.Set {
	t.Helper()
	tool, err := tools.Func(name, "Runs a function.", func(ctx context.Context, _ struct{}) (string, error) { return fn(ctx) }, opts...)
	if err != nil {
		t.Fatal(err)
	}
	set, err := tools.NewSet(tool)
	if err != nil {
		t.Fatal(err)
	}
	return set
}

func newServer(t testing.TB, set *tools.Set, opts ...mcptools.Option) *mcp.Server {
	t.Helper()
	server, err := mcptools.NewServer(set, opts...)
	if err != nil {
		t.Fatal(err)
	}
	return server
}

// link connects a server with one end of a transport and returns the other end.
type link func(t testing.TB, server *mcp.Server) mcp.Transport

// links are the ways in which a client reaches a server.
var links = map[string]link{
	"memory":         inMemory,
	"stdio":          overStdio,
	"http":           overHTTP(&mcp.StreamableHTTPOptions{}),
	"stateless http": overHTTP(&mcp.StreamableHTTPOptions{Stateless: true, PropagateRequestCancellation: true}),
}

func inMemory(t testing.TB, server *mcp.Server) mcp.Transport {
	t.Helper()
	near, far := mcp.NewInMemoryTransports()
	serve(t, server, near)
	return far
}

func overHTTP(opts *mcp.StreamableHTTPOptions) link {
	return func(t testing.TB, server *mcp.Server) mcp.Transport {
		t.Helper()
		web := httptest.NewServer(mcp.NewStreamableHTTPHandler(func(*http.Request) *mcp.Server { return server }, opts))
		t.Cleanup(web.Close)
		return &mcp.StreamableClientTransport{Endpoint: web.URL, HTTPClient: web.Client()}
	}
}

// overStdio joins our transport and the SDK's by two pipes, as a client and a
// program that it started are.
func overStdio(t testing.TB, server *mcp.Server) mcp.Transport {
	t.Helper()
	toServer, fromClient := io.Pipe()
	toClient, fromServer := io.Pipe()
	serve(t, server, mcptools.Stdio(toServer, fromServer))
	return &mcp.IOTransport{Reader: toClient, Writer: fromClient}
}

// serve runs one session of the server until the test ends.
func serve(t testing.TB, server *mcp.Server, transport mcp.Transport) {
	t.Helper()
	session, err := server.Connect(context.WithoutCancel(t.Context()), transport, nil)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := session.Close(); err != nil {
			t.Errorf("server session: %v", err)
		}
	})
}

// connect returns a client's session with the server.
func connect(t testing.TB, server *mcp.Server, by link, opts *mcp.ClientOptions) *mcp.ClientSession {
	t.Helper()
	client := mcp.NewClient(&mcp.Implementation{Name: "test", Version: "1"}, opts)
	session, err := client.Connect(t.Context(), by(t, server), nil)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := session.Close(); err != nil && !errors.Is(err, io.ErrClosedPipe) {
			t.Errorf("client session: %v", err)
		}
	})
	return session
}
