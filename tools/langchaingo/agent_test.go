package langchaingo_test

import (
	"context"
	"errors"
	"strings"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/tmc/langchaingo/agents"
	"github.com/tmc/langchaingo/chains"
	"github.com/tmc/langchaingo/llms"
	"github.com/tmc/langchaingo/memory"

	"github.com/agentsdk-go/airbyte/internal/golden"
	"github.com/agentsdk-go/airbyte/tools/langchaingo"
)

const (
	berlin = `{"city":"Berlin"}`
	lisbon = `{"city":"Lisbon"}`
	oslo   = `{"city":"Oslo"}`
)

func ask(t *testing.T, model llms.Model, opts ...langchaingo.Option) (string, error) {
	t.Helper()
	executor := agents.NewExecutor(langchaingo.NewAgent(model, weatherSet(t), opts...))
	return chains.Run(t.Context(), executor, "How warm is it?")
}

func TestAgentKeepsParallelCallsInOneTurn(t *testing.T) {
	t.Parallel()
	model, server := chatModel(t,
		chatCalls("I look up both.", fn("call_a", "weather", berlin), fn("call_b", "weather", lisbon)),
		chatCalls("", fn("call_c", "weather", berlin)),
		chatText("Lisbon is warmer."))

	answer, err := ask(t, model)
	if err != nil {
		t.Fatal(err)
	}
	if answer != "Lisbon is warmer." {
		t.Errorf("answer = %q", answer)
	}
	golden.Check(t, "agent_parallel.json", server.indented())
}

func TestAgentTurnsFailuresIntoObservations(t *testing.T) {
	t.Parallel()
	tests := map[string]struct {
		call wireCall
		// replayed is the call as the model reads it back, observed a part of
		// what it reads as the result.
		replayed wireCall
		observed string
	}{
		"tool fails": {
			call: fn("call_a", "weather", oslo), replayed: fn("call_a", "weather", oslo),
			observed: "no station in Oslo",
		},
		"arguments cut off": {
			call:     fn("call_a", "weather", `{"city":"Ber`),
			replayed: fn("call_a", "weather", `{"malformed_arguments":"{\"city\":\"Ber"}`),
			observed: `"error"`,
		},
		"arguments are a list": {
			call:     fn("call_a", "weather", `["Berlin"]`),
			replayed: fn("call_a", "weather", `{"malformed_arguments":"[\"Berlin\"]"}`),
			observed: `"error"`,
		},
		"unknown tool": {
			call: fn("call_a", "forecast", berlin), replayed: fn("call_a", "forecast", berlin),
			observed: `"allowed":["weather"]`,
		},
		"tool name that no provider takes back": {
			call: fn("call_a", "functions.forecast", berlin), replayed: fn("call_a", "functions_forecast", berlin),
			observed: `no tool \"functions.forecast\"`,
		},
		"no id": {
			call: fn("", "weather", oslo), replayed: fn("call_1", "weather", oslo), observed: "no station in Oslo",
		},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			model, server := chatModel(t, chatCalls("", test.call), chatText("I could not find out."))
			answer, err := ask(t, model)
			if err != nil {
				t.Fatalf("the run died: %v", err)
			}
			if answer != "I could not find out." {
				t.Errorf("answer = %q", answer)
			}
			messages := server.last()
			asked, result := messages[len(messages)-2], messages[len(messages)-1]
			if diff := cmp.Diff([]wireCall{test.replayed}, asked.ToolCalls); diff != "" {
				t.Errorf("replayed call (-want +got):\n%s", diff)
			}
			if result.ToolCallID != test.replayed.ID || !strings.Contains(result.Content, test.observed) {
				t.Errorf("observation = %+v, want id %q and text %q", result, test.replayed.ID, test.observed)
			}
		})
	}
}

func TestAgentAcceptsWrappedArguments(t *testing.T) {
	t.Parallel()
	tests := map[string]struct{ arguments, replayed string }{
		"encoded twice": {arguments: `"{\"city\":\"Berlin\"}"`, replayed: berlin},
		"code fence":    {arguments: "```json\n{\"city\":\"Berlin\"}\n```", replayed: berlin},
		"one argument":  {arguments: `{"__arg1":"{\"city\":\"Berlin\"}"}`, replayed: `{"__arg1":"{\"city\":\"Berlin\"}"}`},
		"object in one argument": {
			arguments: `{"__arg1":{"city":"Berlin"}}`, replayed: `{"__arg1":{"city":"Berlin"}}`,
		},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			model, server := chatModel(t, chatCalls("", fn("call_a", "weather", test.arguments)), chatText("7 degrees."))
			if _, err := ask(t, model); err != nil {
				t.Fatal(err)
			}
			messages := server.last()
			if got := messages[len(messages)-2].ToolCalls[0].Function.Arguments; got != test.replayed {
				t.Errorf("replayed arguments = %s, want %s", got, test.replayed)
			}
			if got := messages[len(messages)-1].Content; !strings.Contains(got, `"celsius":7`) {
				t.Errorf("observation = %s", got)
			}
		})
	}
}

func TestAgentEmptyAnswer(t *testing.T) {
	t.Parallel()
	model, _ := chatModel(t, completion("content_filter", wireMessage{Role: "assistant"}))
	_, err := ask(t, model)
	if !errors.Is(err, langchaingo.ErrEmptyAnswer) || !strings.Contains(err.Error(), "content_filter") {
		t.Errorf("error = %v, want ErrEmptyAnswer with the stop reason", err)
	}
}

func TestAgentEmptyAnswerWithParserErrorHandler(t *testing.T) {
	t.Parallel()
	model, server := chatModel(t, chatText(""), chatText("7 degrees."))
	handler := agents.NewParserErrorHandler(func(string) string { return "Please answer." })
	executor := agents.NewExecutor(langchaingo.NewAgent(model, weatherSet(t)), agents.WithParserErrorHandler(handler))

	answer, err := chains.Run(t.Context(), executor, "How warm is it?")
	if err != nil || answer != "7 degrees." {
		t.Fatalf("answer = %q, error = %v", answer, err)
	}
	messages := server.last()
	want := wireMessage{Role: "user", Content: "Please answer."}
	if diff := cmp.Diff(want, messages[len(messages)-1]); diff != "" {
		t.Errorf("last message (-want +got):\n%s", diff)
	}
}

func TestAgentCancelledContextEndsTheRun(t *testing.T) {
	t.Parallel()
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	set := setOf(t, func(ctx context.Context, _ place) (weather, error) {
		cancel()
		return weather{}, ctx.Err()
	})
	model, _ := chatModel(t, chatCalls("", fn("call_a", "weather", berlin)))

	_, err := chains.Run(ctx, agents.NewExecutor(langchaingo.NewAgent(model, set)), "How warm is it?")
	if !errors.Is(err, context.Canceled) {
		t.Errorf("error = %v, want context.Canceled", err)
	}
}

func TestAgentCancelledModelCall(t *testing.T) {
	t.Parallel()
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	model, _ := chatModel(t)
	_, err := chains.Run(ctx, agents.NewExecutor(langchaingo.NewAgent(model, weatherSet(t))), "How warm is it?")
	if !errors.Is(err, context.Canceled) {
		t.Errorf("error = %v, want context.Canceled", err)
	}
}

func TestAgentFiresEveryCallbackOnce(t *testing.T) {
	t.Parallel()
	model, _ := chatModel(t,
		chatCalls("", fn("call_a", "weather", berlin), fn("call_b", "weather", oslo)), chatText("Done."))
	r := &recorder{}
	executor := agents.NewExecutor(
		langchaingo.NewAgent(model, weatherSet(t), langchaingo.WithCallbacks(r)), agents.WithCallbacksHandler(r))
	if _, err := chains.Run(t.Context(), executor, "How warm is it?"); err != nil {
		t.Fatal(err)
	}
	want := []string{
		"chain start",
		"action weather", "tool start " + berlin, "tool end",
		"action weather", "tool start " + oslo, "tool error",
		"finish", "chain end",
	}
	if diff := cmp.Diff(want, r.seen()); diff != "" {
		t.Errorf("events (-want +got):\n%s", diff)
	}
}

func TestAgentPutsHistoryBeforeTheQuestion(t *testing.T) {
	t.Parallel()
	for _, key := range []string{"history", "chat_history"} {
		t.Run(key, func(t *testing.T) {
			t.Parallel()
			model, server := chatModel(t, chatText("7 degrees."), chatText("Yes."))
			buffer := memory.NewConversationBuffer(memory.WithMemoryKey(key))
			executor := agents.NewExecutor(langchaingo.NewAgent(model, weatherSet(t)), agents.WithMemory(buffer))
			for _, question := range []string{"How warm is Berlin?", "Is that cold?"} {
				if _, err := chains.Run(t.Context(), executor, question); err != nil {
					t.Fatal(err)
				}
			}
			want := "The conversation so far:\nHuman: How warm is Berlin?\nAI: 7 degrees.\n\nThe new message:\nIs that cold?"
			if got := server.last()[1].Content; got != want {
				t.Errorf("question = %q, want %q", got, want)
			}
		})
	}
}

func TestAgentServesConcurrentRuns(t *testing.T) {
	t.Parallel()
	set := weatherSet(t)
	var wg sync.WaitGroup
	agent := langchaingo.NewAgent(echoModel{}, set)
	for range 16 {
		wg.Go(func() {
			answer, err := chains.Run(t.Context(), agents.NewExecutor(agent), "How warm is it?")
			if err != nil || !strings.Contains(answer, `"celsius":7`) {
				t.Errorf("answer = %q, error = %v", answer, err)
			}
		})
	}
	wg.Wait()
}

// echoModel calls the tool once and answers with what it returned.
type echoModel struct{ llms.Model }

func (echoModel) GenerateContent(
	_ context.Context, messages []llms.MessageContent, _ ...llms.CallOption,
) (*llms.ContentResponse, error) {
	last := messages[len(messages)-1]
	if result, ok := last.Parts[0].(llms.ToolCallResponse); ok {
		return &llms.ContentResponse{Choices: []*llms.ContentChoice{{Content: result.Content}}}, nil
	}
	call := llms.ToolCall{ID: "call_a", Type: "function", FunctionCall: &llms.FunctionCall{Name: "weather", Arguments: berlin}}
	return &llms.ContentResponse{Choices: []*llms.ContentChoice{{ToolCalls: []llms.ToolCall{call}}}}, nil
}

func TestAgentRejectsWhatItCannotRun(t *testing.T) {
	t.Parallel()
	tests := map[string]struct {
		model  llms.Model
		inputs map[string]string
		want   string
	}{
		"no question": {model: echoModel{}, inputs: map[string]string{"input": " "}, want: `set the input "input"`},
		"no model":    {inputs: map[string]string{"input": "Hello"}, want: "the agent has no model"},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			_, _, err := langchaingo.NewAgent(test.model, weatherSet(t)).Plan(t.Context(), nil, test.inputs)
			if err == nil || !strings.Contains(err.Error(), test.want) {
				t.Errorf("error = %v, want %q", err, test.want)
			}
		})
	}
}
