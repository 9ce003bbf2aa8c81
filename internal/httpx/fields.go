package httpx

import (
	"bytes"
	"encoding/json"
	"strings"
)

// String is "field: message".
func (f Field) String() string {
	if f.Field == "" {
		return f.Message
	}
	return f.Field + ": " + f.Message
}

// fieldOf reads one entry of an error list: the platform's own shape (field,
// message, error_code), the clients' (userPresentableMessage, error) and
// FastAPI's (loc, msg, type).
func fieldOf(value json.RawMessage) Field {
	members, ok := object(value)
	if !ok {
		return Field{}
	}
	f := Field{
		Field: text(members["field"]),
		Code:  first(members, "error_code", "code", "type"),
	}
	f.Message = first(members, "userPresentableMessage", "message", "error", "msg", "detail")
	if f.Field == "" {
		f.Field = location(members["loc"])
	}
	return f
}

func first(members map[string]json.RawMessage, keys ...string) string {
	for _, key := range keys {
		if s := text(members[key]); s != "" {
			return s
		}
	}
	return ""
}

// location joins FastAPI's path of a field: ["body", "items", 0] is body.items.0.
func location(value json.RawMessage) string {
	var steps []json.RawMessage
	if json.Unmarshal(value, &steps) != nil {
		return ""
	}
	parts := make([]string, len(steps))
	for i, step := range steps {
		if parts[i] = text(step); parts[i] == "" {
			parts[i] = string(step)
		}
	}
	return strings.Join(parts, ".")
}

// text decodes a JSON string; any other value is "".
func text(value json.RawMessage) string {
	var s string
	if len(value) == 0 || json.Unmarshal(value, &s) != nil {
		return ""
	}
	return s
}

func object(value json.RawMessage) (map[string]json.RawMessage, bool) {
	value = bytes.TrimSpace(value)
	if len(value) == 0 || value[0] != '{' {
		return nil, false
	}
	var members map[string]json.RawMessage
	return members, json.Unmarshal(value, &members) == nil
}
