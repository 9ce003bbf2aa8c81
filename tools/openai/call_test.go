package openai_test

import (
	"context"
	"encoding/json"
	"errors"
	"strings"
	"testing"

	"github.com/openai/openai-go/v3"
	"github.com/openai/openai-go/v3/responses"

	openaitools "github.com/agentsdk-go/airbyte/tools/openai"
)

func chatToolCall(t *testing.T, raw string) openai.ChatCompletionMessageToolCallUnion {
	t.Helper()
	var call openai.ChatCompletionMessageToolCallUnion
	if err := json.Unmarshal([]byte(raw), &call); err != nil {
		t.Fatal(err)
	}
	return call
}

func TestChatCall(t *testing.T) {
	t.Parallel()
	tests := map[string]struct {
		call string
		want string
	}{
		"answer":       {`{"id":"c1","type":"function","function":{"name":"search","arguments":"{\"text\":\"a\"}"}}`, `"hits":["A"]`},
		"no type":      {`{"id":"c1","function":{"name":"search","arguments":"{\"text\":\"a\"}"}}`, `"hits":["A"]`},
		"tool error":   {`{"id":"c1","type":"function","function":{"name":"broken","arguments":"{\"text\":\"a\"}"}}`, "index is being rebuilt"},
		"unknown tool": {`{"id":"c1","type":"function","function":{"name":"serach","arguments":"{}"}}`, `"error"`},
		"bad JSON":     {`{"id":"c1","type":"function","function":{"name":"search","arguments":"{\"text\":"}}`, `"error"`},
		"custom call": {
			`{"id":"c1","type":"custom","custom":{"name":"search","input":"a"}}`,
			`{"error":{"kind":"validation","message":"\"search\" was called as a custom tool","hint":"call it as a function, with JSON arguments that match its schema","retryable":false}}`,
		},
		"unknown custom call": {`{"id":"c1","type":"custom","custom":{"name":"serach","input":"a"}}`, `"kind":"not_found"`},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			message, err := openaitools.ChatCall(t.Context(), searchSet(t), chatToolCall(t, test.call))
			if err != nil {
				t.Fatal(err)
			}
			if message.OfTool == nil || message.OfTool.ToolCallID != "c1" {
				t.Fatalf("not a tool message for c1: %s", encode(t, message))
			}
			if got := message.OfTool.Content.OfString.Value; !strings.Contains(got, test.want) {
				t.Errorf("got %s, want %s in it", got, test.want)
			}
		})
	}
}

func TestResponseCall(t *testing.T) {
	t.Parallel()
	tests := map[string]struct {
		name, args string
		want       string
	}{
		"answer":       {"search", `{"text":"a"}`, `"hits":["A"]`},
		"tool error":   {"broken", `{"text":"a"}`, "index is being rebuilt"},
		"unknown tool": {"serach", `{}`, `"error"`},
		"bad JSON":     {"search", `{"text":`, `"error"`},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			call := responses.ResponseFunctionToolCall{CallID: "c1", Name: test.name, Arguments: test.args}
			item, err := openaitools.ResponseCall(t.Context(), searchSet(t), call)
			if err != nil {
				t.Fatal(err)
			}
			out := item.OfFunctionCallOutput
			if out == nil || out.CallID.Value != "c1" {
				t.Fatalf("not an output for c1: %s", encode(t, item))
			}
			if got := out.Output.OfString.Value; !strings.Contains(got, test.want) {
				t.Errorf("got %s, want %s in it", got, test.want)
			}
		})
	}
}

func TestCallProgramErrors(t *testing.T) {
	t.Parallel()
	canceled, cancel := context.WithCancel(t.Context())
	cancel()
	set := searchSet(t)
	chat := func(ctx context.Context, name string) error {
		_, err := openaitools.ChatCall(ctx, set, chatToolCall(t, `{"id":"c1","type":"function","function":{"name":"`+name+`","arguments":"{\"text\":\"a\"}"}}`))
		return err
	}
	response := func(ctx context.Context, name string) error {
		_, err := openaitools.ResponseCall(ctx, set, responses.ResponseFunctionToolCall{CallID: "c1", Name: name, Arguments: `{"text":"a"}`})
		return err
	}
	for api, call := range map[string]func(context.Context, string) error{"chat": chat, "responses": response} {
		if err := call(canceled, "search"); !errors.Is(err, context.Canceled) {
			t.Errorf("%s: cancelled context: got error %v", api, err)
		}
		if err := call(t.Context(), "boom"); err == nil || !strings.Contains(err.Error(), "boom") {
			t.Errorf("%s: panic: got error %v, want one that names the tool", api, err)
		}
	}
}
