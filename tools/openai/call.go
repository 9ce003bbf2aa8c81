package openai

import (
	"context"
	"encoding/json"
	"fmt"

	"github.com/openai/openai-go/v3"
	"github.com/openai/openai-go/v3/responses"

	"github.com/agentsdk-go/airbyte/internal/envelope"
	"github.com/agentsdk-go/airbyte/internal/fault"
	"github.com/agentsdk-go/airbyte/tools"
)

// ChatCall runs one tool call of a chat completion and returns the tool message
// that answers it, with the call's id.
//
// Whatever the model can mend is in the message: an unknown tool, arguments that
// are not JSON, a call that the service refused. The error is for the program
// alone: ctx ended, or a tool panicked. A custom tool call is answered with an
// error text, because the tools of a set take JSON arguments.
func ChatCall(ctx context.Context, s *tools.Set, call openai.ChatCompletionMessageToolCallUnion) (openai.ChatCompletionMessageParamUnion, error) {
	out, err := callSet(ctx, s, chatCall(call))
	if err != nil {
		return openai.ChatCompletionMessageParamUnion{}, fmt.Errorf("openai: tool call %q: %w", call.ID, err)
	}
	return openai.ToolMessage(out.Text, call.ID), nil
}

// ResponseCall runs one function call of a response and returns the
// function_call_output item that answers it, with the call's call_id. Errors are
// those of [ChatCall].
func ResponseCall(ctx context.Context, s *tools.Set, call responses.ResponseFunctionToolCall) (responses.ResponseInputItemUnionParam, error) {
	out, err := callSet(ctx, s, Call{ID: call.CallID, Name: call.Name, Arguments: call.Arguments})
	if err != nil {
		return responses.ResponseInputItemUnionParam{}, fmt.Errorf("openai: tool call %q: %w", call.CallID, err)
	}
	return functionOutput(call.CallID, out.Text), nil
}

// Call is a tool call of the model, as a [Handler] and a [Step] see it.
type Call struct {
	ID        string // what the answer refers to
	Name      string // of the tool
	Arguments string // as the model wrote them: JSON of a function, free text of a custom tool
	Custom    bool   // a custom tool call, not a function call

	extra extraFields
}

func chatCall(call openai.ChatCompletionMessageToolCallUnion) Call {
	if call.Type == "custom" {
		return Call{ID: call.ID, Name: call.Custom.Name, Arguments: call.Custom.Input, Custom: true}
	}
	return Call{ID: call.ID, Name: call.Function.Name, Arguments: call.Function.Arguments}
}

func callSet(ctx context.Context, s *tools.Set, call Call) (tools.Output, error) {
	if _, known := s.Lookup(call.Name); known && call.Custom {
		return customRefused(call.Name), nil
	}
	return s.Call(ctx, call.Name, json.RawMessage(call.Arguments))
}

// customRefused tells the model how to reach a tool of the set.
func customRefused(name string) tools.Output {
	text := envelope.Error(envelope.Failure{
		Kind:    string(fault.Validation),
		Message: fmt.Sprintf("%q was called as a custom tool", name),
		Hint:    "call it as a function, with JSON arguments that match its schema",
	})
	return tools.Output{Text: string(text), IsError: true}
}

func functionOutput(callID, text string) responses.ResponseInputItemUnionParam {
	return responses.ResponseInputItemUnionParam{
		OfFunctionCallOutput: &responses.ResponseInputItemFunctionCallOutputParam{
			CallID: openai.String(callID),
			Output: responses.ResponseInputItemFunctionCallOutputOutputUnionParam{OfString: openai.String(text)},
		},
	}
}

func customOutput(callID, text string) responses.ResponseInputItemUnionParam {
	return responses.ResponseInputItemUnionParam{
		OfCustomToolCallOutput: &responses.ResponseCustomToolCallOutputParam{
			CallID: callID,
			Output: responses.ResponseCustomToolCallOutputOutputUnionParam{OfString: openai.String(text)},
		},
	}
}
