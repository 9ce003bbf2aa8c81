package langchaingo_test

import (
	"context"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/tmc/langchaingo/agents"
	"github.com/tmc/langchaingo/chains"
	"github.com/tmc/langchaingo/llms"

	"github.com/agentsdk-go/airbyte/internal/golden"
	"github.com/agentsdk-go/airbyte/tools/langchaingo"
)

// llms/anthropic gives every content block a choice of its own, and sends only
// the first part of an AI message.
func TestAgentKeepsEveryCallForAnthropic(t *testing.T) {
	t.Parallel()
	model, server := claudeModel(t,
		`{"id":"msg_1","type":"message","role":"assistant","stop_reason":"tool_use","usage":{},"content":[
			{"type":"text","text":"I look up both."},
			{"type":"tool_use","id":"toolu_a","name":"weather","input":{"city":"Berlin"}},
			{"type":"tool_use","id":"toolu_b","name":"weather","input":{"city":"Oslo"}}]}`,
		`{"id":"msg_2","type":"message","role":"assistant","stop_reason":"end_turn","usage":{},"content":[
			{"type":"text","text":"Berlin has 7 degrees, Oslo is unknown."}]}`)

	answer, err := ask(t, model)
	if err != nil {
		t.Fatal(err)
	}
	if answer != "Berlin has 7 degrees, Oslo is unknown." {
		t.Errorf("answer = %q", answer)
	}
	golden.Check(t, "agent_anthropic.json", server.indented())
}

// answeringModel gives its responses in order and keeps the messages of the
// last request.
type answeringModel struct {
	llms.Model
	responses []*llms.ContentResponse
	asked     int
	last      []llms.MessageContent
	options   llms.CallOptions
}

func (m *answeringModel) GenerateContent(
	_ context.Context, messages []llms.MessageContent, options ...llms.CallOption,
) (*llms.ContentResponse, error) {
	m.last, m.options = messages, llms.CallOptions{}
	for _, option := range options {
		option(&m.options)
	}
	m.asked++
	return m.responses[m.asked-1], nil
}

func answerOf(choices ...*llms.ContentChoice) *llms.ContentResponse {
	return &llms.ContentResponse{Choices: choices}
}

func call(id, kind, arguments string) llms.ToolCall {
	return llms.ToolCall{ID: id, Type: kind, FunctionCall: &llms.FunctionCall{Name: "weather", Arguments: arguments}}
}

func TestAgentWritesTurnsBackAsTheyCame(t *testing.T) {
	t.Parallel()
	tests := map[string]struct {
		choices []*llms.ContentChoice
		opts    []langchaingo.Option
		want    []string
	}{
		"one choice with ids": {
			choices: []*llms.ContentChoice{{Content: "Both.", ToolCalls: []llms.ToolCall{
				call("a", "function", berlin), call("b", "function", lisbon),
			}}},
			want: []string{"ai: text call(a) call(b)", "tool: result(a)", "tool: result(b)"},
		},
		"the same id twice": {
			choices: []*llms.ContentChoice{{ToolCalls: []llms.ToolCall{
				call("a", "function", berlin), call("a", "function", lisbon),
			}}},
			want: []string{"ai: call(a) call(call_2)", "tool: result(a)", "tool: result(call_2)"},
		},
		"neither id nor type, as Google's clients": {
			choices: []*llms.ContentChoice{{ToolCalls: []llms.ToolCall{call("", "", berlin), call("", "", lisbon)}}},
			want:    []string{"ai: call(call_1) call(call_2)", "tool: result(call_1) result(call_2)"},
		},
		"sequential on request": {
			choices: []*llms.ContentChoice{{Content: "Both.", ToolCalls: []llms.ToolCall{
				call("a", "function", berlin), call("b", "function", lisbon),
			}}},
			opts: []langchaingo.Option{langchaingo.WithSequentialHistory()},
			want: []string{"ai: call(a) text", "tool: result(a)", "ai: call(b)", "tool: result(b)"},
		},
		"legacy function call": {
			choices: []*llms.ContentChoice{{FuncCall: &llms.FunctionCall{Name: "weather", Arguments: berlin}}},
			want:    []string{"ai: call(call_1)", "tool: result(call_1)"},
		},
		"alternatives run once": {
			choices: []*llms.ContentChoice{
				{ToolCalls: []llms.ToolCall{call("a", "function", berlin)}, FuncCall: &llms.FunctionCall{}},
				{ToolCalls: []llms.ToolCall{call("b", "function", lisbon)}, FuncCall: &llms.FunctionCall{}},
			},
			want: []string{"ai: call(a)", "tool: result(a)"},
		},
		"nameless rest of a stream": {
			choices: []*llms.ContentChoice{{ToolCalls: []llms.ToolCall{
				call("a", "function", berlin), {FunctionCall: &llms.FunctionCall{}},
			}}},
			want: []string{"ai: call(a)", "tool: result(a)"},
		},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			model := &answeringModel{responses: []*llms.ContentResponse{
				answerOf(test.choices...), answerOf(&llms.ContentChoice{Content: "Done."}),
			}}
			if _, err := ask(t, model, test.opts...); err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(test.want, outline(model.last[2:])); diff != "" {
				t.Errorf("history (-want +got):\n%s", diff)
			}
		})
	}
}

// outline says of each message who speaks and what its parts are.
func outline(messages []llms.MessageContent) []string {
	var out []string
	for _, m := range messages {
		line := string(m.Role) + ":"
		for _, part := range m.Parts {
			switch p := part.(type) {
			case llms.TextContent:
				line += " text"
			case llms.ToolCall:
				line += " call(" + p.ID + ")"
			case llms.ToolCallResponse:
				line += " result(" + p.ToolCallID + ")"
			}
		}
		out = append(out, line)
	}
	return out
}

func TestAgentOptionsReachTheModel(t *testing.T) {
	t.Parallel()
	stream := func(context.Context, []byte) error { return nil }
	model := &answeringModel{responses: []*llms.ContentResponse{answerOf(&llms.ContentChoice{Content: "Done."})}}
	agent := langchaingo.NewAgent(model, weatherSet(t), langchaingo.WithSystemPrompt("Be brief."),
		langchaingo.WithCallOptions(llms.WithMaxTokens(50), llms.WithTemperature(0.9), llms.WithStreamingFunc(stream)))

	_, err := chains.Run(t.Context(), agents.NewExecutor(agent), "How warm is it?", chains.WithTemperature(0.1))
	if err != nil {
		t.Fatal(err)
	}
	got := model.options
	if got.MaxTokens != 50 || got.Temperature != 0.1 || got.StreamingFunc == nil || len(got.Tools) != 1 {
		t.Errorf("options = %+v, want 50 tokens, the run's temperature, the agent's stream and one tool", got)
	}
	system, ok := model.last[0].Parts[0].(llms.TextContent)
	if !ok || !strings.HasPrefix(system.Text, "Be brief.") {
		t.Errorf("system message = %v", model.last[0])
	}
}

func TestAgentReadsTheFirstOfSeveralCandidates(t *testing.T) {
	t.Parallel()
	model := &answeringModel{responses: []*llms.ContentResponse{
		answerOf(&llms.ContentChoice{Content: "One."}, &llms.ContentChoice{Content: "Two."}),
	}}
	answer, err := ask(t, model, langchaingo.WithCallOptions(llms.WithN(2)))
	if err != nil || answer != "One." {
		t.Errorf("answer = %q, error = %v", answer, err)
	}
}
