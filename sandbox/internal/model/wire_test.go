package model_test

import (
	"bytes"
	"encoding/json"
	"net/http"
	"strings"
	"testing"

	"github.com/agentsdk-go/airbyte/internal/golden"
)

// TestWire keeps the exact bytes of every kind of reply.
func TestWire(t *testing.T) {
	t.Parallel()
	const (
		user        = `{"role":"user","content":"List the teams and the tags."}`
		teams       = `{"role":"user","content":"List the teams."}`
		stream      = `"stream":true`
		usage       = `"stream_options":{"include_usage":true}`
		functions   = `"functions":[` + executeTool + `]`
		called      = `{"role":"assistant","content":null,"function_call":{"name":"pylon_execute","arguments":"{}"}}`
		returned    = `{"role":"function","name":"pylon_execute","content":"{\"data\":[{\"name\":\"Österreich <&> 中文\"}]}"}`
		responseOne = `{"type":"function","name":"pylon_execute","strict":false,"parameters":{"type":"object","properties":{"entity":{},"action":{},"params":{}}}}`
	)
	chatBody := func(messages string, members ...string) string {
		body := `{"model":"gpt-test","messages":[` + messages + `]`
		for _, member := range members {
			body += "," + member
		}
		return body + "}"
	}
	tests := []struct{ name, path, body string }{
		{"chat_calls.json", "/chat/completions", chatBody(user, chatTools(executeTool))},
		{"chat_calls.sse", "/chat/completions", chatBody(user, chatTools(executeTool), stream, usage)},
		{"chat_text.json", "/chat/completions", chatBody(teams+","+called+","+returned, functions)},
		{"chat_text.sse", "/chat/completions", chatBody(teams+","+called+","+returned, functions, stream)},
		{"chat_function.json", "/chat/completions", chatBody(user, functions)},
		{"chat_function.sse", "/chat/completions", chatBody(user, functions, stream)},
		{"chat_named.json", "/chat/completions", chatBody(user, chatTools(executeTool), `"tool_choice":{"type":"function","function":{"name":"pylon_execute"}}`)},
		{"responses_calls.json", "/responses", `{"model":"gpt-test","input":[` + user + `],"tools":[` + responseOne + `],"metadata":{"a":"b"}}`},
		{"responses_calls.sse", "/responses", `{"model":"gpt-test","input":[` + user + `],"tools":[` + responseOne + `],"stream":true}`},
		{"responses_text.json", "/responses", `{"model":"gpt-test","input":"hi","instructions":"Be brief."}`},
		{"responses_text.sse", "/responses", `{"model":"gpt-test","input":[{"role":"user","content":[{"type":"input_text","text":"teams"}]},` +
			`{"type":"reasoning"},{"type":"function_call","call_id":"c1","name":"f","arguments":"{}"},` +
			`{"type":"function_call_output","call_id":"c1","output":[{"type":"input_text","text":"done"}]}],"stream":true,"store":false}`},
		{"models.json", "/models", ""},
	}
	server := newServer(t)
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			status, body := request(t, server.URL+test.path, test.body)
			if status != http.StatusOK {
				t.Fatalf("status %d: %s", status, body)
			}
			golden.Check(t, test.name, indent(t, test.name, body))
		})
	}
}

func request(t *testing.T, url, body string) (int, []byte) {
	t.Helper()
	if body != "" {
		return post(t, url, body)
	}
	req, err := http.NewRequestWithContext(t.Context(), http.MethodGet, url, http.NoBody)
	if err != nil {
		t.Fatal(err)
	}
	req.Header.Set("Authorization", "Bearer test")
	return do(t, req)
}

// indent makes JSON readable in the golden file; streams are kept as they are.
func indent(t *testing.T, name string, body []byte) string {
	t.Helper()
	if !strings.HasSuffix(name, ".json") {
		return string(body)
	}
	var out bytes.Buffer
	if err := json.Indent(&out, body, "", "  "); err != nil {
		t.Fatal(err)
	}
	out.WriteByte('\n')
	return out.String()
}
