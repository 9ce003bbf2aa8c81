package openai_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"strings"
	"testing"

	"github.com/openai/openai-go/v3"
	"github.com/openai/openai-go/v3/option"

	"github.com/agentsdk-go/airbyte/internal/fakemodel"
	"github.com/agentsdk-go/airbyte/internal/golden"
)

const (
	chatPath     = "/v1/chat/completions"
	responsePath = "/v1/responses"
)

// model is a scripted model server.
type model struct {
	*fakemodel.Server
	t *testing.T
}

// newModel serves the replies at path, as [fakemodel.Start] says.
func newModel(t *testing.T, path string, replies ...string) (*model, openai.Client) {
	t.Helper()
	m := &model{Server: fakemodel.Start(t, path, replies...), t: t}
	client := openai.NewClient(
		option.WithBaseURL(m.URL+"/v1"),
		option.WithAPIKey("test-key"),
		option.WithMaxRetries(0),
	)
	return m, client
}

// request decodes the nth request, counted from 1.
func (m *model) request(n int) map[string]any {
	m.t.Helper()
	bodies := m.Requests()
	if n > len(bodies) {
		m.t.Fatalf("model got %d requests, no request %d", len(bodies), n)
	}
	var fields map[string]any
	if err := json.Unmarshal([]byte(bodies[n-1]), &fields); err != nil {
		m.t.Fatalf("request %d is not JSON: %v", n, err)
	}
	return fields
}

// toolCall is one call in a scripted reply.
type toolCall struct{ id, name, args string }

func encode(t *testing.T, v any) string {
	t.Helper()
	b, err := json.Marshal(v)
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}

// chatReply is a completion with text, tool calls or both.
func chatReply(t *testing.T, text string, calls ...toolCall) string {
	t.Helper()
	finish := "stop"
	message := map[string]any{"role": "assistant", "content": nil, "refusal": nil}
	if text != "" {
		message["content"] = text
	}
	if len(calls) > 0 {
		finish = "tool_calls"
		var list []any
		for _, c := range calls {
			list = append(list, map[string]any{
				"id": c.id, "type": "function",
				"function": map[string]any{"name": c.name, "arguments": c.args},
			})
		}
		message["tool_calls"] = list
	}
	return chatCompletion(t, finish, message)
}

func chatCompletion(t *testing.T, finish string, message map[string]any) string {
	t.Helper()
	return encode(t, map[string]any{
		"id": "chatcmpl-1", "object": "chat.completion", "created": 1, "model": "scripted",
		"choices": []any{map[string]any{"index": 0, "finish_reason": finish, "message": message}},
		"usage": map[string]any{
			"prompt_tokens": 10, "completion_tokens": 5, "total_tokens": 15,
			"prompt_tokens_details": map[string]any{"cached_tokens": 4},
		},
	})
}

// sse is an event stream of the given JSON events.
func sse(events ...string) string {
	var b strings.Builder
	for _, event := range events {
		fmt.Fprintf(&b, "data: %s\n\n", event)
	}
	return b.String()
}

// goldenJSON compares got, indented, with testdata/name.
func goldenJSON(t *testing.T, name, got string) {
	t.Helper()
	var indented bytes.Buffer
	if err := json.Indent(&indented, []byte(got), "", "  "); err != nil {
		t.Fatalf("%s: not JSON: %v", name, err)
	}
	golden.Check(t, name, indented.String()+"\n")
}
