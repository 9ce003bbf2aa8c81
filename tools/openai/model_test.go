package openai_test

import (
	"bytes"
	"encoding/json"
	"flag"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/openai/openai-go/v3"
	"github.com/openai/openai-go/v3/option"
)

var update = flag.Bool("update", false, "rewrite the golden files")

const (
	chatPath     = "/v1/chat/completions"
	responsePath = "/v1/responses"
)

// model is a scripted model server. It gives its replies in order and fails the
// test on any other request, and on replies that nobody fetched.
type model struct {
	t       *testing.T
	path    string
	replies []string

	mu     sync.Mutex
	bodies []string
}

// newModel serves the replies at path. A reply that begins with "data:" or
// "event:" is an event stream, another one is JSON.
func newModel(t *testing.T, path string, replies ...string) (*model, openai.Client) {
	t.Helper()
	m := &model{t: t, path: path, replies: replies}
	server := httptest.NewServer(m)
	t.Cleanup(func() {
		server.Close()
		if n := len(m.requests()); n != len(replies) {
			t.Errorf("model got %d requests, want %d", n, len(replies))
		}
	})
	client := openai.NewClient(
		option.WithBaseURL(server.URL+"/v1"),
		option.WithAPIKey("test-key"),
		option.WithMaxRetries(0),
	)
	return m, client
}

func (m *model) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	body, err := io.ReadAll(r.Body)
	if err != nil {
		m.t.Errorf("read request: %v", err)
	}
	m.mu.Lock()
	m.bodies = append(m.bodies, string(body))
	n := len(m.bodies)
	m.mu.Unlock()
	if r.Method != http.MethodPost || r.URL.Path != m.path || n > len(m.replies) {
		m.t.Errorf("unexpected request %d: %s %s", n, r.Method, r.URL.Path)
		w.WriteHeader(http.StatusNotFound)
		return
	}
	reply := m.replies[n-1]
	w.Header().Set("Content-Type", "application/json")
	if strings.HasPrefix(reply, "data:") || strings.HasPrefix(reply, "event:") {
		w.Header().Set("Content-Type", "text/event-stream")
	}
	if strings.HasPrefix(reply, `{"error"`) {
		w.WriteHeader(http.StatusBadRequest)
	}
	_, _ = io.WriteString(w, reply)
}

func (m *model) requests() []string {
	m.mu.Lock()
	defer m.mu.Unlock()
	return append([]string(nil), m.bodies...)
}

// request decodes the nth request, counted from 1.
func (m *model) request(n int) map[string]any {
	m.t.Helper()
	bodies := m.requests()
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

// golden compares got, JSON or text, with testdata/name.
func golden(t *testing.T, name, got string) {
	t.Helper()
	var indented bytes.Buffer
	if err := json.Indent(&indented, []byte(got), "", "  "); err != nil {
		t.Fatalf("%s: not JSON: %v", name, err)
	}
	indented.WriteByte('\n')
	file := filepath.Join("testdata", name)
	if *update {
		if err := os.WriteFile(file, indented.Bytes(), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(want), indented.String()); diff != "" {
		t.Errorf("%s changed; run with -update if it should (-want +got):\n%s", name, diff)
	}
}
