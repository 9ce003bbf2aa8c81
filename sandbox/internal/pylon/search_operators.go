package pylon

import (
	"bytes"
	"cmp"
	"encoding/json"
	"slices"
	"strings"
	"time"
	"unicode"
)

// clause is what an operand error has to name.
type clause struct {
	operator string
	field    storeField
}

// compiler turns an operand into a test of one value, which may be nil.
type compiler func(c clause, operand json.RawMessage) (func(value any) bool, error)

// comparison returns the compiler of an operator, nil for an unknown one.
func comparison(operator string) compiler {
	switch operator {
	case "eq":
		return compileEqual
	case "neq":
		return compileNotEqual
	case "gt":
		return ordered(func(order int) bool { return order > 0 })
	case "gte":
		return ordered(func(order int) bool { return order >= 0 })
	case "lt":
		return ordered(func(order int) bool { return order < 0 })
	case "lte":
		return ordered(func(order int) bool { return order <= 0 })
	case "in":
		return compileIn
	case "like":
		return textual(matchLike)
	case "fuzzy":
		return textual(matchFuzzy)
	case "keyword":
		return textual(matchKeyword)
	case "contains":
		return textual(strings.Contains)
	case "any":
		return compileAny
	default:
		return nil
	}
}

func compileEqual(c clause, operand json.RawMessage) (func(any) bool, error) {
	want, err := c.parse(operand)
	if err != nil {
		return nil, err
	}
	return func(value any) bool { return sameValue(value, want) }, nil
}

// compileNotEqual lets null differ from every value.
func compileNotEqual(c clause, operand json.RawMessage) (func(any) bool, error) {
	equal, err := compileEqual(c, operand)
	if err != nil {
		return nil, err
	}
	return func(value any) bool { return !equal(value) }, nil
}

func compileIn(c clause, operand json.RawMessage) (func(any) bool, error) {
	wanted, err := c.parseArray(operand)
	if err != nil {
		return nil, err
	}
	return func(value any) bool {
		return slices.ContainsFunc(wanted, func(want any) bool { return sameValue(value, want) })
	}, nil
}

// compileAny matches when the value equals or, for text, contains one of the
// operands; a single operand may stand without an array.
func compileAny(c clause, operand json.RawMessage) (func(any) bool, error) {
	if trimmed := bytes.TrimSpace(operand); len(trimmed) > 0 && trimmed[0] != '[' {
		operand = slices.Concat([]byte{'['}, trimmed, []byte{']'})
	}
	wanted, err := c.parseArray(operand)
	if err != nil {
		return nil, err
	}
	return func(value any) bool {
		return slices.ContainsFunc(wanted, func(want any) bool { return sameValue(value, want) || containsText(value, want) })
	}, nil
}

// ordered compares; null is on neither side of anything.
func ordered(accept func(order int) bool) compiler {
	return func(c clause, operand json.RawMessage) (func(any) bool, error) {
		if c.field.kind == kindBoolean {
			return nil, badRequest("%s does not work on %s, which is a boolean: use eq or neq", c.operator, c.field.name)
		}
		want, err := c.parse(operand)
		if err != nil {
			return nil, err
		}
		if want == nil {
			return nil, badRequest("%s of %s takes a value, not null", c.operator, c.field.name)
		}
		return func(value any) bool { return value != nil && accept(compareValues(value, want)) }, nil
	}
}

func textual(match func(value, pattern string) bool) compiler {
	return func(c clause, operand json.RawMessage) (func(any) bool, error) {
		if c.field.kind != kindText {
			return nil, badRequest("%s works on text, and %s is of type %s: use eq, neq or in", c.operator, c.field.name, c.field.kind)
		}
		var pattern *string
		if err := json.Unmarshal(operand, &pattern); err != nil || pattern == nil {
			return nil, badRequest("%s of %s takes a string", c.operator, c.field.name)
		}
		return func(value any) bool {
			text, ok := value.(string)
			return ok && match(text, *pattern)
		}, nil
	}
}

// parse reads one operand as the field's kind; null reads as nil.
func (c clause) parse(operand json.RawMessage) (any, error) {
	if !present(operand) {
		return nil, nil
	}
	var err error
	var value any
	switch c.field.kind {
	case kindInteger:
		value, err = parseAs[int64](operand)
	case kindBoolean:
		value, err = parseAs[bool](operand)
	default:
		value, err = parseAs[string](operand)
	}
	if err != nil {
		return nil, badRequest("%s of %s takes a value of type %s", c.operator, c.field.name, c.field.kind)
	}
	return value, nil
}

func (c clause) parseArray(operand json.RawMessage) ([]any, error) {
	var elements []json.RawMessage
	if err := json.Unmarshal(operand, &elements); err != nil || elements == nil {
		return nil, badRequest("%s of %s takes an array of values", c.operator, c.field.name)
	}
	values := make([]any, 0, len(elements))
	for _, element := range elements {
		value, err := c.parse(element)
		if err != nil {
			return nil, err
		}
		values = append(values, value)
	}
	return values, nil
}

func parseAs[T any](raw json.RawMessage) (T, error) {
	var value T
	err := json.Unmarshal(raw, &value)
	return value, err
}

func sameValue(a, b any) bool {
	if a == nil || b == nil {
		return a == nil && b == nil
	}
	return compareValues(a, b) == 0
}

func containsText(value, want any) bool {
	text, ok := value.(string)
	part, ok2 := want.(string)
	return ok && ok2 && strings.Contains(text, part)
}

// compareValues orders two values of one kind. Texts that are both instants
// compare as such, so that a zone does not change the answer.
func compareValues(a, b any) int {
	switch x := a.(type) {
	case int64:
		y, _ := b.(int64)
		return cmp.Compare(x, y)
	case bool:
		y, _ := b.(bool)
		return cmp.Compare(truth(x), truth(y))
	case string:
		y, _ := b.(string)
		return compareTexts(x, y)
	default:
		return 0
	}
}

func compareTexts(a, b string) int {
	s, err := time.Parse(time.RFC3339, a)
	if err != nil {
		return strings.Compare(a, b)
	}
	t, err := time.Parse(time.RFC3339, b)
	if err != nil {
		return strings.Compare(a, b)
	}
	return s.Compare(t)
}

func truth(b bool) int {
	if b {
		return 1
	}
	return 0
}

// matchLike is case-sensitive; % stands for any run of characters.
func matchLike(value, pattern string) bool {
	parts := strings.Split(pattern, "%")
	if len(parts) == 1 {
		return value == pattern
	}
	rest, ok := strings.CutPrefix(value, parts[0])
	if !ok {
		return false
	}
	last := len(parts) - 1
	for _, part := range parts[1:last] {
		i := strings.Index(rest, part)
		if i < 0 {
			return false
		}
		rest = rest[i+len(part):]
	}
	return strings.HasSuffix(rest, parts[last])
}

// matchFuzzy wants every word of the query inside some word of the value, in
// any order.
func matchFuzzy(value, query string) bool {
	have := words(value)
	wanted := words(query)
	for _, want := range wanted {
		if !slices.ContainsFunc(have, func(word string) bool { return strings.Contains(word, want) }) {
			return false
		}
	}
	return len(wanted) > 0
}

// matchKeyword wants at least one whole word of the query in the value.
func matchKeyword(value, query string) bool {
	have := words(value)
	return slices.ContainsFunc(words(query), func(want string) bool { return slices.Contains(have, want) })
}

// words folds case and drops punctuation; combining marks stay with their
// letters.
func words(text string) []string {
	return strings.FieldsFunc(strings.ToLower(text), func(r rune) bool {
		return !unicode.IsLetter(r) && !unicode.IsDigit(r) && !unicode.IsMark(r)
	})
}
