package mcp_test

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"testing"

	"github.com/modelcontextprotocol/go-sdk/mcp"

	"github.com/agentsdk-go/airbyte/tools"
	"github.com/agentsdk-go/airbyte/tools/toolstest"
)

// The rules of every adapter hold for a real client, whatever lies between.
func TestConformance(t *testing.T) {
	t.Parallel()
	for name, by := range links {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			toolstest.RunRemote(t, remote(t, by))
		})
	}
}

// remote calls a tool through a client and a server of its own. What is no JSON
// travels as a JSON string: over MCP nothing else can hold it.
func remote(t *testing.T, by link) toolstest.Adapter {
	t.Helper()
	return func(ctx context.Context, set *tools.Set, call toolstest.Call) (string, error) {
		session := connect(t, newServer(t, set), by, nil)
		params := &mcp.CallToolParams{Name: call.Name}
		switch {
		case json.Valid([]byte(call.Arguments)):
			params.Arguments = json.RawMessage(call.Arguments)
		case call.Arguments != "":
			params.Arguments = call.Arguments
		}
		res, err := session.CallTool(ctx, params)
		if err != nil {
			return "", err
		}
		return textOf(res)
	}
}

// textOf is the text of a result whose three ways to say a thing must agree.
func textOf(res *mcp.CallToolResult) (string, error) {
	if len(res.Content) != 1 {
		return "", fmt.Errorf("the result has %d contents, want 1", len(res.Content))
	}
	text, ok := res.Content[0].(*mcp.TextContent)
	if !ok {
		return "", fmt.Errorf("the content is a %T, want a text", res.Content[0])
	}
	structured, err := json.Marshal(res.StructuredContent)
	if err != nil {
		return "", err
	}
	var said, meant any
	if err := errors.Join(json.Unmarshal([]byte(text.Text), &said), json.Unmarshal(structured, &meant)); err != nil {
		return "", err
	}
	if fmt.Sprint(said) != fmt.Sprint(meant) {
		return "", fmt.Errorf("the text is %s, the structured content %s", text.Text, structured)
	}
	envelope, ok := said.(map[string]any)
	if !ok {
		return "", fmt.Errorf("the text is no envelope: %s", text.Text)
	}
	if _, failed := envelope["error"]; failed != res.IsError {
		return "", fmt.Errorf("isError is %t beside %s", res.IsError, text.Text)
	}
	return text.Text, nil
}
