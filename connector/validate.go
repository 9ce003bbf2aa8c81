package connector

import (
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/tidwall/gjson"

	"github.com/agentsdk-go/airbyte/internal/action"
	"github.com/agentsdk-go/airbyte/internal/direct/request"
	"github.com/agentsdk-go/airbyte/internal/suggest"
)

// encode checks params against op and returns them as a JSON object. Every
// problem is reported at once, so that a model can mend all in one go. A nil
// op means that the operation is not known: then only JSON is asked for.
func (c call) encode(op *operation, params Params) (json.RawMessage, error) {
	raw, err := params.encode(op.keepsNull)
	if err != nil {
		e := c.fail(KindValidation, "parameters are not JSON: %v", err)
		e.Err = err
		return nil, e
	}
	if op == nil {
		return raw, nil
	}
	v := validation{call: c, op: op}
	v.nulls(params)
	missing := slices.Clone(op.required)
	gjson.ParseBytes(raw).ForEach(func(key, value gjson.Result) bool {
		name := key.String()
		missing = slices.DeleteFunc(missing, func(required string) bool { return required == name })
		v.check(name, value)
		return true
	})
	for _, name := range missing {
		v.missing(name)
	}
	if err := v.err(); err != nil {
		return nil, err
	}
	return raw, nil
}

// keepsNull reports whether a null parameter is passed on: where the operation
// is not known, or says that a null means something.
func (op *operation) keepsNull(name string) bool {
	if op == nil {
		return true
	}
	p, known := op.params[name]
	return known && p.Nullable
}

func isNull(value any) bool {
	raw, err := encodeValue(value)
	return err == nil && (len(raw) == 0 || string(raw) == "null")
}

// described is what a problem says about a parameter beside its name: a model
// that got it wrong may not have seen its description.
func described(p *Parameter) string {
	if p == nil || p.Description == "" {
		return ""
	}
	return " (" + strings.TrimSuffix(p.Description, ".") + ")"
}

// validation collects what is wrong with one call.
type validation struct {
	call
	op         *operation
	problems   problems
	allowed    []string // of the first problem that has legal values
	didYouMean string
}

// nulls refuses a null in an update. To leave it out, as elsewhere, would answer
// "done" to a model that means to clear a field.
func (v *validation) nulls(params Params) {
	if v.op.Name != "update" {
		return
	}
	for _, name := range slices.Sorted(maps.Keys(params)) {
		p, known := v.op.params[name]
		if known && !p.Required && !p.Nullable && isNull(params[name]) {
			v.problems.add(`parameter %q is null: leave it out to keep the value, `+
				`or send what the service takes for none, such as "" or []%s`, name, described(p))
		}
	}
}

func (v *validation) check(name string, value gjson.Result) {
	p, ok := v.op.params[name]
	switch {
	case !ok:
		v.unknown(name)
	case value.Type == gjson.Null, p.Format == "binary":
		// A null is only here when it means something; package direct reads files.
	case len(p.Enum) > 0:
		v.enum(p, value)
	case p.Name == "query" && v.action == action.ContextStoreSearch:
		v.problems.search(value)
	default:
		if problem := v.typeProblem(p, value); problem != "" {
			v.problems.add("%s", problem)
		} else if p.Type == "array" {
			v.elements(p, value)
		}
	}
}

func (v *validation) unknown(name string) {
	if v.problems.more {
		return
	}
	names := make([]string, len(v.op.Parameters))
	for i := range v.op.Parameters {
		names[i] = v.op.Parameters[i].Name
	}
	problem := fmt.Sprintf("unknown parameter %q", excerpt(name))
	if slices.Contains(v.op.elsewhere, name) {
		problem += " (only open source mode has it)"
	}
	v.add(problem, names, suggest.Nearest(name, names))
}

func (v *validation) missing(name string) {
	v.problems.add("required parameter %q is missing%s", name, described(v.op.params[name]))
}

func (v *validation) enum(p *Parameter, value gjson.Result) {
	if slices.ContainsFunc(p.Enum, func(legal json.RawMessage) bool { return sameScalar(legal, value) }) {
		return
	}
	legal := make([]string, len(p.Enum))
	for i, raw := range p.Enum {
		legal[i] = gjson.ParseBytes(raw).String()
	}
	v.add(fmt.Sprintf("parameter %q cannot be %s", p.Name, excerpt(value.Raw)), legal, suggest.Nearest(value.String(), legal))
}

func sameScalar(legal json.RawMessage, value gjson.Result) bool {
	want := gjson.ParseBytes(legal)
	return want.Type == value.Type && want.String() == value.String()
}

func (v *validation) add(problem string, allowed []string, near string) {
	v.problems.add("%s", problem)
	if v.allowed == nil {
		v.allowed, v.didYouMean = allowed, near
	}
}

func (v *validation) err() error {
	message := v.problems.String()
	if message == "" {
		return nil
	}
	e := v.fail(KindValidation, "%s", message)
	e.Signature = v.op.signature
	e.Allowed, e.DidYouMean = v.allowed, v.didYouMean
	return e
}

// elements holds the elements of an array against the values that they may have.
func (v *validation) elements(p *Parameter, value gjson.Result) {
	legal := gjson.GetBytes(p.Items, "enum").Array()
	if len(legal) == 0 {
		return
	}
	var wrong, allowed []string
	value.ForEach(func(_, item gjson.Result) bool {
		if !slices.ContainsFunc(legal, func(l gjson.Result) bool { return sameScalar(json.RawMessage(l.Raw), item) }) {
			wrong = append(wrong, item.Raw)
		}
		return len(wrong) < maxProblems
	})
	if len(wrong) == 0 {
		return
	}
	for _, l := range legal {
		allowed = append(allowed, l.String())
	}
	v.add(fmt.Sprintf("parameter %q cannot hold %s", p.Name, excerpt(strings.Join(wrong, ", "))), allowed,
		suggest.Nearest(gjson.Parse(wrong[0]).String(), allowed))
}

// isText reports whether value can stand for a string where the request is
// written as text anyway. In a query it can also stand for an object: services
// that take created[gte]=1 take created=1.
func (v *validation) isText(p *Parameter, value gjson.Result) bool {
	number := value.Type == gjson.Number || value.IsBool()
	switch {
	case !v.op.direct:
		return false
	case p.In == "query" && p.Type == "object":
		return number || value.Type == gjson.String
	default:
		written := p.In == "path" || p.In == "query" || p.In == "header"
		return written && p.Type == "string" && number
	}
}

// typeProblem says how value does not fit p, "" when it does.
func (v *validation) typeProblem(p *Parameter, value gjson.Result) string {
	if v.isText(p, value) {
		return ""
	}
	if !hasType(value, p.Type) {
		return fmt.Sprintf("parameter %q must be %s, got %s%s", p.Name, withArticle(p.Type), excerpt(value.Raw), described(p))
	}
	if p.In == "path" && value.Type == gjson.String && strings.TrimSpace(value.Str) == "" {
		return fmt.Sprintf("parameter %q is empty%s", p.Name, described(p))
	}
	if p.Type != "array" || gjson.GetBytes(p.Items, "format").Str == "binary" { // package direct reads files
		return ""
	}
	want := itemType(p.Items)
	problem := ""
	value.ForEach(func(_, item gjson.Result) bool {
		if !hasType(item, want) {
			problem = fmt.Sprintf("parameter %q must hold %s values only, got %s%s", p.Name, want, excerpt(item.Raw), described(p))
		}
		return problem == ""
	})
	return problem
}

// hasType reports whether value has the JSON Schema type name; any value has
// a type that is "" or not one of the standard's.
func hasType(value gjson.Result, name string) bool {
	switch name {
	case "string":
		return value.Type == gjson.String
	case "boolean":
		return value.IsBool()
	case "integer":
		return value.Type == gjson.Number && isInteger(value)
	case "number":
		return value.Type == gjson.Number
	case "array":
		return value.IsArray()
	case "object":
		return value.IsObject()
	default:
		return true
	}
}

// isInteger reports whether a number is whole and finite, however it is written.
func isInteger(value gjson.Result) bool {
	_, whole := request.Whole(value.Raw)
	return whole
}

func withArticle(typeName string) string {
	if strings.HasPrefix(typeName, "a") || strings.HasPrefix(typeName, "i") || strings.HasPrefix(typeName, "o") {
		return "an " + typeName
	}
	return "a " + typeName
}
