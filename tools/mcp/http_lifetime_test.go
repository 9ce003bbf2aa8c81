package mcp_test

import (
	"context"
	"errors"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/modelcontextprotocol/go-sdk/mcp"

	"github.com/agentsdk-go/airbyte/connector"
	"github.com/agentsdk-go/airbyte/sandbox"
	"github.com/agentsdk-go/airbyte/tools"
	mcptools "github.com/agentsdk-go/airbyte/tools/mcp"
)

// held is a tool that runs until it is let go, or its context ends.
type held struct {
	entered chan struct{}
	release chan struct{}
	ended   chan error // the cause, for each call whose context ended
}

func newHeld() *held {
	return &held{make(chan struct{}, 100), make(chan struct{}), make(chan error, 100)}
}

func (h *held) run(ctx context.Context) (string, error) {
	h.entered <- struct{}{}
	select {
	case <-h.release:
		return "finished", nil
	case <-ctx.Done():
		h.ended <- context.Cause(ctx)
		return "", ctx.Err()
	}
}

// await receives, or fails when nothing comes.
func await[T any](t testing.TB, c <-chan T, what string) T {
	t.Helper()
	select {
	case v := <-c:
		return v
	case <-time.After(10 * time.Second):
		t.Fatalf("%s did not come", what)
		panic("unreachable")
	}
}

// outcome is what a call in the background gave.
type outcome struct {
	text    string
	isError bool
	err     error
}

func goCall(ctx context.Context, session *mcp.ClientSession) <-chan outcome {
	done := make(chan outcome, 1)
	go func() {
		text, isError, err := callFunction(ctx, session)
		done <- outcome{text, isError, err}
	}()
	return done
}

// A client that goes away in the middle of a call ends it, in every version of
// the protocol, and nothing is left of it.
func TestHandlerDisconnect(t *testing.T) {
	t.Parallel()
	for _, version := range []string{"2026-07-28", "2025-11-25"} {
		t.Run(version, func(t *testing.T) {
			t.Parallel()
			ctx := marked(t)
			tool := newHeld()
			s := listen(t, function(t, tool.run))
			httpClient := newClient(t)
			client := mcp.NewClient(&mcp.Implementation{Name: "test", Version: "1"}, nil)
			session, err := client.Connect(ctx, &mcp.StreamableClientTransport{Endpoint: s.url + "/mcp", HTTPClient: httpClient}, &mcp.ClientSessionOptions{ProtocolVersion: version})
			if err != nil {
				t.Fatal(err)
			}
			callCtx, giveUp := context.WithCancel(ctx)
			done := goCall(callCtx, session)
			await(t, tool.entered, "the call")
			giveUp()
			if cause := await(t, tool.ended, "the end of the call"); !errors.Is(cause, context.Canceled) {
				t.Errorf("the call ended for %v", cause)
			}
			if got := await(t, done, "the answer"); !errors.Is(got.err, context.Canceled) {
				t.Errorf("the client's error: %v", got.err)
			}
			closed(t, session)
			httpClient.Transport.(with).base.CloseIdleConnections()
			closed(t, s.server)
			aloneAgain(t)
		})
	}
}

// The end reaches the service: its request is given up as well.
func TestHandlerDisconnectEndsTheServicesRequest(t *testing.T) {
	t.Parallel()
	ctx := t.Context()
	box := startSandbox(t)
	s := listen(t, newPylon(t, box))
	box.Inject(sandbox.Fault{Route: sandbox.RouteExecute, Delay: time.Minute})
	session := mustDial(t, s.url)
	callCtx, giveUp := context.WithCancel(ctx)
	defer giveUp()
	done := make(chan error, 1)
	go func() {
		_, err := session.CallTool(callCtx, &mcp.CallToolParams{Name: "pylon_execute", Arguments: map[string]any{"entity": "users", "action": "list"}})
		done <- err
	}()
	for tick := time.NewTicker(time.Millisecond); box.Count(sandbox.RouteExecute) == 0; {
		<-tick.C // until the request has come
	}
	giveUp()
	if err := await(t, done, "the answer"); !errors.Is(err, context.Canceled) {
		t.Errorf("call: %v", err)
	}
	// The handler waits for its calls: it could not shut down within the minute.
	shutdown, cancel := context.WithTimeout(ctx, 10*time.Second)
	defer cancel()
	if err := s.handler.Shutdown(shutdown); err != nil {
		t.Errorf("Shutdown: %v", err)
	}
}

func TestHandlerCallTimeout(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name   string
		effect connector.Effect
		want   string
	}{
		{"read", connector.Read, `"kind":"unavailable"`},
		{"write", connector.Write, `"kind":"unknown_outcome"`},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			tool := newHeld()
			s := listen(t, function(t, tool.run, tools.WithEffect(tt.effect)), mcptools.WithCallTimeout(50*time.Millisecond))
			session := mustDial(t, s.url)
			text, isError, err := callFunction(t.Context(), session)
			if err != nil || !isError || !strings.Contains(text, tt.want) || !strings.Contains(text, "the call took longer than") {
				t.Errorf("call: %s, %v", text, err)
			}
			if _, err := session.ListTools(t.Context(), nil); err != nil {
				t.Errorf("the session after it: %v", err)
			}
		})
	}
}

// The handler answers for tools of other servers, which return their error.
func TestHandlerCallTimeoutOfAnotherServer(t *testing.T) {
	t.Parallel()
	h := bare(t, func(ctx context.Context, _ *mcp.CallToolRequest) (*mcp.CallToolResult, error) {
		<-ctx.Done()
		return nil, ctx.Err()
	}, mcptools.WithCallTimeout(50*time.Millisecond))
	session := mustDial(t, serveHTTP(t, h))
	text, isError, err := callFunction(t.Context(), session)
	want := `{"error":{"kind":"unknown_outcome","message":"the call took longer than 50ms and was stopped",`
	if err != nil || !isError || !strings.HasPrefix(text, want) {
		t.Errorf("call: %s, %v", text, err)
	}
}

// A running call is finished, and nothing new is begun meanwhile.
func TestHandlerShutdownLetsCallsFinish(t *testing.T) {
	t.Parallel()
	tool := newHeld()
	s := listen(t, function(t, tool.run))
	session := mustDial(t, s.url)
	running := goCall(t.Context(), session)
	await(t, tool.entered, "the call")

	stopped := make(chan error, 1)
	go func() { stopped <- s.handler.Shutdown(t.Context()) }()
	for send(t, http.MethodGet, s.url+"/readyz", "").status == 200 {
		// until Shutdown has begun
	}
	if got := send(t, http.MethodGet, s.url+"/readyz", ""); got.status != 503 || got.body != `{"status":"shutting down"}` {
		t.Errorf("readyz: %d %s", got.status, got.body)
	}
	if got := send(t, http.MethodGet, s.url+"/healthz", ""); got.status != 200 {
		t.Errorf("healthz: %d", got.status)
	}
	if got := send(t, http.MethodPost, s.url+"/mcp", pingHTTP); got.status != 503 || !strings.Contains(got.body, "shutting down") {
		t.Errorf("new request: %d %s", got.status, got.body)
	}
	select {
	case err := <-stopped:
		t.Fatalf("Shutdown did not wait: %v", err)
	default:
	}
	close(tool.release)
	if got := await(t, running, "the answer"); got.err != nil || got.isError || !strings.Contains(got.text, "finished") {
		t.Errorf("running call: %+v", got)
	}
	if err := await(t, stopped, "the end of Shutdown"); err != nil {
		t.Errorf("Shutdown: %v", err)
	}
	if err := s.handler.Shutdown(t.Context()); err != nil {
		t.Errorf("Shutdown again: %v", err)
	}
}

// When its time is over, Shutdown stops what still runs, and the clients hear of it.
func TestHandlerShutdownStopsCalls(t *testing.T) {
	t.Parallel()
	tool := newHeld()
	s := listen(t, function(t, tool.run))
	session := mustDial(t, s.url)
	running := goCall(t.Context(), session)
	await(t, tool.entered, "the call")
	ctx, cancel := context.WithTimeout(t.Context(), 50*time.Millisecond)
	defer cancel()
	err := s.handler.Shutdown(ctx)
	if !errors.Is(err, context.DeadlineExceeded) || !strings.Contains(err.Error(), "running requests that were stopped: 1") {
		t.Errorf("Shutdown: %v", err)
	}
	got := await(t, running, "the answer")
	if got.err != nil || !got.isError || !strings.Contains(got.text, "the server is shutting down and has stopped the call") {
		t.Errorf("stopped call: %+v", got)
	}
	if err := s.server.Shutdown(t.Context()); err != nil {
		t.Errorf("the http.Server: %v", err)
	}
}
