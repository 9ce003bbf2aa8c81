package langchaingo

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"

	"github.com/tmc/langchaingo/llms"

	"github.com/agentsdk-go/airbyte/tools"
)

// LLMTools returns the tools of s as definitions for llms.WithTools, with their
// real schemas and in the order of s. Parameters is a map[string]any, the only
// type that llms/googleai takes, and every number in it a json.Number, so that
// limits keep their digits. Strict is false: the params of a connector's
// execute tool are open, which strict mode forbids.
func LLMTools(s *tools.Set) []llms.Tool {
	list := s.Tools()
	out := make([]llms.Tool, len(list))
	for i, t := range list {
		out[i] = llms.Tool{Type: "function", Function: &llms.FunctionDefinition{
			Name:        t.Name(),
			Description: t.Description(),
			Parameters:  parameters(t),
		}}
	}
	return out
}

func parameters(t *tools.Tool) map[string]any {
	dec := json.NewDecoder(bytes.NewReader(t.Schema()))
	dec.UseNumber()
	var schema map[string]any
	if err := dec.Decode(&schema); err != nil {
		// A set checks its schemas when it is built, so only a bug in tools
		// comes here.
		panic(fmt.Sprintf("langchaingo: schema of tool %s is not a JSON object: %v", t.Name(), err))
	}
	// llms/googleai refuses a root object without properties.
	if _, ok := schema["properties"]; !ok {
		schema["properties"] = map[string]any{}
	}
	return schema
}

// Call runs one tool call of a model and returns the message part that answers
// it, ready for a message with role llms.ChatMessageTypeTool. A failed call, an
// unknown tool and unreadable arguments are answers too; the error is for what
// only the program can mend, such as a cancelled context.
func Call(ctx context.Context, s *tools.Set, call llms.ToolCall) (llms.ToolCallResponse, error) {
	var function llms.FunctionCall
	if call.FunctionCall != nil {
		function = *call.FunctionCall
	}
	out, err := s.Call(ctx, function.Name, json.RawMessage(function.Arguments))
	if err != nil {
		return llms.ToolCallResponse{}, fmt.Errorf("langchaingo: tool %s: %w", function.Name, err)
	}
	return llms.ToolCallResponse{ToolCallID: call.ID, Name: function.Name, Content: out.Text}, nil
}
