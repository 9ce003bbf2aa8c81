package direct

import (
	"context"
	"encoding/json"
	"errors"
	"maps"
	"slices"

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
	entity, op := c.checked1()
	if op == nil {
		return Health{Status: Skipped, Message: "the manifest has no operation that can be called without parameters"}, nil
	}
	h := Health{Entity: entity, Action: op.Action, Status: Healthy}
	return h.after(c.try(ctx, entity, op, nil))
}

// after is h when err is nil, or else what err makes of it.
func (h Health) after(err error) (Health, error) {
	if err == nil {
		return h, nil
	}
	e, ok := errors.AsType[*fault.Error](err)
	if !ok || e.Kind == fault.Canceled {
		return Health{}, err
	}
	h.Status, h.Message, h.Code = Unhealthy, e.Error(), e.Status
	return h, nil
}

// checked1 chooses the operation of a check: the one the manifest prefers, or
// else the first list. One that needs a value nobody gives is passed over: to
// call it would say nothing about the service.
func (c *Client) checked1() (string, *manifest.Operation) {
	for i := range c.doc.Entities {
		e := &c.doc.Entities[i]
		for j := range e.Operations {
			if op := e.Operations[j].AsDirect(); op.PreferredForCheck && !c.needsValues(op) {
				return e.Name, op
			}
		}
	}
	for i := range c.doc.Entities {
		e := &c.doc.Entities[i]
		if op := operationOf(e, "list"); op != nil && !c.needsValues(op) {
			return e.Name, op
		}
	}
	return "", nil
}

func operationOf(e *manifest.Entity, name string) *manifest.Operation {
	i := slices.IndexFunc(e.Operations, func(op manifest.Operation) bool { return op.Action == name })
	if i < 0 {
		return nil
	}
	return e.Operations[i].AsDirect()
}

// needsValues reports whether a call needs a value that neither the
// configuration nor a default gives.
func (c *Client) needsValues(op *manifest.Operation) bool {
	return slices.ContainsFunc(op.Parameters, func(p manifest.Parameter) bool {
		return p.Required && len(p.Default) == 0 && !c.Fills(&p)
	})
}

// Fills reports whether the configuration gives p a value when a call does not.
func (c *Client) Fills(p *manifest.Parameter) bool {
	if p.Inject != nil && c.values[p.Inject.Source] != "" {
		return true
	}
	return slices.ContainsFunc(c.doc.Scoping, func(s manifest.Scope) bool {
		return s.Parameter == p.Name && c.values[s.ConfigKey] != ""
	})
}

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
