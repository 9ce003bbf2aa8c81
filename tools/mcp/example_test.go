package mcp_test

import (
	"bufio"
	"context"
	"fmt"
	"io"
	"log"
	"log/slog"
	"os"
	"strings"

	"github.com/modelcontextprotocol/go-sdk/mcp"

	"github.com/agentsdk-go/airbyte/connector"
	"github.com/agentsdk-go/airbyte/sandbox"
	"github.com/agentsdk-go/airbyte/tools"
	mcptools "github.com/agentsdk-go/airbyte/tools/mcp"
)

// demo gives the examples a tool set that works offline, and the simulator behind
// it. A program has connector.Connect(ctx, "pylon", "default").
func demo(opts ...tools.Option) (*tools.Set, *sandbox.Sandbox) {
	box, err := sandbox.Start()
	if err != nil {
		log.Fatal(err)
	}
	conn, err := connector.Connect(context.Background(), "pylon", "default",
		connector.WithBaseURL(box.PlatformURL()),
		connector.WithCredentials(sandbox.ClientID, sandbox.ClientSecret))
	if err != nil {
		log.Fatal(err)
	}
	set, err := tools.New(conn, opts...)
	if err != nil {
		log.Fatal(err)
	}
	return set, box
}

// connectInMemory connects a client in the same process.
func connectInMemory(ctx context.Context, server *mcp.Server) *mcp.ClientSession {
	near, far := mcp.NewInMemoryTransports()
	if _, err := server.Connect(ctx, near, nil); err != nil {
		log.Fatal(err)
	}
	session, err := mcp.NewClient(&mcp.Implementation{Name: "example", Version: "1"}, nil).Connect(ctx, far, nil)
	if err != nil {
		log.Fatal(err)
	}
	return session
}

// closeAll ends what an example has opened.
func closeAll(closers ...io.Closer) {
	for _, c := range closers {
		if err := c.Close(); err != nil {
			log.Fatal(err)
		}
	}
}

func ExampleNewServer() {
	ctx := context.Background()
	set, box := demo(tools.WithReadOnly(), tools.WithAllow("me.*", "tags.*"))
	defer box.Close()

	server, err := mcptools.NewServer(set, mcptools.WithName("support-desk"), mcptools.WithVersion("1.4.0"))
	if err != nil {
		log.Fatal(err)
	}

	// What a client sees of it.
	session := connectInMemory(ctx, server)
	defer closeAll(session)
	for tool, err := range session.Tools(ctx, nil) {
		if err != nil {
			log.Fatal(err)
		}
		fmt.Println("tool", tool.Name, "read only:", tool.Annotations.ReadOnlyHint)
	}
	for resource, err := range session.Resources(ctx, nil) {
		if err != nil {
			log.Fatal(err)
		}
		fmt.Println("resource", resource.URI)
	}
	for prompt, err := range session.Prompts(ctx, nil) {
		if err != nil {
			log.Fatal(err)
		}
		fmt.Println("prompt", prompt.Title)
	}
	// Output:
	// tool pylon_execute read only: true
	// resource airbyte://pylon/entities/me
	// resource airbyte://pylon/entities/me/schema
	// resource airbyte://pylon/entities/tags
	// resource airbyte://pylon/entities/tags/schema
	// resource airbyte://pylon/guide
	// prompt Which Pylon organization are we connected to?
	// prompt Which tags can an issue have?
}

// A server of the program's own gets the tools of a connector beside its own.
func ExampleAddTools() {
	ctx := context.Background()
	set, box := demo()
	defer box.Close()

	server := mcp.NewServer(&mcp.Implementation{Name: "my-server", Version: "1.0.0"}, nil)
	mcptools.AddTools(server, set)

	session := connectInMemory(ctx, server)
	defer closeAll(session)
	res, err := session.CallTool(ctx, &mcp.CallToolParams{
		Name:      "pylon_execute",
		Arguments: map[string]any{"entity": "issue", "action": "get"},
	})
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println("failed:", res.IsError)
	fmt.Println(strings.Contains(res.Content[0].(*mcp.TextContent).Text, `"did_you_mean":"issues"`))
	// Output:
	// failed: true
	// true
}

// A program that a client starts has os.Stdin and os.Stdout. Here the client sends
// a line that is no message, and one that is.
func ExampleStdio() {
	set, box := demo()
	defer box.Close()
	server, err := mcptools.NewServer(set)
	if err != nil {
		log.Fatal(err)
	}

	in, client := io.Pipe()
	answers, out := io.Pipe()
	go func() {
		if err := server.Run(context.Background(), mcptools.Stdio(in, out)); err != nil {
			log.Fatal(err)
		}
	}()
	go func() {
		if _, err := io.WriteString(client, "oops\n"+`{"jsonrpc":"2.0","id":1,"method":"ping"}`+"\n"); err != nil {
			log.Fatal(err)
		}
	}()
	lines := bufio.NewScanner(answers)
	for range 2 {
		lines.Scan()
		fmt.Println(lines.Text())
	}
	closeAll(client)
	// Output:
	// {"jsonrpc":"2.0","id":null,"error":{"code":-32700,"message":"parse error: invalid json at byte 0"}}
	// {"jsonrpc":"2.0","id":1,"result":{}}
}

// For a client that shows neither.
func ExampleWithoutResources() {
	set, box := demo()
	defer box.Close()

	server, err := mcptools.NewServer(set, mcptools.WithoutResources(), mcptools.WithoutPrompts())
	if err != nil {
		log.Fatal(err)
	}
	session := connectInMemory(context.Background(), server)
	defer closeAll(session)
	capabilities := session.InitializeResult().Capabilities
	fmt.Println("tools:", capabilities.Tools != nil, "resources:", capabilities.Resources != nil, "prompts:", capabilities.Prompts != nil)
	// Output: tools: true resources: false prompts: false
}

// For clients that put both before the model.
func ExampleWithoutStructured() {
	ctx := context.Background()
	set, box := demo()
	defer box.Close()

	server, err := mcptools.NewServer(set, mcptools.WithoutStructured())
	if err != nil {
		log.Fatal(err)
	}
	session := connectInMemory(ctx, server)
	defer closeAll(session)
	res, err := session.CallTool(ctx, &mcp.CallToolParams{
		Name:      "pylon_execute",
		Arguments: map[string]any{"entity": "tags", "action": "list"},
	})
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println(len(res.Content), res.StructuredContent)
	// Output: 1 <nil>
}

// A program that knows what its users do says it better.
func ExampleWithInstructions() {
	set, box := demo()
	defer box.Close()

	server, err := mcptools.NewServer(set, mcptools.WithInstructions("Answer questions about our support tickets. Never close one."))
	if err != nil {
		log.Fatal(err)
	}
	session := connectInMemory(context.Background(), server)
	defer closeAll(session)
	fmt.Println(session.InitializeResult().Instructions)
	// Output: Answer questions about our support tickets. Never close one.
}

// A server of the program's own has its own instructions, too.
func ExampleInstructions() {
	set, box := demo(tools.WithReadOnly(), tools.WithAllow("tags.*"))
	defer box.Close()

	text, err := mcptools.Instructions(set, mcptools.WithoutResources())
	if err != nil {
		log.Fatal(err)
	}
	server := mcp.NewServer(&mcp.Implementation{Name: "my-server", Version: "1.0.0"}, &mcp.ServerOptions{
		Instructions: text + "\nNames of tags are in English.",
	})
	mcptools.AddTools(server, set)

	session := connectInMemory(context.Background(), server)
	defer closeAll(session)
	fmt.Println(strings.HasSuffix(session.InitializeResult().Instructions, "English."), len(text) <= mcptools.MaxInstructions)
	// Output: true true
}

// The log tells what the model is not told.
func ExampleWithLogger() {
	ctx := context.Background()
	broken, err := tools.Func("broken", "Does not work.", func(context.Context, struct{}) (string, error) { panic("a bug") })
	if err != nil {
		log.Fatal(err)
	}
	set, err := tools.NewSet(broken)
	if err != nil {
		log.Fatal(err)
	}
	onlyText := func(_ []string, a slog.Attr) slog.Attr {
		if a.Key == slog.TimeKey || a.Key == "stack" {
			return slog.Attr{}
		}
		return a
	}
	logger := slog.New(slog.NewTextHandler(os.Stdout, &slog.HandlerOptions{Level: slog.LevelError, ReplaceAttr: onlyText}))
	server, err := mcptools.NewServer(set, mcptools.WithLogger(logger))
	if err != nil {
		log.Fatal(err)
	}
	session := connectInMemory(ctx, server)
	defer closeAll(session)
	res, err := session.CallTool(ctx, &mcp.CallToolParams{Name: "broken"})
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println(res.Content[0].(*mcp.TextContent).Text)
	// Output:
	// level=ERROR msg="tool call failed" tool=broken error="tool broken panicked: a bug"
	// {"error":{"kind":"failed","message":"the tool broken failed inside this program","hint":"do not repeat the call, tell the user; the program's log may say more","retryable":false}}
}
