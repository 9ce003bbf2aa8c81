package connector

import (
	"encoding/json"
	"errors"
	"net/http"
	"slices"
	"strings"

	"github.com/tidwall/gjson"

	"github.com/agentsdk-go/airbyte/internal/action"
	"github.com/agentsdk-go/airbyte/internal/manifest"
	"github.com/agentsdk-go/airbyte/internal/suggest"
)

// operations is what a connector can do. Where that is not known, any call is
// passed on and the service judges it.
type operations struct {
	entities []Entity
	index    map[string]map[string]*operation
	known    bool
	direct   bool // open source mode, where this package writes the request

	// manifest is what the entities are of, nil when there is none. It tells what
	// the other mode has.
	manifest *Manifest
}

// operation is one action with what calls of it need, made once.
type operation struct {
	*Action
	params    map[string]*Parameter
	required  []string
	signature string
	direct    bool     // open source mode
	elsewhere []string // parameters that only open source mode has
}

func newOperations(entities []Entity, direct bool) *operations {
	ops := &operations{entities: entities, index: make(map[string]map[string]*operation, len(entities)), known: true, direct: direct}
	for i := range entities {
		e := &entities[i]
		actions := make(map[string]*operation, len(e.Actions))
		for j := range e.Actions {
			actions[e.Actions[j].Name] = newOperation(e.Name, &e.Actions[j], direct)
		}
		ops.index[e.Name] = actions
	}
	return ops
}

// hostedOperations is what the hosted platform offers of m.
func hostedOperations(m *Manifest) *operations {
	ops := newOperations(m.hosted(), false)
	ops.manifest = m
	for i := range m.doc.Entities {
		e := &m.doc.Entities[i]
		for j := range e.Operations {
			if op := ops.index[e.Name][e.Operations[j].Action]; op != nil {
				op.elsewhere = directOnlyNames(e.Operations[j].Parameters)
			}
		}
	}
	return ops
}

func directOnlyNames(params []manifest.Parameter) []string {
	var names []string
	for i := range params {
		if params[i].DirectOnly {
			names = append(names, params[i].Name)
		}
	}
	return names
}

func newOperation(entity string, a *Action, direct bool) *operation {
	op := &operation{Action: a, params: make(map[string]*Parameter, len(a.Parameters)), signature: a.Signature(entity), direct: direct}
	for i := range a.Parameters {
		p := &a.Parameters[i]
		op.params[p.Name] = p
		if p.Required {
			op.required = append(op.required, p.Name)
		}
	}
	return op
}

// explain adds to the service's refusal of a call how the operation is called,
// and what it takes for the objects that the call gave: those have rules of
// their own, which a model may not have seen. op is nil where the operation is
// not known.
func (op *operation) explain(err error, params json.RawMessage) error {
	e, ok := errors.AsType[*Error](err)
	if !ok || op == nil || (e.Status != http.StatusBadRequest && e.Status != http.StatusUnprocessableEntity) {
		return err
	}
	e.Signature = op.signature
	if e.Hint != "" {
		return err
	}
	var rules []string
	for i := range op.Parameters {
		p := &op.Parameters[i]
		if p.Shape() != "" && p.Description != "" && gjson.GetBytes(params, gjson.Escape(p.Name)).Exists() {
			rules = append(rules, p.Name+": "+p.Description)
		}
	}
	e.Hint = strings.Join(rules, " ")
	return err
}

// find returns the operation that c names, nil when the connector's operations
// are not known, or an error that lists what there is.
func (o *operations) find(c call) (*operation, error) {
	if !o.known {
		return nil, nil
	}
	if o.elsewhere(c.entity, c.action) {
		return nil, c.directOnly()
	}
	actions, ok := o.index[c.entity]
	if o.direct && c.action == action.ContextStoreSearch && actions[c.action] == nil {
		return nil, c.hostedOnly()
	}
	if !ok {
		return nil, c.notOneOf("entity", c.entity, entityNames(o.entities))
	}
	op, ok := actions[c.action]
	if !ok {
		entity := o.entities[slices.IndexFunc(o.entities, func(e Entity) bool { return e.Name == c.entity })]
		return nil, c.notOneOf("action", c.action, actionNames(entity.Actions))
	}
	return op, nil
}

// elsewhere reports whether only open source mode has an operation.
func (o *operations) elsewhere(entity, action string) bool {
	if o.direct || o.manifest == nil || o.index[entity][action] != nil {
		return false
	}
	return o.manifest.doc.Operation(entity, action) != nil
}

// notOneOf is the error for a name that is not among the allowed ones.
func (c call) notOneOf(what, got string, allowed []string) *Error {
	e := c.fail(KindValidation, "unknown %s %q", what, got)
	if what == "action" {
		e.Message += " of entity " + c.entity
	}
	e.Allowed = allowed
	e.DidYouMean = suggest.Nearest(got, allowed)
	e.Hint = "use one of: " + strings.Join(allowed, ", ")
	return e
}

func entityNames(entities []Entity) []string {
	names := make([]string, len(entities))
	for i := range entities {
		names[i] = entities[i].Name
	}
	return names
}

func actionNames(actions []Action) []string {
	names := make([]string, len(actions))
	for i := range actions {
		names[i] = actions[i].Name
	}
	return names
}
