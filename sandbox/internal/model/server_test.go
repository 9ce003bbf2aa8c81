package model_test

import (
	"bytes"
	"encoding/json"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/agentsdk-go/airbyte/sandbox/internal/model"
)

var testNow = time.Date(2026, time.October, 30, 12, 0, 0, 0, time.UTC)

func newServer(t testing.TB, rules ...model.Rule) *httptest.Server {
	t.Helper()
	handler := model.NewHandler(model.Options{Rules: rules, Now: func() time.Time { return testNow }})
	server := httptest.NewServer(handler)
	t.Cleanup(server.Close)
	return server
}

// post sends a body and returns status and answer.
func post(t testing.TB, url, body string) (int, []byte) {
	t.Helper()
	req, err := http.NewRequestWithContext(t.Context(), http.MethodPost, url, strings.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	req.Header.Set("Authorization", "Bearer test")
	req.Header.Set("Content-Type", "application/json")
	return do(t, req)
}

func do(t testing.TB, req *http.Request) (int, []byte) {
	t.Helper()
	res, err := http.DefaultTransport.RoundTrip(req)
	if err != nil {
		t.Fatal(err)
	}
	defer func() {
		if err := res.Body.Close(); err != nil {
			t.Error(err)
		}
	}()
	body, err := io.ReadAll(res.Body)
	if err != nil {
		t.Fatal(err)
	}
	return res.StatusCode, body
}

// The tool definitions, each a JSON function definition.
const (
	executeTool = `{"name":"pylon_execute","description":"Runs an operation of Pylon.","parameters":{"type":"object","properties":` +
		`{"entity":{"type":"string","description":"issues: list, get, context_store_search"},"action":{"type":"string"},` +
		`"params":{"type":"object","additionalProperties":true}},"required":["entity","action"]}}`
	directTool = `{"name":"pylon_execute","description":"Operations: issues.list, issues.get, accounts.list.","parameters":{"type":"object","properties":` +
		`{"entity":{"type":"string"},"action":{"type":"string"},"params":{"type":"object"}}}}`
	wrappedTool = `{"name":"pylon_execute","description":"Runs an operation of Pylon.","parameters":{"type":"object","properties":` +
		`{"__arg1":{"title":"__arg1","type":"string"}},"required":["__arg1"]}}`
	weatherTool = `{"name":"get_weather","description":"Weather of a place.","parameters":{"type":"object","properties":` +
		`{"place":{"type":"string"},"unit":{"type":"string","enum":["celsius","fahrenheit"]},"days":{"type":"integer"}},"required":["place","unit","days"]}}`
)

func perAction(names ...string) []string {
	tools := make([]string, len(names))
	for i, name := range names {
		tools[i] = `{"name":"pylon_` + name + `","parameters":{"type":"object","properties":{}}}`
	}
	return tools
}

// chatTools writes the tools member of a chat request.
func chatTools(functions ...string) string {
	wired := make([]string, len(functions))
	for i, f := range functions {
		wired[i] = `{"type":"function","function":` + f + `}`
	}
	return `"tools":[` + strings.Join(wired, ",") + `]`
}

type chatMessage struct {
	Role       string     `json:"role"`
	Content    *string    `json:"content"`
	ToolCalls  []toolCall `json:"tool_calls,omitempty"`
	ToolCallID string     `json:"tool_call_id,omitempty"`
}

type toolCall struct {
	ID       string `json:"id"`
	Type     string `json:"type"`
	Function struct {
		Name      string `json:"name"`
		Arguments string `json:"arguments"`
	} `json:"function"`
}

// String is "name arguments", the form in which tests compare calls.
func (c toolCall) String() string { return c.Function.Name + " " + c.Function.Arguments }

func said(role, text string) chatMessage { return chatMessage{Role: role, Content: &text} }

// chat asks for the next message; extra are further members of the request.
func chat(t testing.TB, server *httptest.Server, messages []chatMessage, extra ...string) chatMessage {
	t.Helper()
	history, err := json.Marshal(messages)
	if err != nil {
		t.Fatal(err)
	}
	body := `{"model":"any","messages":` + string(history)
	for _, member := range extra {
		body += "," + member
	}
	status, answer := post(t, server.URL+"/v1/chat/completions", body+"}")
	if status != http.StatusOK {
		t.Fatalf("status %d: %s", status, answer)
	}
	var completion struct {
		Choices []struct {
			Message chatMessage `json:"message"`
		} `json:"choices"`
	}
	dec := json.NewDecoder(bytes.NewReader(answer))
	if err := dec.Decode(&completion); err != nil || len(completion.Choices) != 1 {
		t.Fatalf("no completion with one choice: %v: %s", err, answer)
	}
	return completion.Choices[0].Message
}

// converse runs the tool loop: results gives the output for the nth call. It
// returns all calls, as strings, and the answer.
func converse(t testing.TB, server *httptest.Server, question string, results func(n int, call string) string, extra ...string) (calls []string, answer string) {
	t.Helper()
	messages := []chatMessage{said("system", "Be brief."), said("user", question)}
	for range 10 {
		next := chat(t, server, messages, extra...)
		if len(next.ToolCalls) == 0 {
			return calls, *next.Content
		}
		messages = append(messages, next)
		for _, made := range next.ToolCalls {
			output := said("tool", results(len(calls), made.String()))
			output.ToolCallID = made.ID
			calls = append(calls, made.String())
			messages = append(messages, output)
		}
	}
	t.Fatalf("no answer after ten rounds; calls: %q", calls)
	return nil, ""
}
