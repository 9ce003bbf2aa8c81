package sandbox

import (
	"encoding/json"
	"fmt"
	"net/url"
	"slices"
	"strconv"
)

// fields reads the members of a JSON object body and collects everything that
// is wrong with them, because the service reports all problems at once.
type fields struct {
	members  map[string]json.RawMessage
	problems []problem
}

func parseFields(body []byte) (*fields, error) {
	if !json.Valid(body) {
		return nil, unprocessable(problem{"json_invalid", []any{"body", 0}, "JSON decode error"})
	}
	f := &fields{}
	if err := json.Unmarshal(body, &f.members); err != nil || f.members == nil {
		return nil, unprocessable(problem{"model_attributes_type", []any{"body"}, "Input should be a valid dictionary or object to extract fields from"})
	}
	return f, nil
}

func (f *fields) reject(name, kind, msg string) {
	f.problems = append(f.problems, problem{kind, []any{"body", name}, msg})
}

// has reports whether the member is there and not null.
func (f *fields) has(name string) bool {
	raw, ok := f.members[name]
	return ok && string(raw) != "null"
}

func (f *fields) sent(name string) bool { _, ok := f.members[name]; return ok }

// text returns a string member that must be there.
func (f *fields) text(name string) string {
	if !f.sent(name) {
		f.reject(name, "missing", "Field required")
		return ""
	}
	var s *string
	if err := json.Unmarshal(f.members[name], &s); err != nil || s == nil {
		f.reject(name, "string_type", "Input should be a valid string")
		return ""
	}
	return *s
}

// optionalText returns a string member, or "" when it is absent or null.
func (f *fields) optionalText(name string) string {
	if !f.has(name) {
		return ""
	}
	return f.text(name)
}

// id returns a UUID member, or "" when it is absent or null.
func (f *fields) id(name string) string {
	id := f.optionalText(name)
	if id != "" && !isUUID(id) {
		f.reject(name, "uuid_parsing", "Input should be a valid UUID")
	}
	return id
}

// requiredID returns a UUID member that must be there.
func (f *fields) requiredID(name string) string {
	if !f.has(name) {
		return f.text(name)
	}
	return f.id(name)
}

// object returns an object member's bytes, or nil when it is absent or null.
func (f *fields) object(name string) json.RawMessage {
	if !f.has(name) {
		return nil
	}
	var members map[string]json.RawMessage
	if err := json.Unmarshal(f.members[name], &members); err != nil {
		f.reject(name, "dict_type", "Input should be a valid dictionary")
		return nil
	}
	return f.members[name]
}

// texts returns a list of strings, or nil when it is absent or null.
func (f *fields) texts(name string) []string {
	if !f.has(name) {
		return nil
	}
	var list []string
	if err := json.Unmarshal(f.members[name], &list); err != nil {
		f.reject(name, "list_type", "Input should be a valid list of strings")
	}
	return list
}

// flag returns a boolean member, or fallback when it is absent.
func (f *fields) flag(name string, fallback bool) bool {
	if !f.sent(name) {
		return fallback
	}
	var b *bool
	if err := json.Unmarshal(f.members[name], &b); err != nil || b == nil {
		f.reject(name, "bool_type", "Input should be a valid boolean")
		return fallback
	}
	return *b
}

// oneOf returns a string member that must be one of the allowed values, or ""
// when it is absent or null.
func (f *fields) oneOf(name string, allowed ...string) string {
	value := f.optionalText(name)
	if value == "" {
		return ""
	}
	if slices.Contains(allowed, value) {
		return value
	}
	f.reject(name, "enum", fmt.Sprintf("Input should be one of %q", allowed))
	return ""
}

func (f *fields) err() error {
	if len(f.problems) == 0 {
		return nil
	}
	return unprocessable(f.problems...)
}

// queryLimit reads the limit of a paged list: 1 to 100, 20 when absent.
func queryLimit(query url.Values) (int, error) {
	raw := query.Get("limit")
	if raw == "" {
		return defaultPageSize, nil
	}
	n, err := strconv.Atoi(raw)
	switch {
	case err != nil:
		return 0, badQuery("limit", "int_parsing", "Input should be a valid integer")
	case n < 1:
		return 0, badQuery("limit", "greater_than_equal", "Input should be greater than or equal to 1")
	case n > maxPageSize:
		return 0, badQuery("limit", "less_than_equal", fmt.Sprintf("Input should be less than or equal to %d", maxPageSize))
	}
	return n, nil
}

// queryID reads an optional UUID of the query.
func queryID(query url.Values, name string) (string, error) {
	id := query.Get(name)
	if id != "" && !isUUID(id) {
		return "", badQuery(name, "uuid_parsing", "Input should be a valid UUID")
	}
	return id, nil
}

func badQuery(name, kind, msg string) *failure {
	return unprocessable(problem{kind, []any{"query", name}, msg})
}

const (
	defaultPageSize = 20
	maxPageSize     = 100
)
