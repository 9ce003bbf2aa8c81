package tools

import (
	"bytes"
	"cmp"
	"context"
	"encoding/json"
	"fmt"
	"regexp"
	"runtime/debug"
	"slices"
	"unicode/utf8"

	"github.com/agentsdk-go/airbyte/connector"
	"github.com/agentsdk-go/airbyte/internal/envelope"
)

// Tool is one function that a model can call. It is read-only and safe for
// concurrent use.
type Tool struct {
	name        string
	description string
	schema      json.RawMessage
	effect      connector.Effect
	maxOutput   int
	guide       string        // its part of the set's instructions
	caps        *capabilities // what it can call of a connector; nil for a plain function

	// effectOf tells the effect of one call from its arguments; nil: effect.
	effectOf func(args json.RawMessage) connector.Effect

	// textArgument is the argument that a bare text stands for, "" when a text
	// cannot stand for the arguments.
	textArgument string

	call handler
}

// handler runs a tool on arguments that are a JSON object. A nil report is not
// called.
type handler func(ctx context.Context, args json.RawMessage, report func(Progress)) (envelope.Result, error)

// Output is what a call gives back to the model.
type Output struct {
	Text    string // the envelope, JSON
	IsError bool   // Text is {"error": …}
	Err     error  // the cause of IsError, for logs; its text is not meant for the model
}

// Name returns the name the model calls, which matches ^[a-zA-Z0-9_-]{1,64}$.
func (t *Tool) Name() string { return t.name }

// Description returns what the model is told about the tool.
func (t *Tool) Description() string { return t.description }

// Schema returns the JSON Schema of the arguments, an object, the same bytes in
// every process.
func (t *Tool) Schema() json.RawMessage { return slices.Clone(t.schema) }

// Effect returns the most that a call of the tool may do: read, write or
// destroy.
func (t *Tool) Effect() connector.Effect { return t.effect }

// EffectOf returns what a call with these arguments may do: for an execute tool
// the effect of the action that they name. Where that cannot be read it is the
// tool's Effect.
func (t *Tool) EffectOf(args json.RawMessage) connector.Effect {
	if t.effectOf == nil {
		return t.effect
	}
	object, err := decodeArguments(args, t.textArgument)
	if err != nil {
		return t.effect
	}
	return cmp.Or(t.effectOf(object), t.effect)
}

// Call runs the tool. It accepts the arguments as models and frameworks send
// them: a JSON object, {"__arg1": "…"} around one, JSON inside a JSON string, a
// code fence, nothing, null.
//
// An error means that the run cannot go on: the context ended, the program is
// set up wrongly, or the tool panicked (*PanicError). All else is in the Output.
func (t *Tool) Call(ctx context.Context, args json.RawMessage) (Output, error) {
	return t.CallWithProgress(ctx, args, nil)
}

// CallWithProgress is Call that reports how far it came: after each page that a
// read of a connector has brought, from the calling goroutine, which waits for
// report to return. See WithPages. A nil report is Call.
func (t *Tool) CallWithProgress(ctx context.Context, args json.RawMessage, report func(Progress)) (out Output, err error) {
	defer func() {
		if v := recover(); v != nil {
			out, err = Output{}, &PanicError{Tool: t.name, Value: v, Stack: debug.Stack()}
		}
	}()
	if ctx.Err() != nil {
		return Output{}, t.ended(ctx)
	}
	object, err := decodeArguments(args, t.textArgument)
	if err != nil {
		return failed(err, t.maxOutput), nil
	}
	res, err := t.call(ctx, object, report)
	if err != nil {
		return t.translate(ctx, err)
	}
	text, fits := res.Limited(t.maxOutput)
	if !utf8.Valid(text) { // a service can send anything, a model's API takes UTF-8 alone
		text = bytes.ToValidUTF8(text, []byte("\ufffd"))
	}
	return Output{Text: envelope.Text(text), IsError: !fits, Err: tooLarge(fits)}, nil
}

// ended is the error of a call whose context ended: it matches the context's
// own error and the cause that the program may have given.
func (t *Tool) ended(ctx context.Context) error {
	if cause := context.Cause(ctx); cause != ctx.Err() { //nolint:errorlint // the very same value, or a cause of its own
		return fmt.Errorf("tool %s: %w: %w", t.name, ctx.Err(), cause)
	}
	return fmt.Errorf("tool %s: %w", t.name, ctx.Err())
}

// translate decides between the two channels.
func (t *Tool) translate(ctx context.Context, err error) (Output, error) {
	if ctx.Err() != nil || isProgramError(err) {
		return Output{}, fmt.Errorf("tool %s: %w", t.name, err)
	}
	return failed(err, t.maxOutput), nil
}

// PanicError is the Go error of a call whose tool panicked.
type PanicError struct {
	Tool  string // name of the tool
	Value any    // what it panicked with
	Stack []byte // of its goroutine, for logs alone: it is not meant for the model
}

// Error names the tool and what it panicked with, without the stack.
func (e *PanicError) Error() string { return fmt.Sprintf("tool %s panicked: %v", e.Tool, e.Value) }

// Unwrap returns the value when it is an error.
func (e *PanicError) Unwrap() error {
	err, _ := e.Value.(error)
	return err
}

// maxName and legalName are what OpenAI and Anthropic accept. A {1,64} in the
// expression would be compiled 64 times over, at the start of every program.
const maxName = 64

var legalName = regexp.MustCompile(`^[a-zA-Z0-9_-]+$`)

func checkName(name string) error {
	if len(name) <= maxName && legalName.MatchString(name) {
		return nil
	}
	return configError("name %q is not legal: use 1 to 64 of the characters a-z, A-Z, 0-9, _ and -", name)
}
