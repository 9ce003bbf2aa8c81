package tools

import (
	"bytes"
	"context"
	"encoding/json"
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
// A field without omitempty is required. Arguments are checked against the
// schema before fn runs. Out is marshalled with encoding/json and put into the
// envelope, under the same output limit as a connector's tools; a
// *connector.Result keeps its bytes and its paging.
//
// An error of fn is told to the model: a *connector.Error with its advice, any
// other with its text, so keep secrets out of it. Errors that match
// context.Canceled or connector.ErrConfig end the run as Go errors, and so does
// a panic.
//
// The options are WithDescriptionBudget, WithMaxOutput, WithEffect and
// WithCapabilities; those that shape a connector's own tools are refused.
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
	schema, err := reflectSchema[In](cfg.functionCapabilities())
	if err != nil {
		return nil, configError("schema of tool %s: %v", name, err)
	}
	t := &Tool{
		name:         name,
		schema:       schema.bytes,
		effect:       cfg.effect,
		maxOutput:    cfg.maxOutput,
		textArgument: schema.textArgument,
		call: func(ctx context.Context, args json.RawMessage) (result, error) {
			in, err := decodeInput[In](schema, args)
			if err != nil {
				return result{}, err
			}
			out, err := fn(ctx, in)
			if err != nil {
				return result{}, err
			}
			return encodeOutput(out)
		},
	}
	return t, cfg.describeFunc(t, description)
}

// checkFunc refuses what cannot hold for a function.
func (cfg *config) checkFunc(name, description string) error {
	if err := checkName(name); err != nil {
		return err
	}
	p := cfg.policy
	if cfg.name != "" || cfg.description != "" || cfg.perAction || cfg.retries > 0 || !cfg.generated ||
		p.readOnly || len(p.allow) > 0 || len(p.deny) > 0 {
		return configError("tool %s: Func takes WithDescriptionBudget, WithMaxOutput, WithEffect and WithCapabilities only", name)
	}
	if n := utf8.RuneCountInString(description); cfg.descriptionBudget > 0 && n > cfg.descriptionBudget {
		return configError("tool %s: description has %d characters, the budget is %d", name, n, cfg.descriptionBudget)
	}
	return nil
}

// functionCapabilities returns what WithCapabilities asked for, nil when it did not.
func (cfg *config) functionCapabilities() *capabilities {
	if cfg.capabilities == nil {
		return nil
	}
	return &capabilities{connector: cfg.capabilities, entities: cfg.capabilities.Entities()}
}

func (cfg *config) describeFunc(t *Tool, description string) error {
	t.description = description
	caps := cfg.functionCapabilities()
	if caps == nil {
		return nil
	}
	t.guide = caps.guide(t.name)
	described := *cfg
	described.description = description
	text, err := described.describe(caps.description)
	t.description = text
	return err
}

func decodeInput[In any](schema *inputSchema, args json.RawMessage) (In, error) {
	var in In
	args = withoutNulls(args)
	if err := schema.validate(args); err != nil {
		return in, err
	}
	if err := json.Unmarshal(args, &in); err != nil {
		return in, badArguments("arguments do not fit: %v", err)
	}
	return in, nil
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
func encodeOutput(out any) (result, error) {
	switch v := out.(type) {
	case *connector.Result:
		if v == nil {
			return result{}, nil
		}
		return resultOf(*v), nil
	case connector.Result:
		return resultOf(v), nil
	}
	data, err := envelope.Marshal(out)
	if err != nil {
		return result{}, &programError{fmt.Errorf("result cannot be marshalled: %w", err)}
	}
	return result{data: data, compact: true}, nil
}

func resultOf(r connector.Result) result {
	return result{data: r.Data, compact: r.Compact, meta: envelope.Meta{HasMore: r.Meta.HasMore, Cursor: r.Meta.Cursor, Warning: r.Meta.Warning}}
}
