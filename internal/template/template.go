package template

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/agentsdk-go/airbyte/internal/envelope"
)

// Template is a compiled text with any number of expressions in it. It is safe
// for concurrent use.
type Template struct {
	parts []part
	names []string
	paths []string
}

// part is a piece of text as it is or, when expr is set, an expression.
type part struct {
	text string
	expr expression
}

// Env is what a template is evaluated with.
type Env struct {
	Vars map[string]json.RawMessage // variables by name, each valid JSON
	Now  time.Time                  // of now_utc()
}

// MissingError tells that a variable, or an attribute of one, is not there.
type MissingError struct {
	Name string // as the template spells it, such as "record.isPrivate"
}

// Error names what is missing.
func (e *MissingError) Error() string { return "template: " + e.Name + " is not there" }

// Names returns the variables that the template uses, without attributes, each
// once, in the order of the text.
func (t *Template) Names() []string { return slices.Clone(t.names) }

// Paths returns the variables that the template uses with their attributes,
// such as "config.region", each once, in the order of the text.
func (t *Template) Paths() []string { return slices.Clone(t.paths) }

// Render returns the text with the expressions evaluated: texts as they are,
// other values as JSON has them, numbers with every digit. The error is a
// *MissingError where something is not there.
func (t *Template) Render(env Env) (string, error) {
	return t.render(env, value.render)
}

// Value returns what Render returns as a JSON string. A lone expression keeps
// the type of its value instead: a number stays a number, null stays null.
func (t *Template) Value(env Env) (json.RawMessage, error) {
	if !t.isLone() {
		text, err := t.Render(env)
		if err != nil {
			return nil, err
		}
		return envelope.AppendString(nil, text), nil
	}
	v, err := t.parts[0].expr.eval(env)
	if err != nil {
		return nil, err
	}
	return v.json(), nil
}

// Truthy reports whether a record filter keeps a record. What counts is the
// text that a Python program would print, without white space around it: False,
// false, 0, None, none, null and nothing at all are false, all else is true,
// also 0.0, [] and "no".
func (t *Template) Truthy(env Env) (bool, error) {
	text, err := t.render(env, value.python)
	if err != nil {
		return false, err
	}
	switch strings.TrimSpace(text) {
	case "", "False", "false", "0", "None", "none", "null":
		return false, nil
	default:
		return true, nil
	}
}

func (t *Template) isLone() bool { return len(t.parts) == 1 && t.parts[0].expr != nil }

// render puts the parts together, each value written by text.
func (t *Template) render(env Env, text func(value) string) (string, error) {
	var b strings.Builder
	for _, p := range t.parts {
		if p.expr == nil {
			b.WriteString(p.text)
			continue
		}
		v, err := p.expr.eval(env)
		if err != nil {
			return "", err
		}
		piece := text(v)
		// A lone expression gives what is there; several can repeat it without end.
		if len(t.parts) > 1 && b.Len()+len(piece) > maxGrown {
			return "", fmt.Errorf("%w: it would be larger than %d bytes", ErrTooLarge, maxGrown)
		}
		b.WriteString(piece)
	}
	return b.String(), nil
}
