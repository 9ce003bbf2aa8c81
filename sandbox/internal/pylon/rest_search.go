package pylon

import (
	"encoding/json"
	"fmt"
	"strings"
)

// findParams is the body of a search.
type findParams struct {
	pageParams

	Filter     *restFilter `param:"filter"`
	SearchText string      `param:"search_text"`
}

// searchTable says what a search endpoint can filter by.
type searchTable[T any] struct {
	fields map[string]searchField[T]
	// object is the object type whose custom field slugs are fields too, ""
	// for none.
	object string
	// isCustom replaces object where custom fields are not defined in the
	// organization's list.
	isCustom func(slug string) bool
	// custom returns a record's custom field values.
	custom func(*T) map[string]fieldValue
	// text returns what search_text looks into; nil where the endpoint has no
	// such parameter, which is then ignored.
	text func(*T) []string
}

// searchField is one field of a search endpoint.
type searchField[T any] struct {
	operators []string
	values    func(*T) []string // none when the field is not set
}

// one is the value of a field that holds at most one; "" means not set.
func one(value string) []string {
	if value == "" {
		return nil
	}
	return []string{value}
}

// maybe is one for a pointer.
func maybe(value *string) []string {
	if value == nil {
		return nil
	}
	return one(*value)
}

// refID is one for the id of a reference.
func refID(to *ref) []string {
	if to == nil {
		return nil
	}
	return one(to.ID)
}

// accountID is one for the id of an account.
func accountID(of *accountRef) []string {
	if of == nil {
		return nil
	}
	return one(of.ID)
}

// The operators that fields of one kind share.
func operatorsOfID() []string { return []string{"equals", "in", "not_in"} }

func operatorsOfOptionalID() []string {
	return []string{"equals", "in", "not_in", "is_set", "is_unset"}
}

func operatorsOfTime() []string { return []string{opTimeAfter, opTimeBefore, opTimeRange} }

func operatorsOfName() []string { return []string{"equals", "in", "not_in", "string_contains"} }

func operatorsOfSet() []string { return []string{"contains", "does_not_contain", "in", "not_in"} }

// restFind answers one page of the rows that a search selects, in their order.
func restFind[T any](o *Organization, rule pageRule, table searchTable[T], p findParams, rows []*T) (any, error) {
	found, err := selectRows(o, table, p, rows)
	if err != nil {
		return nil, err
	}
	scope, err := json.Marshal(p.Filter)
	if err != nil {
		return nil, fmt.Errorf("encode the filter: %w", err)
	}
	answer, err := restPage(o, rule, "search "+p.SearchText+" "+string(scope), p.pageParams, found)
	if err != nil || len(found) > 0 || o.keepsEmptyData {
		return answer, err
	}
	body := answer.(restBody)
	body.Data = nil
	return body, nil
}

// selectRows applies the filter and the search text.
func selectRows[T any](o *Organization, table searchTable[T], p findParams, rows []*T) ([]*T, error) {
	matches := func(*T) bool { return true }
	if p.Filter != nil {
		var err error
		if matches, err = compileFilter(o, table, *p.Filter, 1); err != nil {
			return nil, err
		}
	}
	found := []*T{}
	for _, row := range rows {
		if table.mentions(row, p.SearchText) && matches(row) {
			found = append(found, row)
		}
	}
	return found, nil
}

// mentions reports whether a text occurs in the row, in any case of letters.
func (t searchTable[T]) mentions(row *T, text string) bool {
	if text == "" || t.text == nil {
		return true
	}
	text = strings.ToLower(text)
	for _, candidate := range t.text(row) {
		if strings.Contains(strings.ToLower(candidate), text) {
			return true
		}
	}
	return false
}

// field returns the operators and the reader of a field.
func (t searchTable[T]) field(o *Organization, name string) (searchField[T], error) {
	if f, ok := t.fields[name]; ok {
		return f, nil
	}
	if !t.hasCustom(o, name) {
		return searchField[T]{}, badRequest("filter: %s is not a field of this search: use one of %s", quoted(name), t.names())
	}
	read := func(row *T) []string { return t.custom(row)[name].texts() }
	return searchField[T]{operators: filterOperators(), values: read}, nil
}

func (t searchTable[T]) hasCustom(o *Organization, slug string) bool {
	if t.isCustom != nil {
		return t.isCustom(slug)
	}
	return t.object != "" && o.customField(t.object, slug) != nil
}
