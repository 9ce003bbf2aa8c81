package request

import (
	"encoding/json"
	"fmt"
	"strconv"
	"strings"

	"github.com/tidwall/gjson"

	"github.com/agentsdk-go/airbyte/internal/envelope"
	"github.com/agentsdk-go/airbyte/internal/fault"
	"github.com/agentsdk-go/airbyte/internal/manifest"
)

// FileURL finds the address of a file in the answer of a two-step download. It
// is made of keys with dots between them, each with an index in brackets where
// it names an array: calls[0].media.url. A {parameter} may stand in a key and
// for an index.
type FileURL struct {
	expr  string
	steps []fileStep
}

// fileStep is a key and the index that may follow it. Both are templates.
type fileStep struct {
	key   string
	index string // "" when there is none
}

// CompileFileURL reads a file-url expression.
func CompileFileURL(expr string) (FileURL, error) {
	out := FileURL{expr: expr}
	for text := range strings.SplitSeq(expr, ".") {
		step, err := compileFileStep(text)
		if err != nil {
			return FileURL{}, broken(fmt.Sprintf("file-url %q: %v", expr, err))
		}
		out.steps = append(out.steps, step)
	}
	return out, nil
}

func compileFileStep(text string) (fileStep, error) {
	key, index, indexed := strings.Cut(text, "[")
	step := fileStep{key: key}
	if indexed {
		var closed bool
		step.index, closed = strings.CutSuffix(index, "]")
		slots := Slots(step.index)
		lone := len(slots) == 1 && step.index == "{"+slots[0]+"}"
		if !closed || !lone && !isIndex(step.index) {
			return step, fmt.Errorf("%q must end with one index in brackets", text)
		}
	}
	if step.key == "" || strings.Contains(step.key, "]") {
		return step, fmt.Errorf("%q has no key", text)
	}
	for rest := step.key; rest != ""; {
		_, _, after, err := nextPlaceholder(rest)
		if err != nil {
			return step, err
		}
		rest = after
	}
	return step, nil
}

// isIndex reports whether s is a number that no array is too short to have.
func isIndex(s string) bool {
	const digits = 9
	return s != "" && len(s) <= digits && strings.Trim(s, "0123456789") == ""
}

// Slots lists the parameters that the expression reads.
func (f FileURL) Slots() []string { return Slots(f.expr) }

// Find returns the file's address in body, the answer of op. Params is the call
// that the answer belongs to; a parameter that it leaves out has its default. A
// missing parameter matches fault.ErrValidation, a missing address
// fault.ErrNotFound, and an unreadable answer fault.ErrUnavailable.
func (f FileURL) Find(body []byte, op *manifest.Operation, params json.RawMessage) (string, error) {
	if err := envelope.Valid(body); err != nil {
		return "", &fault.Error{Kind: fault.Unavailable, Message: "find the file's address: the answer is not valid json", Err: err}
	}
	if len(params) > 0 && envelope.Valid(params) != nil {
		return "", &fault.Error{Kind: fault.Validation, Message: "the parameters are not valid json"}
	}
	at := gjson.Parse(envelope.Text(body))
	passed := ""
	for _, template := range f.steps {
		step, err := template.fill(op, params)
		if err != nil {
			return "", err
		}
		if at, err = step.follow(at, passed); err != nil {
			return "", err
		}
		passed = strings.TrimPrefix(passed+"."+step.String(), ".")
	}
	if at.Type != gjson.String || at.Str == "" {
		return "", noAddress(fmt.Sprintf("%q is %s and no address", passed, describe(at)))
	}
	return at.Str, nil
}

// String is the step as the expression writes it.
func (s fileStep) String() string {
	if s.index == "" {
		return s.key
	}
	return s.key + "[" + s.index + "]"
}

// fill puts the values of parameters in place.
func (s fileStep) fill(op *manifest.Operation, params json.RawMessage) (fileStep, error) {
	var out fileStep
	var err error
	if out.key, err = fillSlots(s.key, op, params); err != nil {
		return out, err
	}
	if out.index, err = fillSlots(s.index, op, params); err != nil || s.index == "" {
		return out, err
	}
	if !isIndex(out.index) {
		return out, invalid(Slots(s.index)[0], "must be a number from 0 on: it says which file")
	}
	return out, nil
}

func fillSlots(template string, op *manifest.Operation, params json.RawMessage) (string, error) {
	out := ""
	for template != "" {
		literal, name, rest, err := nextPlaceholder(template)
		if err != nil {
			return "", broken(err.Error()) // CompileFileURL has refused it before
		}
		out, template = out+literal, rest
		if name == "" {
			continue
		}
		raw := argument(name, op, params)
		if raw == "" {
			return "", &fault.Error{
				Kind: fault.Validation, Message: fmt.Sprintf("missing required parameter %q", name), Hint: "it says which file",
			}
		}
		if isComposed(raw) {
			return "", invalid(name, "must be a string or a number: it says which file")
		}
		if digits, whole := Whole(raw); isNumber(raw) && whole {
			raw = digits
		}
		out += text(raw)
	}
	return out, nil
}

// argument is the call's value, else the default; "" when there is neither.
func argument(name string, op *manifest.Operation, params json.RawMessage) string {
	if value, given := member(gjson.Parse(envelope.Text(params)), name); given && value.Raw != null {
		return value.Raw
	}
	for _, p := range op.Parameters {
		if p.Name == name && len(p.Default) > 0 && string(p.Default) != null {
			return string(p.Default)
		}
	}
	return ""
}

// member returns the value of a key. gjson's own paths give dots and wildcards
// in a key a meaning.
func member(object gjson.Result, key string) (found gjson.Result, ok bool) {
	if !object.IsObject() {
		return found, false
	}
	object.ForEach(func(k, v gjson.Result) bool {
		if k.Str == key {
			found, ok = v, true
		}
		return true
	})
	return found, ok
}

// follow goes one step on; passed is the way so far, for the messages.
func (s fileStep) follow(at gjson.Result, passed string) (gjson.Result, error) {
	if passed == "" {
		passed = "the answer"
	} else {
		passed = strconv.Quote(passed)
	}
	if !at.IsObject() {
		return at, noAddress(fmt.Sprintf("%s is %s, so it has no %q", passed, describe(at), s.key))
	}
	next, ok := member(at, s.key)
	if !ok {
		return at, missingKey(at, passed, s.key)
	}
	if s.index == "" {
		return next, nil
	}
	if !next.IsArray() {
		return at, noAddress(fmt.Sprintf("%q in %s is %s and no array", s.key, passed, describe(next)))
	}
	elements := next.Array()
	index, err := strconv.Atoi(s.index)
	if err != nil || index >= len(elements) {
		return at, noAddress(fmt.Sprintf("%q in %s has %d elements, so none with index %s", s.key, passed, len(elements), s.index))
	}
	return elements[index], nil
}
