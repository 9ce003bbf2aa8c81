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

func TestStockFunctionsAgent(t *testing.T) {
	t.Parallel()
	model, server := chatModel(t,
		chatCalls("", fn("call_a", "weather", `{"__arg1":"{\"city\":\"Oslo\"}"}`)),
		chatCalls("", fn("call_b", "weather", `{"__arg1":{"city":"Lisbon"}}`)),
		chatCalls("", fn("call_c", "weather", berlin)),
		chatText("Oslo is unknown, Lisbon is warm."))
	set := weatherSet(t)
	executor := agents.NewExecutor(agents.NewOpenAIFunctionsAgent(model, langchaingo.Tools(set)))

	answer, err := chains.Run(t.Context(), executor, "How warm is it?")
	if err != nil {
		t.Fatalf("the run died: %v", err)
	}
	if answer != "Oslo is unknown, Lisbon is warm." {
		t.Errorf("answer = %q", answer)
	}
	golden.Check(t, "stock_functions.json", server.indented())
}

// scriptedModel is a text model that answers from a script and keeps the
// prompts.
type scriptedModel struct {
	llms.Model
	answers []string
	prompts []string
}

func (m *scriptedModel) GenerateContent(
	_ context.Context, messages []llms.MessageContent, _ ...llms.CallOption,
) (*llms.ContentResponse, error) {
	var prompt strings.Builder
	for _, part := range messages[0].Parts {
		if text, ok := part.(llms.TextContent); ok {
			prompt.WriteString(text.Text)
		}
	}
	answer := m.answers[len(m.prompts)]
	m.prompts = append(m.prompts, prompt.String())
	return &llms.ContentResponse{Choices: []*llms.ContentChoice{{Content: answer}}}, nil
}

func TestStockTextAgents(t *testing.T) {
	t.Parallel()
	inputs := map[string]string{
		"plain":                berlin,
		"code fence":           "```json\n" + berlin + "\n```",
		"backticks":            "`" + berlin + "`",
		"invented observation": berlin + "\nObservation: 30 degrees",
		"invented steps":       berlin + "\n\tThought: done\nAction: weather",
		"fence and invention":  "```\n" + berlin + "\n```\nObservation: 30 degrees\nThought: done",
	}
	builders := map[string]func(*scriptedModel) agents.Agent{
		"one shot": func(m *scriptedModel) agents.Agent {
			return agents.NewOneShotAgent(m, langchaingo.Tools(weatherSet(t)))
		},
		"conversational": func(m *scriptedModel) agents.Agent {
			return agents.NewConversationalAgent(m, langchaingo.Tools(weatherSet(t)))
		},
	}
	for kind, build := range builders {
		for name, input := range inputs {
			t.Run(kind+"/"+name, func(t *testing.T) {
				t.Parallel()
				model := &scriptedModel{answers: []string{
					"Thought: I look.\nAction: weather\nAction Input: " + input, "Final Answer: AI: 7 degrees",
				}}
				if _, err := chains.Run(t.Context(), agents.NewExecutor(build(model)), "How warm is it?"); err != nil {
					t.Fatal(err)
				}
				if !strings.Contains(model.prompts[0], `{"city": <string>}`) {
					t.Errorf("the prompt does not say how to call the tool:\n%s", model.prompts[0])
				}
				if !strings.Contains(model.prompts[1], `"celsius":7`) {
					t.Errorf("the tool did not understand %q:\n%s", input, model.prompts[1])
				}
			})
		}
	}
}

// A tool with one string argument takes plain text, whose lines may look like
// steps of the text protocol.
func TestToolsReadTheWholeInput(t *testing.T) {
	t.Parallel()
	const letter = "Customer wrote:\nAction: refund please\nThanks"
	tests := map[string]struct{ input, want string }{
		"text":                       {letter, letter},
		"text, bare observation":     {letter + "\nObservation:", letter},
		"text, invented observation": {letter + "\n\tobservation: refunded\n", letter},
		"text on observations":       {"Seen today.\nObservation: it fails\nAnd again", "Seen today.\nObservation: it fails\nAnd again"},
		"number on the first line":   {"1042\nAction: refund", "1042\nAction: refund"},
		"quote on the first line":    {"\"Hello\" they wrote\nThought: so what", "\"Hello\" they wrote\nThought: so what"},
		"object":                     {`{"city":"Berlin"}` + "\nThought: done\nFinal Answer: 7", "Berlin"},
		"indented object":            {"{\n  \"city\": \"Berlin\"\n}\n\nAction: weather\nAction Input: {}", "Berlin"},
		"object with such lines":     {`{"city":"a\nAction: b"}` + "\nThought: done", "a\nAction: b"},
		"string":                     {`"Berlin"` + "\nThought: done", "Berlin"},
		"fence":                      {"```json\n{\"city\":\"Berlin\"}\n```\nThought: done", "Berlin"},
		"fence on one line":          {"```json {\"city\":\"Berlin\"}```\nThought: done", "Berlin"},
		"inline code":                {"`{\"city\":\"Berlin\"}`\nThought: done", "Berlin"},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			var got string
			set := setOf(t, func(_ context.Context, in place) (weather, error) {
				got = in.City
				return weather{}, nil
			})
			observation, err := langchaingo.Tools(set)[0].Call(t.Context(), test.input)
			if err != nil {
				t.Fatal(err)
			}
			if got != test.want {
				t.Errorf("the tool read %q, want %q; it answered %s", got, test.want, observation)
			}
		})
	}
}

func TestOneShotAgentReadsFailures(t *testing.T) {
	t.Parallel()
	model := &scriptedModel{answers: []string{
		"Action: weather\nAction Input: {\"city\":", "Action: weather\nAction Input: " + oslo, "Final Answer: unknown",
	}}
	executor := agents.NewExecutor(agents.NewOneShotAgent(model, langchaingo.Tools(weatherSet(t))))
	answer, err := chains.Run(t.Context(), executor, "How warm is Oslo?")
	if err != nil || answer != "unknown" {
		t.Fatalf("answer = %q, error = %v", answer, err)
	}
	for i, want := range map[int]string{1: `Observation: {"error"`, 2: "no station in Oslo"} {
		if !strings.Contains(model.prompts[i], want) {
			t.Errorf("prompt %d does not hold %q:\n%s", i+1, want, model.prompts[i])
		}
	}
}

func TestToolsFireCallbacks(t *testing.T) {
	t.Parallel()
	tests := map[string]struct {
		input string
		want  []string
	}{
		"success": {input: berlin, want: []string{"tool start " + berlin, "tool end"}},
		"failure": {input: oslo, want: []string{"tool start " + oslo, "tool error"}},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			r := &recorder{}
			tool := langchaingo.ToolsWith(weatherSet(t), langchaingo.WithCallbacks(r))[0]
			if _, err := tool.Call(t.Context(), test.input); err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(test.want, r.seen()); diff != "" {
				t.Errorf("events (-want +got):\n%s", diff)
			}
		})
	}
}

func TestToolsCancelledContextIsAnError(t *testing.T) {
	t.Parallel()
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	r := &recorder{}
	tool := langchaingo.ToolsWith(weatherSet(t), langchaingo.WithCallbacks(r))[0]
	if _, err := tool.Call(ctx, berlin); err == nil {
		t.Error("no error")
	}
	if diff := cmp.Diff([]string{"tool start " + berlin, "tool error"}, r.seen()); diff != "" {
		t.Errorf("events (-want +got):\n%s", diff)
	}
}
