package connector

import (
	"cmp"
	"encoding/json"
	"errors"
	"net/http"
	"slices"
	"strings"

	"github.com/agentsdk-go/airbyte/internal/suggest"
)

// operations is what a connector can do. Where that is not known, any call is
// passed on and the service judges it.
type operations struct {
	entities []Entity
	index    map[string]map[string]*operation
	known    bool
}

// operation is one action with what calls of it need, made once.
type operation struct {
	*Action
	params    map[string]*Parameter
	required  []string
	signature string
}

func newOperations(entities []Entity) *operations {
	ops := &operations{entities: entities, index: make(map[string]map[string]*operation, len(entities)), known: true}
	for i := range entities {
		e := &entities[i]
		actions := make(map[string]*operation, len(e.Actions))
		for j := range e.Actions {
			actions[e.Actions[j].Name] = newOperation(e.Name, &e.Actions[j])
		}
		ops.index[e.Name] = actions
	}
	return ops
}

func newOperation(entity string, a *Action) *operation {
	op := &operation{Action: a, params: make(map[string]*Parameter, len(a.Parameters)), signature: a.Signature(entity)}
	for i := range a.Parameters {
		p := &a.Parameters[i]
		op.params[p.Name] = p
		if p.Required {
			op.required = append(op.required, p.Name)
		}
	}
	return op
}

// explain adds to the service's refusal of a call how the operation is called.
// op is nil where the operation is not known.
func (op *operation) explain(err error) error {
	e, ok := errors.AsType[*Error](err)
	if ok && op != nil && (e.Status == http.StatusBadRequest || e.Status == http.StatusUnprocessableEntity) {
		e.Signature = op.signature
	}
	return err
}

// find returns the operation that c names, nil when the connector's operations
// are not known, or an error that lists what there is.
func (o *operations) find(c call) (*operation, error) {
	if !o.known {
		return nil, nil
	}
	actions, ok := o.index[c.entity]
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

// Signature returns how the action is called, such as
// issues.get(id: string). A question mark marks an optional parameter.
func (a *Action) Signature(entity string) string {
	var b strings.Builder
	b.WriteString(entity)
	b.WriteByte('.')
	b.WriteString(a.Name)
	b.WriteByte('(')
	for i := range a.Parameters {
		p := &a.Parameters[i]
		if i > 0 {
			b.WriteString(", ")
		}
		b.WriteString(p.Name)
		if !p.Required {
			b.WriteByte('?')
		}
		b.WriteString(": ")
		b.WriteString(p.typeText())
	}
	b.WriteByte(')')
	return b.String()
}

// typeText names the parameter's type: its legal or usual values where they are
// known, the element type of an array.
func (p *Parameter) typeText() string {
	if len(p.Enum) > 0 {
		return joinRaw(p.Enum, "|")
	}
	switch {
	case len(p.Examples) > 0:
		return joinRaw(p.Examples, "|") + "|..."
	case p.Type == "array":
		return arrayText(p.Items)
	case p.Format == "date-time":
		return "RFC3339 time"
	default:
		return cmp.Or(p.Type, "any")
	}
}

// arrayText names an array by its elements where these are plain.
func arrayText(items json.RawMessage) string {
	switch of := itemType(items); of {
	case "", "array", "object":
		return "array"
	default:
		return of + "[]"
	}
}

// itemType returns the "type" of a JSON Schema, "" when it names none.
func itemType(schema json.RawMessage) string {
	var s struct {
		Type string `json:"type"`
	}
	if len(schema) == 0 || json.Unmarshal(schema, &s) != nil {
		return "" // a schema may be true, or have several types
	}
	return s.Type
}

func joinRaw(values []json.RawMessage, sep string) string {
	texts := make([]string, len(values))
	for i, v := range values {
		texts[i] = string(v)
	}
	return strings.Join(texts, sep)
}
