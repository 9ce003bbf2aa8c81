package mcp_test

import (
	"context"
	"errors"
	"fmt"
	"log"
	"log/slog"
	"net"
	"net/http"
	"time"

	"github.com/modelcontextprotocol/go-sdk/mcp"

	"github.com/agentsdk-go/airbyte/connector"
	"github.com/agentsdk-go/airbyte/tools"
	mcptools "github.com/agentsdk-go/airbyte/tools/mcp"
)

// greeter returns a server with one tool, without a connector.
func greeter() (*mcp.Server, error) {
	type person struct {
		Name string `json:"name"`
	}
	greet, err := tools.Func("greet", "Greets a person.", func(_ context.Context, in person) (string, error) {
		return "Hello, " + in.Name, nil
	})
	if err != nil {
		return nil, err
	}
	set, err := tools.NewSet(greet)
	if err != nil {
		return nil, err
	}
	return mcptools.NewServer(set)
}

// A server over HTTP, a client that calls it, and a graceful end.
func ExampleNewHandler() {
	ctx := context.Background()
	server, err := greeter()
	if err != nil {
		log.Fatal(err)
	}
	handler, err := mcptools.NewHandler(server,
		mcptools.WithBearerToken("not-a-real-token"),
		mcptools.WithCallTimeout(time.Minute),
	)
	if err != nil {
		log.Fatal(err)
	}
	listener, err := new(net.ListenConfig).Listen(ctx, "tcp", "127.0.0.1:0")
	if err != nil {
		log.Fatal(err)
	}
	web := handler.Server("")
	served := make(chan error)
	go func() { served <- web.Serve(listener) }()

	client := mcp.NewClient(&mcp.Implementation{Name: "example", Version: "1"}, nil)
	session, err := client.Connect(ctx, &mcp.StreamableClientTransport{
		Endpoint:   "http://" + listener.Addr().String() + mcptools.DefaultPath,
		HTTPClient: &http.Client{Transport: bearer("not-a-real-token")},
	}, nil)
	if err != nil {
		log.Fatal(err)
	}
	res, err := session.CallTool(ctx, &mcp.CallToolParams{Name: "greet", Arguments: map[string]any{"name": "Ada"}})
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println(res.Content[0].(*mcp.TextContent).Text)

	fmt.Println(session.Close(), handler.Shutdown(ctx), web.Shutdown(ctx), <-served)
	// Output:
	// {"data":"Hello, Ada"}
	// <nil> <nil> <nil> http: Server closed
}

// bearer is a transport that sends a token.
type bearer string

func (b bearer) RoundTrip(r *http.Request) (*http.Response, error) {
	r = r.Clone(r.Context())
	r.Header.Set("Authorization", "Bearer "+string(b))
	return http.DefaultTransport.RoundTrip(r)
}

// Every setting is checked when the handler is made.
func ExampleNewHandler_options() {
	server, err := greeter()
	if err != nil {
		log.Fatal(err)
	}
	_, err = mcptools.NewHandler(server,
		mcptools.WithPath("/tools"),
		mcptools.WithAllowedHosts("mcp.example.com"),
		mcptools.WithAllowedOrigins("https://app.example.com"),
		mcptools.WithMaxBodyBytes(64<<10),
		mcptools.WithMaxCalls(100),
		mcptools.WithReadiness(func(context.Context) error { return nil }),
		mcptools.WithHandlerLogger(slog.Default()),
	)
	fmt.Println(err)
	_, err = mcptools.NewHandler(server, mcptools.WithBearerToken(""))
	fmt.Println(errors.Is(err, connector.ErrConfig), err)
	// Output:
	// <nil>
	// true mcp: WithBearerToken got an empty token; leave it out to serve without one: configuration error
}
