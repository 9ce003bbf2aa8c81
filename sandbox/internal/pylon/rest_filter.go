package pylon

import (
	"cmp"
	"maps"
	"math/big"
	"slices"
	"strings"
	"time"
)

// filterLevels counts the root as the first level.
const filterLevels = 3

const (
	opAnd        = "and"
	opOr         = "or"
	opTimeAfter  = "time_is_after"
	opTimeBefore = "time_is_before"
	opTimeRange  = "time_range"
)

// restFilter is one node of a search's filter.
type restFilter struct {
	Field      string       `json:"field"`
	Operator   string       `json:"operator"`
	Value      *string      `json:"value"`
	Values     []string     `json:"values"`
	Subfilters []restFilter `json:"subfilters"`
}

// filterOperators are the operators that compare a field.
func filterOperators() []string {
	return []string{
		"equals", "not_equals", "contains", "does_not_contain", "in", "not_in", opTimeAfter, opTimeBefore, opTimeRange,
		"string_contains", "string_does_not_contain", "is_set", "is_unset",
		"greater_than", "less_than", "greater_than_or_equals", "less_than_or_equals",
	}
}

func (t searchTable[T]) names() string {
	return strings.Join(slices.Sorted(maps.Keys(t.fields)), ", ")
}

func compileFilter[T any](o *Organization, table searchTable[T], f restFilter, depth int) (func(*T) bool, error) {
	if depth > filterLevels {
		return nil, badRequest("filter: at most %d levels may be nested", filterLevels)
	}
	switch f.Operator {
	case "":
		return nil, badRequest("filter: operator is required")
	case opAnd, opOr:
		return compileGroup(o, table, f, depth)
	}
	if f.Field == "" {
		return nil, badRequest("filter: field is required with the operator %s", quoted(f.Operator))
	}
	field, err := table.field(o, f.Field)
	if err != nil {
		return nil, err
	}
	if !slices.Contains(field.operators, f.Operator) {
		return nil, notOneOf("filter: the operator of "+f.Field, f.Operator, field.operators)
	}
	test, err := compileTest(f)
	if err != nil {
		return nil, err
	}
	return func(row *T) bool { return test(field.values(row)) }, nil
}

func compileGroup[T any](o *Organization, table searchTable[T], f restFilter, depth int) (func(*T) bool, error) {
	if len(f.Subfilters) == 0 {
		return nil, badRequest("filter: %s needs subfilters", f.Operator)
	}
	var tests []func(*T) bool
	for _, sub := range f.Subfilters {
		test, err := compileFilter(o, table, sub, depth+1)
		if err != nil {
			return nil, err
		}
		tests = append(tests, test)
	}
	// "and" ends at the first test that fails, "or" at the first that holds.
	ends := f.Operator == opOr
	return func(row *T) bool {
		for _, test := range tests {
			if test(row) == ends {
				return ends
			}
		}
		return !ends
	}, nil
}

// compileTest returns the test of one operator on the values of a field.
func compileTest(f restFilter) (func([]string) bool, error) {
	switch f.Operator {
	case "is_set":
		return func(has []string) bool { return len(has) > 0 }, nil
	case "is_unset":
		return func(has []string) bool { return len(has) == 0 }, nil
	case "in", "not_in", "contains", "does_not_contain":
		return membershipTest(f)
	case opTimeAfter, opTimeBefore, opTimeRange:
		return timeTest(f)
	case "equals", "not_equals", "string_contains", "string_does_not_contain":
		return textTest(f)
	default:
		return numberTest(f)
	}
}

// membershipTest compares sets: does one of the field's values occur among the
// operands?
func membershipTest(f restFilter) (func([]string) bool, error) {
	operands := f.Values
	if f.Value != nil && len(operands) == 0 {
		operands = []string{*f.Value}
	}
	if len(operands) == 0 {
		return nil, badRequest("filter: the operator %s needs values", f.Operator)
	}
	wanted := f.Operator == "in" || f.Operator == "contains"
	return func(has []string) bool {
		return slices.ContainsFunc(has, func(v string) bool { return slices.Contains(operands, v) }) == wanted
	}, nil
}

func (f restFilter) operand() (string, error) {
	if f.Value == nil {
		return "", badRequest("filter: the operator %s needs a value", f.Operator)
	}
	return *f.Value, nil
}

func textTest(f restFilter) (func([]string) bool, error) {
	operand, err := f.operand()
	if err != nil {
		return nil, err
	}
	matches := func(v string) bool { return v == operand }
	if strings.HasPrefix(f.Operator, "string_") {
		lowered := strings.ToLower(operand)
		matches = func(v string) bool { return strings.Contains(strings.ToLower(v), lowered) }
	}
	wanted := f.Operator == "equals" || f.Operator == "string_contains"
	return func(has []string) bool { return slices.ContainsFunc(has, matches) == wanted }, nil
}

// timeTest never matches a field that is not set. The ends of a range are part
// of it; after and before are strict.
func timeTest(f restFilter) (func([]string) bool, error) {
	bounds := f.Values
	if f.Operator != opTimeRange {
		operand, err := f.operand()
		if err != nil {
			return nil, err
		}
		bounds = []string{operand}
	} else if len(bounds) != 2 {
		return nil, badRequest("filter: the operator %s needs two values, start and end", f.Operator)
	}
	var at []time.Time
	for _, bound := range bounds {
		t, err := parseInstant("filter: the value of "+f.Operator, bound)
		if err != nil {
			return nil, err
		}
		at = append(at, t)
	}
	return func(has []string) bool {
		return slices.ContainsFunc(has, func(v string) bool { return holdsAt(f.Operator, v, at) })
	}, nil
}

func holdsAt(operator, value string, bounds []time.Time) bool {
	t, err := time.Parse(time.RFC3339, value)
	if err != nil {
		if t, err = time.Parse(time.DateOnly, value); err != nil {
			return false // a custom field that holds no time
		}
	}
	switch operator {
	case opTimeAfter:
		return t.After(bounds[0])
	case opTimeBefore:
		return t.Before(bounds[0])
	default:
		return !t.Before(bounds[0]) && !t.After(bounds[1])
	}
}

// numberTest compares with all digits, so that large integers stay apart.
func numberTest(f restFilter) (func([]string) bool, error) {
	operand, err := f.operand()
	if err != nil {
		return nil, err
	}
	bound, ok := parseNumber(operand)
	if !ok {
		return nil, badRequest("filter: the operator %s needs a number as its value", f.Operator)
	}
	holds := map[string]func(int) bool{
		"greater_than":           func(c int) bool { return c > 0 },
		"less_than":              func(c int) bool { return c < 0 },
		"greater_than_or_equals": func(c int) bool { return c >= 0 },
		"less_than_or_equals":    func(c int) bool { return c <= 0 },
	}[f.Operator]
	return func(has []string) bool {
		return slices.ContainsFunc(has, func(v string) bool {
			n, ok := parseNumber(v)
			return ok && holds(n.Cmp(bound))
		})
	}, nil
}

func parseNumber(text string) (*big.Float, bool) {
	const precision = 256
	n, _, err := big.ParseFloat(cmp.Or(text, "none"), 10, precision, big.ToNearestEven)
	return n, err == nil && !n.IsInf()
}
