package connector

import (
	"encoding/json"
	"slices"
	"strings"

	"github.com/tidwall/gjson"

	"github.com/agentsdk-go/airbyte/internal/action"
)

// searchAction is the context store search that the platform adds to an entity.
func searchAction(entity string) Action {
	return Action{
		Name:        action.ContextStoreSearch,
		Effect:      action.Read,
		Description: "Search the copy of " + entity + " that Airbyte keeps. Faster than listing, and can filter and sort; it may lag behind the service.",
		Parameters: []Parameter{
			{
				Name: "query", Type: "object", Required: true,
				Description: `What to find: {"filter": condition, "sort": [{"field": "asc"|"desc"}]}, both optional. ` +
					`A condition has its operator outside: {"eq": {"state": "new"}}, {"in": {"state": ["new", "on_hold"]}}, ` +
					`{"fuzzy": {"title": "export fails"}}, {"and": [c1, c2]}, {"not": c}.`,
			},
			{Name: "limit", Type: "integer", Description: "Rows per page."},
			{Name: "cursor", Type: "string", Description: "Cursor of the page before."},
			{Name: "fields", Type: "array", Description: `Fields to return, as paths: [["id"], ["title"]].`, Items: json.RawMessage(`{"type":"array","items":{"type":"string"}}`)},
		},
	}
}

// The operators of the context store. Combining ones take conditions, the
// others an object of one field and its operand.
var (
	combiningOperators = []string{"and", "or", "not"}
	fieldOperators     = []string{"eq", "neq", "gt", "gte", "lt", "lte", "in", "like", "fuzzy", "keyword", "contains", "any"}
)

// maxFilterDepth is far beyond any filter a person or a model writes.
const maxFilterDepth = 32

// search adds what is wrong with the shape of a search query. Fields are left to
// the service, which knows which ones it keeps.
func (p *problems) search(query gjson.Result) {
	if !query.IsObject() {
		p.add(`parameter "query" must be an object {"filter": ..., "sort": ...}, got %s`, excerpt(query.Raw))
		return
	}
	query.ForEach(func(key, value gjson.Result) bool {
		switch key.String() {
		case "filter":
			p.condition(value, 0)
		case "sort":
			p.sort(value)
		default:
			p.add(`query has no member %q, only "filter" and "sort"; a condition goes into "filter"`, excerpt(key.String()))
		}
		return !p.more
	})
}

func (p *problems) condition(condition gjson.Result, depth int) {
	const shape = `a condition is one operator with its fields inside, such as {"eq": {"state": "new"}}`
	if depth > maxFilterDepth {
		p.add("filter is nested deeper than %d levels", maxFilterDepth)
		return
	}
	operator, operand, ok := onlyMember(condition)
	switch {
	case !ok:
		p.add("%s; got %s", shape, excerpt(condition.Raw))
	case operator == "not":
		p.condition(operand, depth+1)
	case slices.Contains(combiningOperators, operator):
		p.conditions(operator, operand, depth+1)
	case !slices.Contains(fieldOperators, operator):
		p.add("unknown filter operator %q, use one of %s; %s", excerpt(operator),
			strings.Join(slices.Concat(fieldOperators, combiningOperators), ", "), shape)
	case !operand.IsObject() || isEmptyValue(operand):
		p.add(`filter operator %q takes {"field": value}, got %s`, operator, excerpt(operand.Raw))
	}
}

func (p *problems) conditions(operator string, operand gjson.Result, depth int) {
	if !operand.IsArray() || isEmptyValue(operand) {
		p.add("filter operator %q takes an array of conditions, got %s", operator, excerpt(operand.Raw))
		return
	}
	operand.ForEach(func(_, condition gjson.Result) bool {
		p.condition(condition, depth)
		return !p.more
	})
}

func (p *problems) sort(sort gjson.Result) {
	const shape = `sort must be an array such as [{"created_at": "desc"}]`
	if !sort.IsArray() {
		p.add("%s, got %s", shape, excerpt(sort.Raw))
		return
	}
	sort.ForEach(func(_, item gjson.Result) bool {
		field, direction, ok := onlyMember(item)
		if !ok {
			p.add("%s, got the item %s", shape, excerpt(item.Raw))
			return false
		}
		if d := direction.String(); d != "asc" && d != "desc" {
			p.add(`sort direction of %q must be "asc" or "desc", got %s`, excerpt(field), excerpt(direction.Raw))
			return false
		}
		return true
	})
}

// onlyMember returns the one member of an object; false for anything else. It
// does not look further than the second.
func onlyMember(object gjson.Result) (name string, value gjson.Result, ok bool) {
	if !object.IsObject() {
		return "", value, false
	}
	members := 0
	object.ForEach(func(key, v gjson.Result) bool {
		members++
		name, value = key.String(), v
		return members < 2
	})
	return name, value, members == 1
}

// isEmptyValue reports whether an object or array has nothing in it, without
// reading what it has.
func isEmptyValue(value gjson.Result) bool {
	inside := strings.TrimLeft(value.Raw[1:], " \t\r\n")
	return strings.HasPrefix(inside, "}") || strings.HasPrefix(inside, "]")
}
