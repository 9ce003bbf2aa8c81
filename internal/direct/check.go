package direct

import (
	"context"
	"encoding/json"
	"errors"
	"iter"
	"maps"
	"slices"

	"github.com/agentsdk-go/airbyte/internal/action"
	"github.com/agentsdk-go/airbyte/internal/fault"
	"github.com/agentsdk-go/airbyte/internal/manifest"
)

// The outcomes of a check.
const (
	Healthy   = "healthy"
	Unhealthy = "unhealthy"
	Skipped   = "skipped" // nothing could be called without knowing more
	Failed    = "failed"  // there is no such entity
)

// Health is the outcome of a check.
type Health struct {
	Entity  string // what was called, "" when nothing was
	Action  string
	Status  string
	Message string // why it is not healthy, or was skipped
	Code    int    // HTTP status of a failure, 0 when there was no answer
}

// Check calls one harmless operation. Only the end of the context is an error;
// what else goes wrong is in Health.
func (c *Client) Check(ctx context.Context) (Health, error) {
	for entity, op := range c.candidates() {
		if params, ok := c.checkParameters(entity, op); ok {
			h := Health{Entity: entity, Action: op.Action, Status: Healthy}
			return h.after(c.try(ctx, entity, op, params))
		}
	}
	return Health{Status: Skipped, Message: "the manifest has no operation that can be called without parameters"}, nil
}

// after is h when err is nil, or else what err makes of it.
func (h Health) after(err error) (Health, error) {
	if err == nil {
		return h, nil
	}
	e, ok := errors.AsType[*fault.Error](err)
	if !ok || isEnd(err) {
		return Health{}, err
	}
	h.Status, h.Message, h.Code = Unhealthy, e.Error(), e.Status
	if errors.Is(err, errNotGiven) {
		h.Status = Skipped
	}
	return h, nil
}

// isEnd reports whether err ends a check, and is not a finding of it.
func isEnd(err error) bool {
	e, ok := errors.AsType[*fault.Error](err)
	return !ok || e.Kind == fault.Canceled
}

// candidates are the operations that a check may call, the best first: those
// that the manifest prefers, and then the lists. One that writes is no check,
// whatever the manifest prefers.
func (c *Client) candidates() iter.Seq2[string, *manifest.Operation] {
	return func(yield func(string, *manifest.Operation) bool) {
		for i := range c.doc.Entities {
			e := &c.doc.Entities[i]
			for j := range e.Operations {
				if op := e.Operations[j].AsDirect(); op.PreferredForCheck && isRead(op) && !yield(e.Name, op) {
					return
				}
			}
		}
		for i := range c.doc.Entities {
			e := &c.doc.Entities[i]
			if op := operationOf(e, "list"); op != nil && !yield(e.Name, op) {
				return
			}
		}
	}
}

// checkParameters are those of a check, but for its limit. It is false for an
// operation that needs a value that nobody gives: to call it would say nothing
// about the service.
func (c *Client) checkParameters(entity string, op *manifest.Operation) (map[string]json.RawMessage, bool) {
	if ready, err := c.operation(entity, op.Action); err == nil && c.hasConfig(ready) != nil {
		return nil, false
	}
	params := map[string]json.RawMessage{}
	for i := range op.Parameters {
		p := &op.Parameters[i]
		if !p.Required && p.Probe == "" {
			continue
		}
		value, known, err := c.given(p)
		if err != nil || !known {
			return nil, false
		}
		if value != nil {
			params[p.Name] = value
		}
	}
	return params, true
}

// entityOf returns the entity of that name, nil when there is none.
func entityOf(doc *manifest.Document, name string) *manifest.Entity {
	i := slices.IndexFunc(doc.Entities, func(e manifest.Entity) bool { return e.Name == name })
	if i < 0 {
		return nil
	}
	return &doc.Entities[i]
}

// operationOf returns the read of that name, nil when e has none.
func operationOf(e *manifest.Entity, name string) *manifest.Operation {
	i := slices.IndexFunc(e.Operations, func(op manifest.Operation) bool { return op.Action == name })
	if i < 0 {
		return nil
	}
	if op := e.Operations[i].AsDirect(); isRead(op) {
		return op
	}
	return nil
}

func isRead(op *manifest.Operation) bool { return EffectOf(op) == action.Read }

// try calls an operation with as few records as it can be asked for.
func (c *Client) try(ctx context.Context, entity string, op *manifest.Operation, params map[string]json.RawMessage) error {
	_, err := c.page(ctx, entity, op, params, true)
	return err
}

// page calls an operation for a check.
func (c *Client) page(
	ctx context.Context, entity string, op *manifest.Operation, params map[string]json.RawMessage, short bool,
) (*Result, error) {
	all := map[string]json.RawMessage{}
	if i := slices.IndexFunc(op.Parameters, func(p manifest.Parameter) bool { return p.Name == "limit" }); short && i >= 0 {
		all["limit"] = json.RawMessage("1")
		if op.Parameters[i].Type == "string" {
			all["limit"] = json.RawMessage(`"1"`)
		}
	}
	maps.Copy(all, params)
	if op.Action == "download" {
		body, err := c.Download(ctx, entity, encode(all))
		if err != nil {
			return nil, err
		}
		return &Result{}, body.Close()
	}
	return c.Execute(ctx, entity, op.Action, encode(all))
}
