package main

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"os"
	"os/exec"
	"os/signal"
	"slices"
	"strings"
	"syscall"

	"github.com/modelcontextprotocol/go-sdk/mcp"
)

// mcpClient is the official MCP client for transcripts:
//
//	mcpclient list -- SERVER
//	mcpclient call TOOL ARGUMENTS -- SERVER
//
// SERVER is a command to speak with over its standard input and output, or a file
// that mcp serve --http has written, as @FILE [TOKEN].
func mcpClient(args []string) int {
	if err := speakMCP(context.Background(), args); err != nil {
		fmt.Fprintln(os.Stderr, err)
		return 1
	}
	return 0
}

func speakMCP(ctx context.Context, args []string) error {
	split := slices.Index(args, "--")
	if split < 1 || split == len(args)-1 {
		return errors.New("usage: mcpclient list|call [tool arguments] -- server")
	}
	transport, err := mcpTransport(args[split+1:])
	if err != nil {
		return err
	}
	client := mcp.NewClient(&mcp.Implementation{Name: "transcript", Version: "1"}, nil)
	session, err := client.Connect(ctx, transport, nil)
	if err != nil {
		return err
	}
	return cmp.Or(askMCP(ctx, session, args[:split]), session.Close())
}

func mcpTransport(server []string) (mcp.Transport, error) {
	file, ok := strings.CutPrefix(server[0], "@")
	if !ok {
		cmd := exec.Command(server[0], server[1:]...) //nolint:noctx // the client ends it
		cmd.Stderr = os.Stderr
		return &mcp.CommandTransport{Command: cmd}, nil
	}
	content, err := os.ReadFile(file)
	if err != nil {
		return nil, err
	}
	var where struct{ URL string }
	if err := json.Unmarshal(content, &where); err != nil {
		return nil, err
	}
	return &mcp.StreamableClientTransport{
		Endpoint:   where.URL,
		HTTPClient: &http.Client{Transport: bearer(strings.Join(server[1:], ""))},
		MaxRetries: -1,
	}, nil
}

// bearer sends a token, unless it is empty.
type bearer string

func (b bearer) RoundTrip(r *http.Request) (*http.Response, error) {
	if b != "" {
		r = r.Clone(r.Context())
		r.Header.Set("Authorization", "Bearer "+string(b))
	}
	return http.DefaultTransport.RoundTrip(r)
}

// askMCP prints the names of the tools, or the text that a tool answers.
func askMCP(ctx context.Context, session *mcp.ClientSession, args []string) error {
	if args[0] == "list" {
		for tool, err := range session.Tools(ctx, nil) {
			if err != nil {
				return err
			}
			fmt.Println(tool.Name)
		}
		return nil
	}
	if len(args) != 3 {
		return errors.New("call: want a tool and its arguments")
	}
	res, err := session.CallTool(ctx, &mcp.CallToolParams{Name: args[1], Arguments: json.RawMessage(args[2])})
	if err != nil {
		return err
	}
	for _, content := range res.Content {
		if text, ok := content.(*mcp.TextContent); ok {
			fmt.Println(text.Text)
		}
	}
	if res.IsError {
		fmt.Println("(is an error)")
	}
	return nil
}

// terminated runs a program, makes SIGTERM of an interrupt, which is all that a
// transcript can send, and says with which code the program ended.
func terminated(args []string) int {
	signals := make(chan os.Signal, 1)
	signal.Notify(signals, os.Interrupt)
	cmd := exec.Command(args[0], args[1:]...) //nolint:noctx // it ends with the script
	cmd.Stdin, cmd.Stdout, cmd.Stderr = os.Stdin, os.Stdout, os.Stderr
	if err := cmd.Start(); err != nil {
		fmt.Fprintln(os.Stderr, err)
		return 1
	}
	go func() {
		<-signals
		_ = cmd.Process.Signal(syscall.SIGTERM) // it may have ended just now
	}()
	_ = cmd.Wait() // the code is read below
	fmt.Fprintf(os.Stderr, "exit code %d\n", cmd.ProcessState.ExitCode())
	return min(cmd.ProcessState.ExitCode(), 1)
}
