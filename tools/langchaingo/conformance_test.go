package langchaingo_test

import (
	"context"
	"testing"

	"github.com/tmc/langchaingo/agents"
	"github.com/tmc/langchaingo/chains"
	"github.com/tmc/langchaingo/llms"

	"github.com/agentsdk-go/airbyte/tools"
	"github.com/agentsdk-go/airbyte/tools/langchaingo"
	"github.com/agentsdk-go/airbyte/tools/toolstest"
)

// once is a model that makes one call and answers with the result it reads.
type once struct {
	llms.Model
	call toolstest.Call
}

func (m once) GenerateContent(
	_ context.Context, messages []llms.MessageContent, _ ...llms.CallOption,
) (*llms.ContentResponse, error) {
	last := messages[len(messages)-1]
	if result, ok := last.Parts[0].(llms.ToolCallResponse); ok {
		return answerOf(&llms.ContentChoice{Content: result.Content}), nil
	}
	return answerOf(&llms.ContentChoice{ToolCalls: []llms.ToolCall{llmCall(m.call)}}), nil
}

func llmCall(c toolstest.Call) llms.ToolCall {
	return llms.ToolCall{
		ID: c.ID, Type: "function", FunctionCall: &llms.FunctionCall{Name: c.Name, Arguments: c.Arguments},
	}
}

func TestConformance(t *testing.T) {
	t.Parallel()
	adapters := map[string]toolstest.Adapter{
		"Call": func(ctx context.Context, set *tools.Set, call toolstest.Call) (string, error) {
			answer, err := langchaingo.Call(ctx, set, llmCall(call))
			return answer.Content, err
		},
		"NewAgent": func(ctx context.Context, set *tools.Set, call toolstest.Call) (string, error) {
			executor := agents.NewExecutor(langchaingo.NewAgent(once{call: call}, set))
			return chains.Run(ctx, executor, "Go ahead.")
		},
		"Run": func(ctx context.Context, set *tools.Set, call toolstest.Call) (string, error) {
			return langchaingo.Run(ctx, once{call: call}, set, "Go ahead.")
		},
	}
	for name, adapter := range adapters {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			toolstest.Run(t, adapter)
		})
	}
}
