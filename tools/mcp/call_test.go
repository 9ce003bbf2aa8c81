package mcp_test

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/modelcontextprotocol/go-sdk/mcp"

	"github.com/agentsdk-go/airbyte/connector"
	"github.com/agentsdk-go/airbyte/sandbox"
	"github.com/agentsdk-go/airbyte/tools"
	mcptools "github.com/agentsdk-go/airbyte/tools/mcp"
)

// callOnce calls the function of a set over an in-memory link.
func callOnce(ctx context.Context, t *testing.T, set *tools.Set, opts ...mcptools.Option) (*mcp.CallToolResult, error) {
	t.Helper()
	return connect(t, newServer(t, set, opts...), inMemory, nil).
		CallTool(ctx, &mcp.CallToolParams{Name: "function", Arguments: map[string]any{}})
}

// What is a Go error in a program is told to the model without the program's
// inside, which is logged.
func TestGoErrors(t *testing.T) {
	t.Parallel()
	const failed = `{"error":{"kind":"failed","message":"the tool function failed inside this program","hint":"do not repeat the call, tell the user; the program's log may say more","retryable":false}}`
	tests := []struct {
		name   string
		fn     func(context.Context) (string, error)
		want   string
		logged []string
	}{
		{"a panic", func(context.Context) (string, error) { panic("secret") }, failed, []string{"ERROR", "tool=function", "panicked: secret", "stack="}},
		{
			"a cancellation of its own", func(context.Context) (string, error) { return "", fmt.Errorf("inside: %w", context.Canceled) },
			failed,
			[]string{"ERROR", "inside: context canceled"},
		},
		{
			"a wrong set-up", func(context.Context) (string, error) { return "", fmt.Errorf("no address: %w", connector.ErrConfig) },
			`{"error":{"kind":"config","message":"tool function: no address: configuration error","hint":"do not call again, tell the user that this program is set up wrongly","retryable":false}}`,
			[]string{"ERROR", "no address"},
		},
		{
			"a failure for the model", func(context.Context) (string, error) { return "", errors.New("no bread") },
			`{"error":{"kind":"failed","message":"no bread","retryable":false}}`,
			[]string{"DEBUG", "no bread"},
		},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			var log bytes.Buffer
			logger := slog.New(slog.NewTextHandler(&log, &slog.HandlerOptions{Level: slog.LevelDebug}))
			res, err := callOnce(t.Context(), t, function(t, tt.fn), mcptools.WithLogger(logger))
			if err != nil {
				t.Fatal(err)
			}
			text, err := textOf(res)
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(tt.want, text); diff != "" {
				t.Errorf("text (-want +got):\n%s", diff)
			}
			for _, part := range tt.logged {
				if !strings.Contains(log.String(), part) {
					t.Errorf("the log lacks %q:\n%s", part, log.String())
				}
			}
		})
	}
}

// A call that runs out of the program's own time is told to the client, which
// still waits for it.
func TestDeadline(t *testing.T) {
	t.Parallel()
	for effect, want := range map[connector.Effect]string{
		connector.Read:  `{"error":{"kind":"unavailable","message":"the call took longer than this program allows","hint":"ask for less in one call, or try again later","retryable":true}}`,
		connector.Write: `{"error":{"kind":"unknown_outcome","message":"the call took longer than this program allows","hint":"the change may or may not have happened; read the record first, and repeat the call only if the change is not there","retryable":false}}`,
	} {
		t.Run(string(effect), func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				server := newServer(t, function(t, func(ctx context.Context) (string, error) {
					<-ctx.Done()
					return "", ctx.Err()
				}, tools.WithEffect(effect)))
				server.AddReceivingMiddleware(func(next mcp.MethodHandler) mcp.MethodHandler {
					return func(ctx context.Context, method string, req mcp.Request) (mcp.Result, error) {
						ctx, cancel := context.WithTimeout(ctx, time.Minute)
						defer cancel()
						return next(ctx, method, req)
					}
				})
				res, err := connect(t, server, inMemory, nil).CallTool(t.Context(), &mcp.CallToolParams{Name: "function"})
				if err != nil {
					t.Fatal(err)
				}
				if text, err := textOf(res); err != nil || text != want {
					t.Errorf("got %s, %v, want %s", text, err, want)
				}
			})
		})
	}
}

// A client that gives up a call ends it at the server. Without sessions it is the
// end of its HTTP request that tells, which the SDK passes on when it is asked to.
func TestCancel(t *testing.T) {
	t.Parallel()
	for name, by := range links {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			started, ended := make(chan struct{}), make(chan error, 1)
			session := connect(t, newServer(t, function(t, func(ctx context.Context) (string, error) {
				close(started)
				<-ctx.Done()
				ended <- ctx.Err()
				return "", ctx.Err()
			})), by, nil)
			ctx, cancel := context.WithCancel(t.Context())
			go func() {
				<-started
				cancel()
			}()
			if _, err := session.CallTool(ctx, &mcp.CallToolParams{Name: "function"}); !errors.Is(err, context.Canceled) {
				t.Errorf("the client got %v", err)
			}
			if err := <-ended; !errors.Is(err, context.Canceled) {
				t.Errorf("the server's call ended with %v", err)
			}
		})
	}
}

// A client that asks for it hears of every page, and one that does not of none.
func TestProgress(t *testing.T) {
	t.Parallel()
	for name, by := range links {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			box := sandbox.Test(t, sandbox.WithPageSize("contacts", 50))
			heard := make(chan string, 10)
			session := connect(t, newServer(t, newPylon(t, box, tools.WithPages(9))), by, &mcp.ClientOptions{
				ProgressNotificationHandler: func(_ context.Context, req *mcp.ProgressNotificationClientRequest) {
					heard <- fmt.Sprintf("%v %v: %s", req.Params.ProgressToken, req.Params.Progress, req.Params.Message)
				},
			})
			params := &mcp.CallToolParams{Name: "pylon_execute", Arguments: map[string]any{"entity": "contacts", "action": "list"}}
			for _, token := range []string{"", "token"} {
				if token != "" {
					params.SetProgressToken(token)
				}
				res, err := session.CallTool(t.Context(), params)
				if err != nil || res.IsError {
					t.Fatalf("got %+v, %v", res, err)
				}
			}
			for _, want := range []string{"token 1: page 1, 50 records", "token 2: page 2, 100 records", "token 3: page 3, 132 records"} {
				if got := <-heard; got != want {
					t.Errorf("heard %q, want %q", got, want)
				}
			}
		})
	}
}

// Tools that a program adds of its own stay as they are, unknown names too.
func TestAddToolsToAServer(t *testing.T) {
	t.Parallel()
	server := mcp.NewServer(&mcp.Implementation{Name: "own", Version: "1"}, nil)
	mcp.AddTool(server, &mcp.Tool{Name: "own"}, func(context.Context, *mcp.CallToolRequest, struct{}) (*mcp.CallToolResult, any, error) {
		return nil, nil, errors.New("its own failure")
	})
	mcptools.AddTools(server, function(t, func(context.Context) (string, error) { return "ran", nil }))
	mcptools.AddTools(server, nil)
	server.AddTool(&mcp.Tool{Name: "replaced", InputSchema: json.RawMessage(`{"type":"object"}`)}, nil)
	mcptools.AddTools(server, named(t, "replaced", ran))
	session := connect(t, server, inMemory, nil)
	for name, want := range map[string]string{
		"own":       "its own failure",
		"function":  `{"data":"ran"}`,
		"replaced":  `{"data":"ran"}`,
		"functions": `"did_you_mean":"function"`,
	} {
		res, err := session.CallTool(t.Context(), &mcp.CallToolParams{Name: name})
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		if text, ok := res.Content[0].(*mcp.TextContent); !ok || !strings.Contains(text.Text, want) {
			t.Errorf("%s gave %+v, want %s", name, res.Content[0], want)
		}
	}
}

func TestOptionsRefused(t *testing.T) {
	t.Parallel()
	set := offline(t)
	for name, make := range map[string]func() (*mcp.Server, error){
		"no set":        func() (*mcp.Server, error) { return mcptools.NewServer(nil) },
		"empty name":    func() (*mcp.Server, error) { return mcptools.NewServer(set, mcptools.WithName("")) },
		"empty version": func() (*mcp.Server, error) { return mcptools.NewServer(set, mcptools.WithVersion("")) },
		"no text":       func() (*mcp.Server, error) { return mcptools.NewServer(set, mcptools.WithInstructions("")) },
		"no logger":     func() (*mcp.Server, error) { return mcptools.NewServer(set, mcptools.WithLogger(nil)) },
	} {
		if _, err := make(); !errors.Is(err, connector.ErrConfig) {
			t.Errorf("%s gave %v, want ErrConfig", name, err)
		}
	}
}
