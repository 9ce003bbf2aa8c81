package mcp_test

import (
	"context"
	"net/http"
	"net/http/httputil"
	"net/url"
	"strings"
	"sync/atomic"
	"testing"

	"github.com/modelcontextprotocol/go-sdk/mcp"

	"github.com/agentsdk-go/airbyte/sandbox"
	mcptools "github.com/agentsdk-go/airbyte/tools/mcp"
)

func ran(context.Context) (string, error) { return "ran", nil }

// startSandbox starts a sandbox that ends with the test.
func startSandbox(t testing.TB) *sandbox.Sandbox {
	t.Helper()
	box, err := sandbox.Start()
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(box.Close)
	return box
}

// bare returns a handler of a server that this package did not make, with one
// tool, called function.
func bare(t testing.TB, tool mcp.ToolHandler, opts ...mcptools.HandlerOption) *mcptools.Handler {
	t.Helper()
	server := mcp.NewServer(&mcp.Implementation{Name: "bare", Version: "1"}, nil)
	server.AddTool(&mcp.Tool{Name: "function", InputSchema: map[string]any{"type": "object"}}, tool)
	h, err := mcptools.NewHandler(server, opts...)
	if err != nil {
		t.Fatal(err)
	}
	return h
}

func TestHandlerServes(t *testing.T) {
	t.Parallel()
	s := listen(t, newPylon(t, startSandbox(t)), mcptools.WithBearerToken("secret"))
	for _, version := range []string{"", "2025-11-25", "2025-03-26"} {
		t.Run("protocol "+version, func(t *testing.T) {
			t.Parallel()
			client := mcp.NewClient(&mcp.Implementation{Name: "test", Version: "1"}, nil)
			session, err := client.Connect(t.Context(), &mcp.StreamableClientTransport{
				Endpoint:   s.url + "/mcp",
				HTTPClient: newClient(t, "Authorization", "Bearer secret"),
			}, &mcp.ClientSessionOptions{ProtocolVersion: version})
			if err != nil {
				t.Fatal(err)
			}
			defer closed(t, session)
			list, err := session.ListTools(t.Context(), nil)
			if err != nil {
				t.Fatal(err)
			}
			if len(list.Tools) != 1 || list.Tools[0].Name != "pylon_execute" {
				t.Errorf("tools: %v", list.Tools)
			}
			res, err := session.CallTool(t.Context(), &mcp.CallToolParams{Name: "pylon_execute", Arguments: map[string]any{
				"entity": "users", "action": "list", "params": map[string]any{},
			}})
			if err != nil {
				t.Fatal(err)
			}
			if text, err := textOf(res); err != nil || res.IsError || !strings.Contains(text, `"data":[{`) {
				t.Errorf("call: %s, %v", text, err)
			}
		})
	}
}

// Proxies are told to pass answers on as they come.
func TestHandlerTellsProxiesNotToBuffer(t *testing.T) {
	t.Parallel()
	s := listen(t, function(t, ran))
	got := send(t, http.MethodPost, s.url+"/mcp", call("1", "function", `{}`))
	if got.status != 200 || got.header.Get("X-Accel-Buffering") != "no" {
		t.Errorf("%d %v", got.status, got.header)
	}
}

// Replicas share nothing: one client's requests go to each of two in turn.
func TestHandlerReplicas(t *testing.T) {
	t.Parallel()
	var counts [2]atomic.Int32
	var targets [2]*url.URL
	for i := range targets {
		s := listen(t, function(t, func(context.Context) (string, error) {
			counts[i].Add(1)
			return "ran", nil
		}))
		u, err := url.Parse(s.url)
		if err != nil {
			t.Fatal(err)
		}
		targets[i] = u
	}
	var turn atomic.Int32
	balancer := serveHTTP(t, &httputil.ReverseProxy{
		Transport: newClient(t).Transport,
		Rewrite:   func(r *httputil.ProxyRequest) { r.SetURL(targets[turn.Add(1)%2]) },
	})
	session := mustDial(t, balancer)
	for range 10 {
		if text, isError, err := callFunction(t.Context(), session); err != nil || isError || !strings.Contains(text, "ran") {
			t.Fatalf("call: %s, %v", text, err)
		}
	}
	if counts[0].Load() != 5 || counts[1].Load() != 5 {
		t.Errorf("the replicas answered %d and %d calls, want 5 and 5", counts[0].Load(), counts[1].Load())
	}
}

// Progress arrives while the call runs: nothing on the way collects the answer.
func TestHandlerStreamsProgress(t *testing.T) {
	t.Parallel()
	heard := make(chan struct{})
	h := bare(t, func(ctx context.Context, req *mcp.CallToolRequest) (*mcp.CallToolResult, error) {
		err := req.Session.NotifyProgress(ctx, &mcp.ProgressNotificationParams{ProgressToken: req.Params.GetProgressToken(), Progress: 1})
		if err != nil {
			return nil, err
		}
		select {
		case <-heard:
			return &mcp.CallToolResult{}, nil
		case <-ctx.Done():
			return nil, ctx.Err()
		}
	})
	client := mcp.NewClient(&mcp.Implementation{Name: "test", Version: "1"}, &mcp.ClientOptions{
		ProgressNotificationHandler: func(context.Context, *mcp.ProgressNotificationClientRequest) { close(heard) },
	})
	session, err := client.Connect(t.Context(), &mcp.StreamableClientTransport{Endpoint: serveHTTP(t, h) + "/mcp", HTTPClient: newClient(t)}, nil)
	if err != nil {
		t.Fatal(err)
	}
	defer closed(t, session)
	params := &mcp.CallToolParams{Name: "function"}
	params.SetProgressToken("p")
	if res, err := session.CallTool(t.Context(), params); err != nil || res.IsError {
		t.Errorf("call: %+v, %v", res, err)
	}
}

// A client that knows of lists that change asks to hear of it, and goes on
// without.
func TestHandlerRefusesSubscriptions(t *testing.T) {
	t.Parallel()
	h := bare(t, func(context.Context, *mcp.CallToolRequest) (*mcp.CallToolResult, error) {
		return &mcp.CallToolResult{}, nil
	})
	base := serveHTTP(t, h)
	client := mcp.NewClient(&mcp.Implementation{Name: "test", Version: "1"}, &mcp.ClientOptions{
		ToolListChangedHandler: func(context.Context, *mcp.ToolListChangedRequest) {},
	})
	session, err := client.Connect(t.Context(), &mcp.StreamableClientTransport{Endpoint: base + "/mcp", HTTPClient: newClient(t)}, nil)
	if err != nil {
		t.Fatal(err)
	}
	defer closed(t, session)
	if _, err := session.ListTools(t.Context(), nil); err != nil {
		t.Error(err)
	}
	if err := h.Shutdown(t.Context()); err != nil {
		t.Errorf("a subscription holds the server: %v", err)
	}
}

// What is said through other transports of the same server is left alone.
func TestHandlerLeavesOtherSessionsAlone(t *testing.T) {
	t.Parallel()
	server := newServer(t, function(t, func(ctx context.Context) (string, error) {
		if _, limited := ctx.Deadline(); limited {
			return "limited", nil
		}
		return "free", nil
	}))
	if _, err := mcptools.NewHandler(server); err != nil {
		t.Fatal(err)
	}
	session := connect(t, server, inMemory, nil)
	if text, _, err := callFunction(t.Context(), session); err != nil || !strings.Contains(text, "free") {
		t.Errorf("call: %s, %v", text, err)
	}
}

func TestHandlerServerLimits(t *testing.T) {
	t.Parallel()
	server := listen(t, function(t, ran)).handler.Server("127.0.0.1:1")
	if server.Addr != "127.0.0.1:1" || server.ReadHeaderTimeout <= 0 || server.IdleTimeout <= 0 || server.MaxHeaderBytes <= 0 {
		t.Errorf("limits are missing: %+v", server)
	}
	if server.WriteTimeout != 0 || server.ReadTimeout != 0 {
		t.Error("a limit for the whole request would cut long calls")
	}
}

var _ http.Handler = (*mcptools.Handler)(nil)
