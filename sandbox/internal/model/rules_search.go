package model

import "strings"

// The two ways to search: the platform's own, and the service's where a program
// calls it itself.
const (
	storeSearch   = "context_store_search"
	serviceSearch = "api_search"
)

// searchLimit keeps a search to a page that a model reads with ease.
const searchLimit = 25

// search asks the context store, where there is none the service's own search,
// and instead where there is neither.
func search(entity string, instead *Call, wanted ...condition) Call {
	return Call{
		Entity: entity,
		Action: storeSearch,
		Params: map[string]any{"query": map[string]any{"filter": storeFilter(wanted)}, "limit": searchLimit},
		Else: &Call{
			Entity: entity,
			Action: serviceSearch,
			Params: map[string]any{"filter": serviceFilter(wanted), "limit": searchLimit},
			Else:   instead,
		},
	}
}

// condition is what a record must fulfil, for both kinds of search.
type condition struct {
	field    string
	operator string // of the context store
	values   []string
}

func equal(field, value string) condition { return condition{field, "eq", []string{value}} }

// alike asks for the words of a text, which need not be all of the field.
func alike(field, text string) condition { return condition{field, "fuzzy", []string{text}} }

func oneOfThese(field string, values []string) condition { return condition{field, "in", values} }

// storeFilter is {operator: {field: value}}, or {"and": [...]} for several.
func storeFilter(wanted []condition) map[string]any {
	filters := make([]any, len(wanted))
	for i, c := range wanted {
		value := any(c.values)
		if c.operator != "in" {
			value = c.values[0]
		}
		filters[i] = map[string]any{c.operator: map[string]any{c.field: value}}
	}
	if len(filters) == 1 {
		return filters[0].(map[string]any)
	}
	return map[string]any{"and": filters}
}

// serviceFilter is {"field", "operator", "value" or "values"}, or an "and" of
// several.
func serviceFilter(wanted []condition) map[string]any {
	var filters []any
	for _, c := range wanted {
		filters = append(filters, c.forService()...)
	}
	if len(filters) == 1 {
		return filters[0].(map[string]any)
	}
	return map[string]any{"operator": "and", "subfilters": filters}
}

// forService spells the condition for Pylon. It compares whole texts and parts
// of them, so that words to be found in any order make a condition each.
func (c condition) forService() []any {
	one := func(operator, key string, value any) any {
		return map[string]any{"field": c.field, "operator": operator, key: value}
	}
	switch c.operator {
	case "in":
		return []any{one("in", "values", c.values)}
	case "eq":
		return []any{one("equals", "value", c.values[0])}
	}
	var parts []any
	for word := range strings.SplitSeq(oneLine(c.values[0]), " ") {
		parts = append(parts, one("string_contains", "value", word))
	}
	return parts
}
