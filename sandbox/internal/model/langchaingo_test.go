package model_test

import (
	"context"
	"strings"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/tmc/langchaingo/agents"
	"github.com/tmc/langchaingo/chains"
	"github.com/tmc/langchaingo/llms"
	"github.com/tmc/langchaingo/llms/openai"
	"github.com/tmc/langchaingo/tools"
)

func newLangchainModel(t *testing.T) *openai.LLM {
	t.Helper()
	llm, err := openai.New(openai.WithBaseURL(newServer(t).URL+"/v1"), openai.WithToken("any"), openai.WithModel("gpt-test"))
	if err != nil {
		t.Fatal(err)
	}
	return llm
}

// generate runs the tool loop that a bot writes by hand.
func generate(t *testing.T, llm llms.Model, options ...llms.CallOption) (calls []string, answer string) {
	t.Helper()
	options = append(options, llms.WithTools([]llms.Tool{{Type: "function", Function: &llms.FunctionDefinition{
		Name: "pylon_execute", Parameters: executeParameters,
	}}}))
	messages := []llms.MessageContent{llms.TextParts(llms.ChatMessageTypeHuman, twoQuestions)}
	for range 3 {
		response, err := llm.GenerateContent(t.Context(), messages, options...)
		if err != nil {
			t.Fatal(err)
		}
		choice := response.Choices[0]
		if len(choice.ToolCalls) == 0 {
			return calls, choice.Content
		}
		said := llms.MessageContent{Role: llms.ChatMessageTypeAI}
		var results []llms.MessageContent
		for _, made := range choice.ToolCalls {
			calls = append(calls, made.FunctionCall.Name+" "+made.FunctionCall.Arguments)
			said.Parts = append(said.Parts, made)
			results = append(results, llms.MessageContent{Role: llms.ChatMessageTypeTool, Parts: []llms.ContentPart{llms.ToolCallResponse{
				ToolCallID: made.ID, Name: made.FunctionCall.Name, Content: outputFor(made.FunctionCall.Arguments),
			}}})
		}
		messages = append(append(messages, said), results...)
	}
	t.Fatal("no answer after three rounds")
	return nil, ""
}

func TestLangchaingo(t *testing.T) {
	t.Parallel()
	discard := llms.WithStreamingFunc(func(context.Context, []byte) error { return nil })
	for name, options := range map[string][]llms.CallOption{"whole": nil, "streamed": {discard}} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			calls, answer := generate(t, newLangchainModel(t), options...)
			if diff := cmp.Diff(twoCalls, calls); diff != "" {
				t.Errorf("calls (-want +got):\n%s", diff)
			}
			if diff := cmp.Diff(twoAnswers, answer); diff != "" {
				t.Errorf("answer (-want +got):\n%s", diff)
			}
		})
	}
}

// recorder is a langchaingo tool that keeps its inputs.
type recorder struct {
	name, description string

	mu     sync.Mutex
	inputs []string
}

func (r *recorder) Name() string        { return r.name }
func (r *recorder) Description() string { return r.description }

func (r *recorder) Call(_ context.Context, input string) (string, error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.inputs = append(r.inputs, input)
	return outputFor(input), nil
}

// TestStockAgent drives langchaingo's functions agent, which sends a
// one-string schema and replays its argument unwrapped.
func TestStockAgent(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name, tool, description, question, answer string
		inputs                                    []string
	}{
		{"operations", "support_desk", "Takes an entity, an action and params.", twoQuestions, twoAnswers, []string{
			`{"action":"list","entity":"teams","params":{}}`, `{"action":"list","entity":"tags","params":{}}`,
		}},
		{"bare text", "weather", "Tells the weather.", "How is the weather?", "[scripted model] I found 1 row:\n- Support", []string{"How is the weather?"}},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			tool := &recorder{name: test.tool, description: test.description}
			agent := agents.NewOpenAIFunctionsAgent(newLangchainModel(t), []tools.Tool{tool})
			answer, err := chains.Run(t.Context(), agents.NewExecutor(agent), test.question)
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(test.inputs, tool.inputs); diff != "" {
				t.Errorf("inputs (-want +got):\n%s", diff)
			}
			if diff := cmp.Diff(test.answer, answer); diff != "" {
				t.Errorf("answer (-want +got):\n%s", diff)
			}
		})
	}
}

func TestLangchaingoError(t *testing.T) {
	t.Parallel()
	llm := newLangchainModel(t)
	_, err := llm.GenerateContent(t.Context(), []llms.MessageContent{llms.TextParts(llms.ChatMessageTypeHuman, "hi")},
		llms.WithTools([]llms.Tool{{Type: "function", Function: &llms.FunctionDefinition{Name: "a.b"}}}))
	if err == nil || !strings.Contains(err.Error(), "400") {
		t.Errorf("want an error with status 400, got %v", err)
	}
}
