package pylon

import (
	"encoding/json"
	"maps"
	"slices"
	"strings"
)

// maxFilterDepth bounds the nesting of conditions, and with it the stack.
const maxFilterDepth = 32

type predicate func(storeRow) bool

func storeOperators() []string {
	return []string{"eq", "neq", "gt", "gte", "lt", "lte", "in", "like", "fuzzy", "keyword", "contains", "any", "not", "and", "or"}
}

// parseCondition compiles one condition: an object whose only key is the
// operator.
func (s storeEntity) parseCondition(raw json.RawMessage, depth int) (predicate, error) {
	if depth > maxFilterDepth {
		return nil, badRequest("the filter is nested deeper than %d levels", maxFilterDepth)
	}
	operator, operand, err := singleMember(raw)
	if err != nil {
		return nil, err
	}
	switch operator {
	case "and":
		return s.parseJunction(operator, operand, depth, every)
	case "or":
		return s.parseJunction(operator, operand, depth, some)
	case "not":
		negated, err := s.parseCondition(operand, depth+1)
		if err != nil {
			return nil, err
		}
		return func(row storeRow) bool { return !negated(row) }, nil
	}
	compile := comparison(operator)
	if compile == nil {
		return nil, badRequest("unknown operator %s: use one of %s, as the outer key, such as {\"eq\": {\"id\": \"...\"}}", quoted(operator), strings.Join(storeOperators(), ", "))
	}
	return s.parseComparison(operator, operand, compile)
}

func singleMember(raw json.RawMessage) (operator string, operand json.RawMessage, err error) {
	var members map[string]json.RawMessage
	if err := json.Unmarshal(raw, &members); err != nil || members == nil {
		return "", nil, badRequest("a condition must be an object with one operator, such as {\"eq\": {\"id\": \"...\"}}")
	}
	if len(members) == 0 {
		return "", nil, badRequest("a condition must not be empty: leave filter out to select everything, or use one of %s", strings.Join(storeOperators(), ", "))
	}
	keys := slices.Sorted(maps.Keys(members))
	if len(keys) > 1 {
		return "", nil, badRequest("a condition takes one operator, not %d: combine conditions with and, or, not", len(keys))
	}
	return keys[0], members[keys[0]], nil
}

func (s storeEntity) parseJunction(operator string, operand json.RawMessage, depth int, join func([]predicate) predicate) (predicate, error) {
	var conditions []json.RawMessage
	if err := json.Unmarshal(operand, &conditions); err != nil || len(conditions) == 0 {
		return nil, badRequest("%s takes an array of one or more conditions", operator)
	}
	parts := make([]predicate, 0, len(conditions))
	for _, condition := range conditions {
		part, err := s.parseCondition(condition, depth+1)
		if err != nil {
			return nil, err
		}
		parts = append(parts, part)
	}
	return join(parts), nil
}

// parseComparison compiles {operator: {field: value}}. Several fields must all
// match.
func (s storeEntity) parseComparison(operator string, operand json.RawMessage, compile compiler) (predicate, error) {
	var members map[string]json.RawMessage
	if err := json.Unmarshal(operand, &members); err != nil || len(members) == 0 {
		return nil, badRequest("%s takes an object of field and value, such as {\"%s\": {\"%s\": ...}}", operator, operator, s.fields[0].name)
	}
	var parts []predicate
	for _, name := range slices.Sorted(maps.Keys(members)) {
		column, err := s.column(name)
		if err != nil {
			return nil, err
		}
		test, err := compile(clause{operator, s.fields[column]}, members[name])
		if err != nil {
			return nil, err
		}
		parts = append(parts, func(row storeRow) bool { return test(row[column]) })
	}
	return every(parts), nil
}

func every(parts []predicate) predicate {
	return func(row storeRow) bool {
		return !slices.ContainsFunc(parts, func(part predicate) bool { return !part(row) })
	}
}

func some(parts []predicate) predicate {
	return func(row storeRow) bool {
		return slices.ContainsFunc(parts, func(part predicate) bool { return part(row) })
	}
}
