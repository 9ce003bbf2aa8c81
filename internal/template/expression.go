package template

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"strings"

	"github.com/agentsdk-go/airbyte/internal/envelope"
)

// maxGrown bounds the text that replace may make larger than it was, and what
// one template may put together.
const maxGrown = 16 << 20

// ErrTooLarge is wrapped by the error of a template whose text would grow
// beyond all measure.
var ErrTooLarge = errors.New("template: the text grows too large")

// expression is a node of a compiled expression.
type expression interface {
	kind() kind
	eval(env Env) (value, error)
}

// variable is a name with attributes.
type variable struct{ names []string }

func (variable) kind() kind { return data }

func (e variable) eval(env Env) (value, error) {
	raw := bytes.TrimSpace(env.Vars[e.names[0]])
	for i, name := range e.names[1:] {
		if len(raw) == 0 {
			return value{}, e.missing(i + 1)
		}
		raw = envelope.Member(raw, name)
	}
	if len(raw) == 0 {
		return value{}, e.missing(len(e.names))
	}
	return value{kind: data, raw: raw}, nil
}

// missing tells that the first n names lead nowhere.
func (e variable) missing(n int) error {
	return &MissingError{Name: strings.Join(e.names[:n], ".")}
}

// negation is "not".
type negation struct{ of expression }

func (negation) kind() kind { return data }

func (e negation) eval(env Env) (value, error) {
	v, err := e.of.eval(env)
	if err != nil {
		return value{}, err
	}
	if v.truth() {
		return value{kind: data, raw: json.RawMessage("false")}, nil
	}
	return value{kind: data, raw: json.RawMessage("true")}, nil
}

// filter changes the text of what is before it.
type filter struct {
	of     expression
	change func(string) (string, error)
}

func (filter) kind() kind { return text }

func (e filter) eval(env Env) (value, error) {
	v, err := e.of.eval(env)
	if err != nil {
		return value{}, err
	}
	changed, err := e.change(v.render())
	if err != nil {
		return value{}, err
	}
	return value{kind: text, text: changed}, nil
}

// replace returns the filter that puts one text for another. Chained filters
// could grow a text without end, so its size is looked at before it is made.
func replace(old, replacement string) func(string) (string, error) {
	return func(s string) (string, error) {
		growth, count := len(replacement)-len(old), strings.Count(s, old)
		if growth > 0 && count > 0 && count > max(0, maxGrown-len(s))/growth {
			return "", fmt.Errorf("%w: replace would make it larger than %d bytes", ErrTooLarge, maxGrown)
		}
		return strings.ReplaceAll(s, old, replacement), nil
	}
}

// mapping makes a filter of a function that cannot fail.
func mapping(f func(string) string) func(string) (string, error) {
	return func(s string) (string, error) { return f(s), nil }
}

// now is now_utc().
type now struct{}

func (now) kind() kind { return moment }

func (now) eval(env Env) (value, error) {
	if env.Now.IsZero() {
		return value{}, errors.New("template: now_utc() has no clock")
	}
	return value{kind: moment, time: env.Now.UTC()}, nil
}

// literal is duration('…').
type literal struct{ span period }

func (literal) kind() kind { return span }

func (e literal) eval(Env) (value, error) { return value{kind: span, span: e.span}, nil }

// difference is a point in time minus a duration.
type difference struct{ time, span expression }

func (difference) kind() kind { return moment }

func (e difference) eval(env Env) (value, error) {
	v, err := e.time.eval(env)
	if err != nil {
		return value{}, err
	}
	length, err := e.span.eval(env)
	if err != nil {
		return value{}, err
	}
	before := length.span.before(v.time)
	if before.Year() < 1 {
		return value{}, errors.New("template: the date is before the year 1")
	}
	return value{kind: moment, time: before}, nil
}

// dated is .strftime('…').
type dated struct {
	of     expression
	format string
}

func (dated) kind() kind { return text }

func (e dated) eval(env Env) (value, error) {
	v, err := e.of.eval(env)
	if err != nil {
		return value{}, err
	}
	return value{kind: text, text: strftime(v.time, e.format)}, nil
}
