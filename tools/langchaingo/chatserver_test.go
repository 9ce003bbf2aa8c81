package langchaingo_test

import (
	"bytes"
	"encoding/json"
	"flag"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/tmc/langchaingo/llms/anthropic"
	"github.com/tmc/langchaingo/llms/openai"
)

var update = flag.Bool("update", false, "rewrite the golden files")

// modelServer answers one scripted body per request, in order, and keeps what
// it was sent.
type modelServer struct {
	t      *testing.T
	path   string
	mu     sync.Mutex
	bodies []json.RawMessage
	script []string
	url    string
	client *http.Client
}

func newModelServer(t *testing.T, path string, script ...string) *modelServer {
	t.Helper()
	m := &modelServer{t: t, path: path, script: script}
	server := httptest.NewServer(m)
	t.Cleanup(server.Close)
	m.url, m.client = server.URL, server.Client()
	return m
}

func (m *modelServer) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	body, err := io.ReadAll(r.Body)
	if err != nil {
		m.t.Errorf("read request: %v", err)
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	if r.Method != http.MethodPost || r.URL.Path != m.path || len(m.bodies) >= len(m.script) {
		m.t.Errorf("unexpected request %d: %s %s", len(m.bodies)+1, r.Method, r.URL.Path)
		http.Error(w, "unexpected", http.StatusTeapot)
		return
	}
	answer := m.script[len(m.bodies)]
	m.bodies = append(m.bodies, body)
	if bytes.HasPrefix([]byte(answer), []byte("data:")) {
		w.Header().Set("Content-Type", "text/event-stream")
	}
	if _, err := io.WriteString(w, answer); err != nil {
		m.t.Errorf("write answer: %v", err)
	}
}

// requests returns the bodies received, and fails the test if the script was
// not used up.
func (m *modelServer) requests() []json.RawMessage {
	m.t.Helper()
	m.mu.Lock()
	defer m.mu.Unlock()
	if len(m.bodies) != len(m.script) {
		m.t.Fatalf("the model was asked %d times, want %d", len(m.bodies), len(m.script))
	}
	return m.bodies
}

// last returns the messages of the last request.
func (m *modelServer) last() []wireMessage {
	m.t.Helper()
	bodies := m.requests()
	var request struct {
		Messages []wireMessage `json:"messages"`
	}
	if err := json.Unmarshal(bodies[len(bodies)-1], &request); err != nil {
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
		openai.WithBaseURL(server.url+"/v1"), openai.WithHTTPClient(server.client))
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
		anthropic.WithBaseURL(server.url+"/v1"), anthropic.WithHTTPClient(server.client))
	if err != nil {
		t.Fatal(err)
	}
	return model, server
}

// golden compares got with a file under testdata, which -update rewrites.
func golden(t *testing.T, name string, got []byte) {
	t.Helper()
	path := filepath.Join("testdata", name)
	if *update {
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, got, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(want), string(got)); diff != "" {
		t.Errorf("%s differs (-want +got), go test -update rewrites it:\n%s", path, diff)
	}
}

// indented is every request on a line of its own, in the order of arrival.
func indented(t *testing.T, bodies []json.RawMessage) []byte {
	t.Helper()
	out, err := json.MarshalIndent(bodies, "", "  ")
	if err != nil {
		t.Fatal(err)
	}
	return append(out, '\n')
}
