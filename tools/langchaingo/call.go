package langchaingo

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"

	"github.com/tmc/langchaingo/callbacks"
	"github.com/tmc/langchaingo/llms"
	lctools "github.com/tmc/langchaingo/tools"

	"github.com/agentsdk-go/airbyte/tools"
)

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

var _ lctools.Tool = tool{}

// tool is a tool of a set as langchaingo's agents call it.
type tool struct {
	tool        *tools.Tool
	description string
	callbacks   callbacks.Handler
}

func (t tool) Name() string { return t.tool.Name() }

func (t tool) Description() string { return t.description }

func (t tool) Call(ctx context.Context, input string) (string, error) {
	if t.callbacks == nil {
		out, err := t.tool.Call(ctx, json.RawMessage(actionInput(input)))
		return out.Text, err
	}
	t.callbacks.HandleToolStart(ctx, input)
	out, err := t.tool.Call(ctx, json.RawMessage(actionInput(input)))
	if failure := outcome(out, err); failure != nil {
		t.callbacks.HandleToolError(ctx, failure)
	} else {
		t.callbacks.HandleToolEnd(ctx, out.Text)
	}
	return out.Text, err
}

// outcome is the error of a call from either channel, nil if it succeeded.
func outcome(out tools.Output, err error) error {
	switch {
	case err != nil:
		return err
	case !out.IsError:
		return nil
	case out.Err != nil:
		return out.Err
	default:
		return errors.New(out.Text)
	}
}
