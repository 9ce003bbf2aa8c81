package direct

import (
	"context"
	"encoding/json"
	"fmt"

	"github.com/agentsdk-go/airbyte/internal/manifest"
)

// CheckEntities calls one read of each entity. What it needs to know, such as
// the id of a parent, comes from the configuration, from the manifest, or from
// the first record of the parent's own list. An entity is skipped when nothing
// of that gives a value that its read needs.
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

func (p *probe) entity(ctx context.Context, name string) (Health, error) {
	e := entityOf(p.client.doc, name)
	if e == nil {
		return Health{Status: Failed, Message: fmt.Sprintf("there is no entity %q", name)}, nil
	}
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
	value, known, err := p.client.given(declared)
	if known || err != nil {
		return value, err
	}
	from := sourceOf(p.client.doc, e, declared)
	switch {
	case from == nil && declared.Required:
		return nil, notGiven("nothing says what parameter %q of %s should be; set it with WithConfig", declared.Name, e.Name)
	case from == nil:
		return nil, nil
	}
	value, err = p.parentKey(ctx, from, depth)
	if err != nil && !declared.Required && !isEnd(err) {
		return nil, nil // whether it can do without is the service's to say
	}
	return value, err
}
