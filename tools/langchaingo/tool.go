package langchaingo

import (
	"context"
	"encoding/json"
	"errors"

	"github.com/tmc/langchaingo/callbacks"
	lctools "github.com/tmc/langchaingo/tools"

	"github.com/agentsdk-go/airbyte/tools"
)

// Tools returns the tools of s for any langchaingo agent, in the order of s.
// They are safe for concurrent use.
//
// A failed call comes back as text for the model with a nil error, because the
// executor aborts the whole run on a Go error. A Go error is left for what only
// the program can mend, such as a cancelled context.
//
// The stock agents send one string instead of the schema, so Description ends
// with the JSON shape that the tool expects, within [WithDescriptionBudget].
// The string may hold a code fence or an invented "Observation:" after the
// JSON. [NewAgent] sends the real schema and is the better choice where the
// model supports tools.
func Tools(s *tools.Set) []lctools.Tool { return ToolsWith(s) }

// ToolsWith is [Tools] with options: [WithCallbacks] and [WithDescriptionBudget].
func ToolsWith(s *tools.Set, opts ...Option) []lctools.Tool {
	cfg := newConfig(opts)
	list := s.Tools()
	out := make([]lctools.Tool, len(list))
	for i, t := range list {
		out[i] = tool{tool: t, description: describe(t, cfg.descriptionBudget), callbacks: cfg.callbacks}
	}
	return out
}

var _ lctools.Tool = tool{}

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
