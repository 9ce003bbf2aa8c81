package direct

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"slices"

	"github.com/tidwall/gjson"

	"github.com/agentsdk-go/airbyte/internal/envelope"
	"github.com/agentsdk-go/airbyte/internal/fault"
	"github.com/agentsdk-go/airbyte/internal/manifest"
	"github.com/agentsdk-go/airbyte/internal/template"
)

// maxParents bounds how far a probe climbs from a record to the one that it
// belongs to.
const maxParents = 5

// CheckEntities calls one read of each entity. What it needs to know, such as
// the id of a parent, comes from the configuration, from defaults, or from the
// first record of the parent's own list.
func (c *Client) CheckEntities(ctx context.Context, names []string) ([]Health, error) {
	p := &probe{client: c, parents: map[string]parent{}}
	results := make([]Health, 0, len(names))
	for _, name := range names {
		h, err := p.entity(ctx, name)
		if err != nil {
			return nil, err
		}
		h.Entity = name
		results = append(results, h)
	}
	return results, nil
}

// probe remembers the parents that one check has looked up.
type probe struct {
	client  *Client
	parents map[string]parent
}

type parent struct {
	data json.RawMessage
	err  error
}

func (p *probe) entity(ctx context.Context, name string) (Health, error) {
	i := slices.IndexFunc(p.client.doc.Entities, func(e manifest.Entity) bool { return e.Name == name })
	if i < 0 {
		return Health{Status: Failed, Message: fmt.Sprintf("there is no entity %q", name)}, nil
	}
	e := &p.client.doc.Entities[i]
	op := operationOf(e, "list")
	if op == nil {
		op = operationOf(e, "get")
	}
	if op == nil {
		return Health{Status: Skipped, Message: "the entity has neither list nor get"}, nil
	}
	h := Health{Status: Healthy, Action: op.Action}
	params, err := p.parameters(ctx, e, op, 0)
	if err == nil {
		err = p.client.try(ctx, name, op, params)
	}
	return h.after(err)
}

// parameters gathers what a probe of op needs.
func (p *probe) parameters(ctx context.Context, e *manifest.Entity, op *manifest.Operation, depth int) (map[string]json.RawMessage, error) {
	params := map[string]json.RawMessage{}
	for i := range op.Parameters {
		declared := &op.Parameters[i]
		value, err := p.value(ctx, e, declared, depth)
		if err != nil {
			return nil, err
		}
		if value != nil {
			params[declared.Name] = value
		}
	}
	return params, nil
}

// value is what a probe gives one parameter, nil for nothing.
func (p *probe) value(ctx context.Context, e *manifest.Entity, declared *manifest.Parameter, depth int) (json.RawMessage, error) {
	c := p.client
	if c.Fills(declared) {
		return nil, nil // the request is filled in anyway
	}
	if text := c.values[declared.Name]; text != "" && declared.In != "body" {
		return scalar(declared, text), nil
	}
	relation := relationOf(c.doc, e, declared.Name)
	switch {
	case len(declared.Default) > 0 && string(declared.Default) != "null":
		return c.defaultValue(declared)
	case relation != nil && (declared.Required || declared.In == "path" || belongs(e, declared.Name)):
		return p.parentKey(ctx, relation, depth)
	case declared.Required && declared.In != "body":
		return nil, failure(fault.Config, "nothing says what parameter %q of %s should be; set it with WithConfig", declared.Name, e.Name)
	default:
		return nil, nil
	}
}

// scalar is a configured text as the parameter's type wants it.
func scalar(p *manifest.Parameter, text string) json.RawMessage {
	if (p.Type == "integer" || p.Type == "number" || p.Type == "boolean") && gjson.Valid(text) {
		return json.RawMessage(text)
	}
	return encode(text)
}

// defaultValue evaluates the templates that defaults of dates are written in.
func (c *Client) defaultValue(p *manifest.Parameter) (json.RawMessage, error) {
	value := gjson.ParseBytes(p.Default)
	if value.Type != gjson.String || p.In != "query" { // elsewhere braces are just text
		return p.Default, nil
	}
	t, err := template.Compile(value.Str)
	if err != nil {
		return nil, failure(fault.Config, "default of parameter %q: %v", p.Name, err)
	}
	env := c.fullEnv()
	config := map[string]string{}
	for _, pair := range c.doc.ProbeConfig {
		config[pair.Name] = pair.Value
	}
	env.Vars["config"] = encode(config)
	text, err := t.Render(env)
	if err != nil {
		return nil, failure(fault.Config, "default of parameter %q: %v", p.Name, err)
	}
	return encode(text), nil
}

// relationOf finds where the value of a parameter comes from: a relationship of
// the entity itself, or of any other.
func relationOf(doc *manifest.Document, e *manifest.Entity, name string) *manifest.Relationship {
	for i := len(e.Relationships) - 1; i >= 0; i-- {
		if e.Relationships[i].ForeignKey == name {
			return &e.Relationships[i]
		}
	}
	for i := range doc.Entities {
		for j := range doc.Entities[i].Relationships {
			if r := &doc.Entities[i].Relationships[j]; r.ForeignKey == name {
				return r
			}
		}
	}
	return nil
}

// belongs reports whether the entity itself relates by this key.
func belongs(e *manifest.Entity, key string) bool {
	return slices.ContainsFunc(e.Relationships, func(r manifest.Relationship) bool { return r.ForeignKey == key })
}

// parentKey reads the key of the first fitting record of the parent.
func (p *probe) parentKey(ctx context.Context, r *manifest.Relationship, depth int) (json.RawMessage, error) {
	if depth >= maxParents {
		return nil, failure(fault.Config, "the parents of %s go deeper than %d levels", r.Target, maxParents)
	}
	found, err := p.list(ctx, r, depth)
	if err != nil {
		return nil, parentFailure(r.Target, err)
	}
	for row := range envelope.Rows(found) {
		if !fits(row, r.Filter) {
			continue
		}
		if key := gjson.GetBytes(row, gjsonKey(r.TargetKey)); key.Exists() {
			return json.RawMessage(key.Raw), nil
		}
		return nil, failure(fault.NotFound, "the first of %s has no %s", r.Target, r.TargetKey)
	}
	return nil, failure(fault.NotFound, "%s has no record to take %s from", r.Target, r.TargetKey)
}

// fits reports whether every filtered field of row is one of its values.
func fits(row json.RawMessage, filter []manifest.FieldValues) bool {
	for _, f := range filter {
		if !slices.Contains(f.Values, gjson.GetBytes(row, gjsonKey(f.Field)).String()) {
			return false
		}
	}
	return true
}

func parentFailure(target string, err error) error {
	e, ok := errors.AsType[*fault.Error](err)
	if !ok || e.Kind == fault.Canceled {
		return err
	}
	copied := *e
	copied.Message = "list " + target + ": " + e.Message
	return &copied
}

// list fetches the records of a parent once per check: one of them, unless it
// has to be looked for.
func (p *probe) list(ctx context.Context, r *manifest.Relationship, depth int) (json.RawMessage, error) {
	short := len(r.Filter) == 0
	key := fmt.Sprint(r.Target, " ", short)
	if known, ok := p.parents[key]; ok {
		return known.data, known.err
	}
	i := slices.IndexFunc(p.client.doc.Entities, func(e manifest.Entity) bool { return e.Name == r.Target })
	if i < 0 {
		return nil, failure(fault.Config, "the manifest has no entity %q", r.Target)
	}
	e := &p.client.doc.Entities[i]
	op := operationOf(e, "list")
	if op == nil {
		return nil, failure(fault.Config, "entity %q has no list", r.Target)
	}
	params, err := p.parameters(ctx, e, op, depth+1)
	var data json.RawMessage
	if err == nil {
		var res *Result
		if res, err = p.client.page(ctx, r.Target, op, params, short); err == nil {
			data = res.Data
		}
	}
	p.parents[key] = parent{data, err}
	return data, err
}
