package connector

import (
	"encoding/json"
	"fmt"
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

// searchProblems says what is wrong with the shape of a search query. Fields
// are left to the service, which knows which ones it keeps.
func searchProblems(query gjson.Result) []string {
	if !query.IsObject() {
		return []string{fmt.Sprintf(`parameter "query" must be an object {"filter": ..., "sort": ...}, got %s`, excerpt(query.Raw))}
	}
	var problems []string
	query.ForEach(func(key, value gjson.Result) bool {
		switch key.String() {
		case "filter":
			problems = append(problems, conditionProblems(value, 0)...)
		case "sort":
			problems = append(problems, sortProblems(value)...)
		default:
			problems = append(problems, fmt.Sprintf(`query has no member %q, only "filter" and "sort"; a condition goes into "filter"`, key.String()))
		}
		return true
	})
	return problems
}

func conditionProblems(condition gjson.Result, depth int) []string {
	const shape = `a condition is one operator with its fields inside, such as {"eq": {"state": "new"}}`
	if depth > maxFilterDepth {
		return []string{fmt.Sprintf("filter is nested deeper than %d levels", maxFilterDepth)}
	}
	members := condition.Map()
	if !condition.IsObject() || len(members) != 1 {
		return []string{fmt.Sprintf("%s; got %s", shape, excerpt(condition.Raw))}
	}
	for operator, operand := range members {
		switch {
		case slices.Contains(combiningOperators, operator):
			return combinedProblems(operator, operand, depth+1)
		case !slices.Contains(fieldOperators, operator):
			return []string{fmt.Sprintf("unknown filter operator %q, use one of %s; %s", operator,
				strings.Join(slices.Concat(fieldOperators, combiningOperators), ", "), shape)}
		case !operand.IsObject() || len(operand.Map()) == 0:
			return []string{fmt.Sprintf(`filter operator %q takes {"field": value}, got %s`, operator, excerpt(operand.Raw))}
		}
	}
	return nil
}

func combinedProblems(operator string, operand gjson.Result, depth int) []string {
	if operator == "not" {
		return conditionProblems(operand, depth)
	}
	if !operand.IsArray() || len(operand.Array()) == 0 {
		return []string{fmt.Sprintf("filter operator %q takes an array of conditions, got %s", operator, excerpt(operand.Raw))}
	}
	var problems []string
	for _, condition := range operand.Array() {
		problems = append(problems, conditionProblems(condition, depth)...)
	}
	return problems
}

func sortProblems(sort gjson.Result) []string {
	const shape = `sort must be an array such as [{"created_at": "desc"}]`
	if !sort.IsArray() {
		return []string{fmt.Sprintf("%s, got %s", shape, excerpt(sort.Raw))}
	}
	for _, item := range sort.Array() {
		members := item.Map()
		if !item.IsObject() || len(members) != 1 {
			return []string{fmt.Sprintf("%s, got the item %s", shape, excerpt(item.Raw))}
		}
		for field, direction := range members {
			if d := direction.String(); d != "asc" && d != "desc" {
				return []string{fmt.Sprintf(`sort direction of %q must be "asc" or "desc", got %s`, field, excerpt(direction.Raw))}
			}
		}
	}
	return nil
}
