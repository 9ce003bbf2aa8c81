package mcp

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"

	"github.com/agentsdk-go/airbyte/connector"
	"github.com/agentsdk-go/airbyte/internal/envelope"
	"github.com/agentsdk-go/airbyte/internal/fault"
	"github.com/agentsdk-go/airbyte/tools"
)

// failure is the envelope for what is a Go error elsewhere. A client cannot mend
// it, but a protocol error would end the run of many; so the model learns that it
// must not go on, and no more of the program than that.
func failure(ctx context.Context, effect connector.Effect, name string, err error) string {
	f := envelope.Failure{
		Kind:    "failed",
		Message: fmt.Sprintf("the tool %s failed inside this program", name),
		Hint:    "do not repeat the call, tell the user; the program's log may say more",
	}
	switch {
	case errors.Is(ctx.Err(), context.DeadlineExceeded) && effect == connector.Read:
		f.Kind, f.Retryable = string(fault.Unavailable), true
		f.Message = "the call took longer than this program allows"
		f.Hint = "ask for less in one call, or try again later"
	case errors.Is(ctx.Err(), context.DeadlineExceeded):
		f.Kind = string(fault.UnknownOutcome)
		f.Message = "the call took longer than this program allows"
		f.Hint = "the change may or may not have happened; read the record first, and repeat the call only if the change is not there"
	case errors.Is(err, connector.ErrConfig):
		f.Kind = string(fault.Config)
		f.Message = err.Error()
		f.Hint = "do not call again, tell the user that this program is set up wrongly"
	}
	return string(envelope.Error(f))
}

// effectOf is what a call may have done.
func (c caller) effectOf(name string, args json.RawMessage) connector.Effect {
	t, ok := c.set.Lookup(name)
	if !ok {
		return connector.Read
	}
	return t.EffectOf(args)
}

// log tells the program's owner what the model is not told.
func (c caller) log(ctx context.Context, name string, err error) {
	attrs := []any{"tool", name, "error", err}
	if e, ok := errors.AsType[*tools.PanicError](err); ok {
		attrs = append(attrs, "stack", string(e.Stack))
	}
	c.logger.ErrorContext(ctx, "tool call failed", attrs...)
}
