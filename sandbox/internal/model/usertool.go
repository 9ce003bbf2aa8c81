package model

import (
	"encoding/json"
	"regexp"
	"slices"

	"github.com/agentsdk-go/airbyte/sandbox/internal/plainjson"
)

// fillers are words of a tool's name that say nothing about its subject.
var fillers = []string{
	"get", "list", "find", "fetch", "search", "lookup", "look", "up", "read", "show", "do", "run",
	"call", "tool", "by", "for", "of", "the", "a", "to", "is", "in", "my",
}

// namedIn reports whether the text has every telling word of the tool's name.
func (t tool) namedIn(text string) bool {
	spoken := words(text)
	names := words(t.Name)
	telling := slices.DeleteFunc(slices.Clone(names), func(w string) bool { return slices.Contains(fillers, w) })
	if len(telling) == 0 {
		telling = names
	}
	for _, name := range telling {
		if !slices.ContainsFunc(spoken, func(w string) bool { return sameWord(w, name) }) {
			return false
		}
	}
	return len(telling) > 0
}

// sameWord ignores a plural s.
func sameWord(a, b string) bool { return a == b || a == b+"s" || b == a+"s" }

var numberPattern = regexp.MustCompile(`[1-9]\d{0,14}`)

// fill makes arguments from the question: strings get the value that fits their
// name, or the enum value it contains, or the text, numbers the first number. Only required parameters
// are filled, or all strings when none is required.
func (t tool) fill(text string) map[string]any {
	arguments := map[string]any{}
	for name, p := range t.props {
		if slices.Contains(t.required, name) || len(t.required) == 0 && p.is("string") {
			arguments[name] = p.value(text)
			if value := p.fitting(name, text); value != "" {
				arguments[name] = value
			}
		}
	}
	return arguments
}

func (p property) is(name string) bool {
	if kinds, ok := p.Type.([]any); ok {
		return slices.Contains(kinds, any(name))
	}
	return p.Type == name
}

func (p property) value(text string) any {
	if len(p.Enum) > 0 {
		return chosen(p.Enum, text)
	}
	switch {
	case p.is("integer"), p.is("number"):
		if digits := numberPattern.FindString(text); digits != "" {
			return json.Number(digits)
		}
		return 1
	case p.is("boolean"):
		return false
	case p.is("array"):
		return []any{}
	case p.is("object"):
		return map[string]any{}
	}
	return text
}

// chosen is the enum value that the text contains, else the first.
func chosen(enum []any, text string) any {
	spoken := words(text)
	for _, value := range enum {
		name, ok := value.(string)
		if ok && slices.ContainsFunc(spoken, func(w string) bool { return sameWord(w, name) }) {
			return value
		}
	}
	return enum[0]
}

// order is the tool's call for a question.
func (t tool) order(text string) placed {
	arguments := t.fill(text)
	want := Call{Tool: t.Name, Params: arguments}
	raw, err := plainjson.Encode(arguments)
	if err != nil {
		// Unreachable for JSON-born enums and text; an empty object lets the
		// tool say what it misses.
		raw = []byte("{}")
	}
	return placed{want: want, call: call{Name: t.Name, Arguments: string(raw)}}
}
