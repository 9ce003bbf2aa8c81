package tools

import (
	"bytes"
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"unicode/utf8"

	"github.com/tidwall/gjson"

	"github.com/agentsdk-go/airbyte/connector"
	"github.com/agentsdk-go/airbyte/internal/envelope"
)

// Func makes a tool of a Go function. In must be a struct; its JSON Schema is
// reflected from the field types and tags:
//
//	type Input struct {
//		City string `json:"city" jsonschema:"description=Name of the city"`
//		Days int    `json:"days,omitempty" jsonschema:"minimum=1,maximum=7"`
//	}
//
// A field without omitempty is required; an argument that is null counts as
// absent. Arguments are checked against the schema before fn runs. Out is
// marshalled with encoding/json and put into the envelope, under the same output
// limit as a connector's tools; a *connector.Result keeps its bytes and its
// paging.
//
// An error of fn is told to the model: a *connector.Error with its advice, one
// that wraps a sentinel such as connector.ErrNotFound with that kind, any other
// as kind "failed", each with its text, so keep secrets out of it. Errors that
// match context.Canceled or connector.ErrConfig end the run as Go errors, and so
// does a panic.
//
// The options are WithDescriptionBudget, WithMaxOutput, WithEffect and
// WithCapabilities, and with the latter WithReadOnly, WithAllow and WithDeny;
// those that shape a connector's own tools are refused.
func Func[In, Out any](name, description string, fn func(context.Context, In) (Out, error), opts ...Option) (*Tool, error) {
	cfg, err := newConfig(opts)
	if err != nil {
		return nil, err
	}
	if fn == nil {
		return nil, configError("function of tool %q is nil", name)
	}
	if err := cfg.checkFunc(name, description); err != nil {
		return nil, err
	}
	schema, err := reflectSchema[In]()
	if err != nil {
		return nil, configError("schema of tool %s: %v", name, err)
	}
	t := &Tool{
		name:         name,
		description:  description,
		schema:       schema.bytes,
		effect:       cmp.Or(cfg.effect, connector.Write),
		maxOutput:    cfg.maxOutput,
		textArgument: schema.textArgument,
		call: func(ctx context.Context, args json.RawMessage, _ func(Progress)) (envelope.Result, error) {
			in, err := decodeInput[In](schema, args)
			if err != nil {
				return envelope.Result{}, err
			}
			out, err := fn(ctx, in)
			if err != nil {
				return envelope.Result{}, err
			}
			return encodeOutput(out)
		},
	}
	if cfg.capabilities == nil {
		return t, nil
	}
	return cfg.withCapabilities(t)
}

// checkFunc refuses what cannot hold for a function.
func (cfg *config) checkFunc(name, description string) error {
	if err := checkName(name); err != nil {
		return err
	}
	if cfg.name != "" || cfg.description != "" || cfg.perAction || cfg.retries > 0 || cfg.pages > 1 || !cfg.generated {
		return configError("tool %s: Func takes WithDescriptionBudget, WithMaxOutput, WithEffect, WithCapabilities and its policy options only", name)
	}
	if p := cfg.policy; cfg.capabilities == nil && (p.readOnly || len(p.allow) > 0 || len(p.deny) > 0) {
		return configError("tool %s: a policy on a Func needs WithCapabilities, which says what it is about", name)
	}
	if n := utf8.RuneCountInString(description); cfg.descriptionBudget > 0 && n > cfg.descriptionBudget {
		return configError("tool %s: description has %d characters, the budget is %d", name, n, cfg.descriptionBudget)
	}
	return nil
}

// withCapabilities tells a function's tool what the connector behind it can do,
// and puts the policy in front of it.
func (cfg *config) withCapabilities(t *Tool) (*Tool, error) {
	properties := gjson.GetBytes(t.schema, "properties")
	if !properties.Get("entity").Exists() || !properties.Get("action").Exists() {
		return nil, configError(`tool %s: WithCapabilities needs arguments with the JSON names "entity" and "action"`, t.name)
	}
	entities, err := cfg.policy.filter(callable(cfg.capabilities))
	if err != nil {
		return nil, err
	}
	b := &builder{config: cfg, conn: cfg.capabilities, caps: capabilities{connector: cfg.capabilities, entities: entities, readOnly: cfg.policy.readOnly}}
	cfg.description = t.description
	if t.description, err = b.describe(b.caps.description); err != nil {
		return nil, err
	}
	t.schema = b.caps.enrich(t.schema)
	t.effect = cmp.Or(cfg.effect, b.caps.effect())
	t.guide = b.caps.guide(t.name, executePaging)
	t.caps = &b.caps
	run := t.call
	t.call = func(ctx context.Context, args json.RawMessage, report func(Progress)) (envelope.Result, error) {
		if err := b.permit(operationOf(args)); err != nil {
			return envelope.Result{}, err
		}
		return run(ctx, args, report)
	}
	t.effectOf = b.caps.effectOfCall
	return t, nil
}

func decodeInput[In any](schema *inputSchema, args json.RawMessage) (In, error) {
	var in In
	args = withoutNulls(args)
	if err := schema.validate(args); err != nil {
		return in, err
	}
	d := json.NewDecoder(bytes.NewReader(args))
	d.UseNumber() // a field of type any keeps its digits
	if err := d.Decode(&in); err != nil {
		return in, badArguments("arguments do not fit: %s", misfit(err))
	}
	return in, nil
}

// misfit says which argument a field cannot hold, without naming Go's types.
func misfit(err error) string {
	if e, ok := errors.AsType[*json.UnmarshalTypeError](err); ok {
		return fmt.Sprintf("%s: %s is out of range or not of the right form", cmp.Or(e.Field, "the whole"), e.Value)
	}
	return err.Error()
}

// withoutNulls leaves out arguments that are null: models send null for what
// they do not want to set, and a schema rarely allows it.
func withoutNulls(args json.RawMessage) json.RawMessage {
	if !bytes.Contains(args, []byte("null")) {
		return args
	}
	b := []byte{'{'}
	gjson.ParseBytes(args).ForEach(func(key, value gjson.Result) bool {
		if value.Type == gjson.Null {
			return true
		}
		if len(b) > 1 {
			b = append(b, ',')
		}
		b = append(append(append(b, key.Raw...), ':'), value.Raw...)
		return true
	})
	return append(b, '}')
}

// encodeOutput turns what a function returned into a result.
func encodeOutput(out any) (envelope.Result, error) {
	switch v := out.(type) {
	case *connector.Result:
		if v == nil {
			return envelope.Result{}, nil
		}
		return checkedResult(*v)
	case connector.Result:
		return checkedResult(v)
	}
	data, err := envelope.Marshal(out)
	if err != nil {
		return envelope.Result{}, &programError{fmt.Errorf("result cannot be marshalled: %w", err)}
	}
	return envelope.Result{Data: data, Compact: true}, nil
}

func resultOf(r connector.Result) envelope.Result {
	meta := envelope.Meta{HasMore: r.Meta.HasMore, Warning: r.Meta.Warning}
	if r.Meta.HasMore { // some services send a cursor that leads nowhere
		meta.Cursor = r.Meta.Cursor
	}
	return envelope.Result{Data: r.Data, Compact: r.Compact, Meta: meta}
}

// checkedResult is resultOf for a result that a program may have made itself.
func checkedResult(r connector.Result) (envelope.Result, error) {
	if !r.Compact && len(r.Data) > 0 {
		if err := envelope.Valid(r.Data); err != nil {
			return envelope.Result{}, &programError{fmt.Errorf("the result's data are not JSON: %w", err)}
		}
	}
	return resultOf(r), nil
}
