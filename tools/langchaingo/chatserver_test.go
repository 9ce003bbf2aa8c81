package langchaingo_test

import (
	"encoding/json"
	"testing"

	"github.com/tmc/langchaingo/llms/anthropic"
	"github.com/tmc/langchaingo/llms/openai"

	"github.com/agentsdk-go/airbyte/internal/fakemodel"
)

// modelServer is a scripted model server.
type modelServer struct {
	*fakemodel.Server
	t *testing.T
}

func newModelServer(t *testing.T, path string, script ...string) *modelServer {
	t.Helper()
	return &modelServer{Server: fakemodel.Start(t, path, script...), t: t}
}

// last returns the messages of the last request.
func (m *modelServer) last() []wireMessage {
	m.t.Helper()
	bodies := m.Requests()
	if len(bodies) == 0 {
		m.t.Fatal("the model was not asked")
	}
	var request struct {
		Messages []wireMessage `json:"messages"`
	}
	if err := json.Unmarshal([]byte(bodies[len(bodies)-1]), &request); err != nil {
		m.t.Fatalf("decode request: %v", err)
	}
	return request.Messages
}

// wireMessage is a chat-completions message as the server sees it.
type wireMessage struct {
	Role       string     `json:"role"`
	Content    string     `json:"content"`
	ToolCallID string     `json:"tool_call_id,omitempty"`
	ToolCalls  []wireCall `json:"tool_calls,omitempty"`
}

type wireCall struct {
	ID       string       `json:"id,omitempty"`
	Type     string       `json:"type,omitempty"`
	Function wireFunction `json:"function"`
}

type wireFunction struct {
	Name      string `json:"name"`
	Arguments string `json:"arguments"`
}

func fn(id, name, arguments string) wireCall {
	return wireCall{ID: id, Type: "function", Function: wireFunction{Name: name, Arguments: arguments}}
}

// chatCalls is a chat completion that asks for calls, chatText one that
// answers.
func chatCalls(text string, calls ...wireCall) string {
	return completion("tool_calls", wireMessage{Role: "assistant", Content: text, ToolCalls: calls})
}

func chatText(text string) string {
	return completion("stop", wireMessage{Role: "assistant", Content: text})
}

func completion(reason string, message wireMessage) string {
	body, err := json.Marshal(map[string]any{
		"id": "chatcmpl-1", "object": "chat.completion", "model": "test",
		"choices": []any{map[string]any{"index": 0, "finish_reason": reason, "message": message}},
	})
	if err != nil {
		panic(err)
	}
	return string(body)
}

// chatModel is langchaingo's own OpenAI client on a scripted server.
func chatModel(t *testing.T, script ...string) (*openai.LLM, *modelServer) {
	t.Helper()
	server := newModelServer(t, "/v1/chat/completions", script...)
	model, err := openai.New(openai.WithToken("test"), openai.WithModel("gpt-4o-mini"),
		openai.WithBaseURL(server.URL+"/v1"), openai.WithHTTPClient(server.Client))
	if err != nil {
		t.Fatal(err)
	}
	return model, server
}

// claudeModel is langchaingo's own Anthropic client on a scripted server.
func claudeModel(t *testing.T, script ...string) (*anthropic.LLM, *modelServer) {
	t.Helper()
	server := newModelServer(t, "/v1/messages", script...)
	model, err := anthropic.New(anthropic.WithToken("test"), anthropic.WithModel("claude-test"),
		anthropic.WithBaseURL(server.URL+"/v1"), anthropic.WithHTTPClient(server.Client))
	if err != nil {
		t.Fatal(err)
	}
	return model, server
}

// indented is every request on a line of its own, in the order of arrival.
func (m *modelServer) indented() string {
	m.t.Helper()
	var bodies []json.RawMessage
	for _, body := range m.Requests() {
		bodies = append(bodies, json.RawMessage(body))
	}
	out, err := json.MarshalIndent(bodies, "", "  ")
	if err != nil {
		m.t.Fatal(err)
	}
	return string(out) + "\n"
}
