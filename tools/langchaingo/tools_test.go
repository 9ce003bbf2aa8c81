package langchaingo_test

import (
	"context"
	"encoding/json"
	"errors"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/tmc/langchaingo/llms"

	"github.com/agentsdk-go/airbyte/tools/langchaingo"
)

func TestLLMToolsCarryTheSchema(t *testing.T) {
	t.Parallel()
	set := weatherSet(t)
	got := langchaingo.LLMTools(set)
	if len(got) != 1 || got[0].Type != "function" || got[0].Function.Strict {
		t.Fatalf("tools = %+v, want one function that is not strict", got)
	}
	if _, ok := got[0].Function.Parameters.(map[string]any); !ok {
		t.Fatalf("parameters are %T; llms/googleai takes map[string]any only", got[0].Function.Parameters)
	}
	sent, err := json.Marshal(got[0].Function.Parameters)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(decode(t, set.Tools()[0].Schema()), decode(t, sent)); diff != "" {
		t.Errorf("schema (-want +got):\n%s", diff)
	}
}

func decode(t *testing.T, data []byte) any {
	t.Helper()
	var out any
	if err := json.Unmarshal(data, &out); err != nil {
		t.Fatal(err)
	}
	return out
}

func TestCall(t *testing.T) {
	t.Parallel()
	tests := map[string]struct {
		call llms.ToolCall
		want string
	}{
		"success":      {call: toolCall("weather", berlin), want: `"celsius":7`},
		"failure":      {call: toolCall("weather", oslo), want: "no station in Oslo"},
		"unknown tool": {call: toolCall("forecast", berlin), want: "forecast"},
		"no function":  {call: llms.ToolCall{ID: "call_a"}, want: `"error"`},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			got, err := langchaingo.Call(t.Context(), weatherSet(t), test.call)
			if err != nil {
				t.Fatal(err)
			}
			if got.ToolCallID != "call_a" || !strings.Contains(got.Content, test.want) {
				t.Errorf("response = %+v, want id call_a and text %q", got, test.want)
			}
		})
	}
}

func toolCall(name, arguments string) llms.ToolCall {
	return llms.ToolCall{ID: "call_a", Type: "function", FunctionCall: &llms.FunctionCall{Name: name, Arguments: arguments}}
}

func TestCallCancelled(t *testing.T) {
	t.Parallel()
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := langchaingo.Call(ctx, weatherSet(t), toolCall("weather", berlin)); !errors.Is(err, context.Canceled) {
		t.Errorf("error = %v, want context.Canceled", err)
	}
}
