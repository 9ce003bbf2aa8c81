package pylon_test

import (
	"net/http"
	"strings"
	"testing"
)

func TestSearchRefusals(t *testing.T) {
	t.Parallel()
	o := newOrganization()
	const operators = "use one of eq, neq, gt, gte, lt, lte, in, like, fuzzy, keyword, contains, any, not, and, or"
	const fields = "the context store holds id, title, state, source, type, number, created_at"
	const sorted = "sort must be an array of objects with one field each"
	deep := any(object{"eq": object{"state": "new"}})
	for range 40 {
		deep = object{"not": deep}
	}
	for name, test := range map[string]struct {
		params object
		want   string
	}{
		"no query":           {object{}, "query is required"},
		"query as text":      {object{"query": "new"}, "query must be an object"},
		"query member":       {object{"query": object{"eq": object{"state": "new"}}}, `unknown member "eq" of query: use filter and sort`},
		"semantic":           {object{"semantic": object{"prompt": "x"}}, "semantic search is not available"},
		"operator":           {filtered(object{"equals": object{"state": "new"}}), `unknown operator "equals": ` + operators},
		"field outside":      {filtered(object{"state": object{"eq": "new"}}), `unknown operator "state": ` + operators},
		"empty filter":       {filtered(object{}), "a condition must not be empty"},
		"filter as array":    {filtered([]any{}), "a condition must be an object with one operator"},
		"two operators":      {filtered(object{"eq": object{"state": "new"}, "gt": object{"number": 1}}), "combine conditions with and, or, not"},
		"empty operand":      {filtered(object{"eq": object{}}), "eq takes an object of field and value"},
		"operand as text":    {filtered(object{"eq": "new"}), "eq takes an object of field and value"},
		"field":              {filtered(object{"eq": object{"assignee_id": "x"}}), `unknown field "assignee_id" of issues: ` + fields},
		"empty and":          {filtered(object{"and": []any{}}), "and takes an array of one or more conditions"},
		"or as object":       {filtered(object{"or": object{}}), "or takes an array of one or more conditions"},
		"empty not":          {filtered(object{"not": object{}}), "a condition must not be empty"},
		"wrong inside":       {filtered(object{"and": []any{object{"eq": object{"nope": 1}}}}), `unknown field "nope"`},
		"number as text":     {filtered(object{"eq": object{"number": "1042"}}), "eq of number takes a value of type integer"},
		"fraction":           {filtered(object{"gt": object{"number": 1.5}}), "gt of number takes a value of type integer"},
		"text as number":     {filtered(object{"eq": object{"state": 1}}), "eq of state takes a value of type string"},
		"boolean as text":    {filtered(object{"eq": object{"customer_portal_visible": "true"}}), "takes a value of type boolean"},
		"order of booleans":  {filtered(object{"gt": object{"customer_portal_visible": true}}), "is a boolean: use eq or neq"},
		"order of null":      {filtered(object{"gt": object{"number": nil}}), "takes a value, not null"},
		"in without array":   {filtered(object{"in": object{"state": "new"}}), "in of state takes an array of values"},
		"in of a wrong type": {filtered(object{"in": object{"number": []any{"1"}}}), "takes a value of type integer"},
		"like of a number":   {filtered(object{"like": object{"number": "1%"}}), "like works on text, and number is of type integer"},
		"like without text":  {filtered(object{"like": object{"title": 5}}), "like of title takes a string"},
		"fuzzy null":         {filtered(object{"fuzzy": object{"title": nil}}), "fuzzy of title takes a string"},
		"any of a type":      {filtered(object{"any": object{"number": "x"}}), "takes a value of type integer"},
		"too deep":           {filtered(deep), "nested deeper than 32 levels"},
		"sort as object":     {object{"query": object{"sort": object{"state": "asc"}}}, sorted},
		"sort of two":        {object{"query": object{"sort": []any{object{"state": "asc", "id": "asc"}}}}, sorted},
		"empty sort term":    {object{"query": object{"sort": []any{object{}}}}, sorted},
		"sort field":         {object{"query": object{"sort": []any{object{"priority": "asc"}}}}, `unknown field "priority"`},
		"sort direction":     {object{"query": object{"sort": []any{object{"state": "up"}}}}, `sort direction "up" is not valid: use one of asc, desc`},
		"fields as text":     {object{"query": object{}, "fields": "id"}, "fields must be an array of field paths"},
		"field path":         {object{"query": object{}, "fields": []any{5}}, "a field path must be"},
		"empty path":         {object{"query": object{}, "fields": []any{[]string{}}}, "a field path must be"},
		"nested path":        {object{"query": object{}, "fields": []any{[]string{"account", "id"}}}, `unknown field "account.id"`},
		"limit zero":         {object{"query": object{}, "limit": 0}, "limit must be from 1 to 1000"},
		"limit above":        {object{"query": object{}, "limit": 1001}, "limit must be from 1 to 1000"},
		"limit as text":      {object{"query": object{}, "limit": "10"}, "limit must be an integer"},
		"cursor":             {object{"query": object{}, "cursor": "x"}, "cursor is not valid"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if refused := refusal(t, o, "issues", search, test.params); refused.Status != http.StatusBadRequest || !strings.Contains(refused.Message, test.want) {
				t.Errorf("got %v, want 400 with %q", refused, test.want)
			}
		})
	}
}
