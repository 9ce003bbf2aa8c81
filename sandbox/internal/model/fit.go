package model

import (
	"encoding/json"

	"github.com/agentsdk-go/airbyte/sandbox/internal/plainjson"
)

// offer is the tools of one request.
type offer []tool

// place fits the call, or the first of its alternatives that the tools seem to
// serve, to a tool. It fails when no tool can carry it at all.
func (o offer) place(c Call) (placed, bool) {
	for alternative := &c; alternative != nil; alternative = alternative.Else {
		if o.serves(*alternative) {
			return o.fit(*alternative)
		}
	}
	return o.fit(c)
}

// instead returns the alternative of a call that was refused: the next that the
// tools serve, else the last. The call must have one.
func (o offer) instead(c Call) Call {
	next := c.Else
	for next.Else != nil && !o.serves(*next) {
		next = next.Else
	}
	return *next
}

// placed is a wanted call with the wire call it became.
type placed struct {
	want Call
	call call
}

func (o offer) serves(c Call) bool {
	for _, t := range o {
		if t.Name == c.Tool || c.Tool == "" && t.performs(c.Entity, c.Action) {
			return true
		}
		if c.Tool == "" && t.executes() && t.mayServe(c.Entity, c.Action) {
			return true
		}
	}
	return false
}

// fit writes the arguments in the shape of the tool that carries the call.
func (o offer) fit(c Call) (placed, bool) {
	t, ok := o.carrier(c)
	if !ok {
		return placed{}, false
	}
	arguments := any(params(c))
	if c.Tool == "" && !t.performs(c.Entity, c.Action) {
		arguments = map[string]any{"entity": c.Entity, "action": c.Action, "params": params(c)}
	}
	raw, err := t.wrap(arguments)
	if err != nil {
		return placed{}, false // a rule's Params that JSON cannot hold
	}
	return placed{want: c, call: call{Name: t.Name, Arguments: raw}}, true
}

// carrier picks the tool: by name, the one of the operation, the executing one
// that knows the operation, any executing one.
func (o offer) carrier(c Call) (tool, bool) {
	fits := []func(tool) bool{
		func(t tool) bool { return t.performs(c.Entity, c.Action) },
		func(t tool) bool { return t.executes() && t.mayServe(c.Entity, c.Action) },
		tool.executes,
	}
	if c.Tool != "" {
		fits = []func(tool) bool{func(t tool) bool { return t.Name == c.Tool }}
	}
	for _, fit := range fits {
		for _, t := range o {
			if fit(t) {
				return t, true
			}
		}
	}
	return tool{}, false
}

func params(c Call) map[string]any {
	if c.Params == nil {
		return map[string]any{}
	}
	return c.Params
}

// wrap encodes arguments, inside the one string where the tool takes one.
func (t tool) wrap(arguments any) (string, error) {
	raw, err := plainjson.Encode(arguments)
	if err != nil {
		return "", err
	}
	if t.wrapped() {
		raw, err = plainjson.Encode(map[string]string{wrappedArgument: string(raw)})
	}
	return string(raw), err
}

// readCall is the inverse of fit, for a call of the history: it reads entity,
// action and params out of whatever shape the arguments have.
func readCall(c call) Call {
	fields := readArguments(c.Arguments)
	read := Call{Tool: c.Name, Params: fields}
	entity, hasEntity := fields["entity"].(string)
	action, hasAction := fields["action"].(string)
	if hasEntity && hasAction {
		nested, _ := fields["params"].(map[string]any)
		return Call{Tool: c.Name, Entity: entity, Action: action, Params: nested}
	}
	read.Entity, read.Action = operation(c.Name)
	return read
}

// readArguments decodes an object, also when it sits in the one string. Text
// that is no object has no fields.
func readArguments(arguments string) map[string]any {
	var fields map[string]any
	if json.Unmarshal([]byte(arguments), &fields) != nil {
		return nil
	}
	inner, ok := fields[wrappedArgument].(string)
	if !ok {
		return fields
	}
	var unwrapped map[string]any
	if json.Unmarshal([]byte(inner), &unwrapped) != nil {
		return fields
	}
	return unwrapped
}
