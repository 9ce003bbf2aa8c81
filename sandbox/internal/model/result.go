package model

import (
	"bytes"
	"encoding/json"
	"strings"
)

// readResult opens a tool's output. It accepts the envelope, other JSON, and
// any text.
func readResult(from Call, text string) Result {
	r := Result{Call: from, Text: text}
	raw := []byte(strings.TrimSpace(text))
	if !json.Valid(raw) {
		return r
	}
	var envelope struct {
		Data  json.RawMessage `json:"data"`
		Meta  json.RawMessage `json:"meta"`
		Error json.RawMessage `json:"error"`
	}
	if json.Unmarshal(raw, &envelope) != nil || (envelope.Data == nil && envelope.Error == nil) {
		r.Data = raw
		return r
	}
	if r.Error = readFailure(envelope.Error); r.Error != nil {
		return r
	}
	r.Data, r.Meta = unwrap(envelope.Data), readMeta(envelope.Meta)
	return r
}

// readFailure reads the error member; a string is taken as its message.
func readFailure(raw json.RawMessage) *Failure {
	if len(raw) == 0 || bytes.Equal(raw, []byte("null")) {
		return nil
	}
	var failure Failure
	if json.Unmarshal(raw, &failure) == nil && failure.Message != "" {
		return &failure
	}
	var message string
	if json.Unmarshal(raw, &message) == nil {
		return &Failure{Kind: failure.Kind, Message: message}
	}
	return &Failure{Kind: failure.Kind, Message: string(raw)}
}

// readMeta reads what it understands: a member of another type leaves the meta
// empty, as paging is only mentioned, never followed.
func readMeta(raw json.RawMessage) Meta {
	var meta Meta
	if len(raw) > 0 && json.Unmarshal(raw, &meta) != nil {
		return Meta{}
	}
	return meta
}

// unwrap takes the record out of the service's own {"data", "request_id"},
// which writes return unchanged.
func unwrap(data json.RawMessage) json.RawMessage {
	var body map[string]json.RawMessage
	if json.Unmarshal(data, &body) != nil || body["request_id"] == nil || len(body) > 2 {
		return data
	}
	if inner, ok := body["data"]; ok {
		return inner
	}
	return data
}

// record is one row of a result. Numbers keep their digits.
type record map[string]any

// rows returns the objects of the data: the elements of an array, or the one
// object.
func (r Result) rows() (rows []record, list bool) {
	var value any
	dec := json.NewDecoder(bytes.NewReader(r.Data))
	dec.UseNumber()
	if len(r.Data) == 0 || dec.Decode(&value) != nil {
		return nil, false
	}
	switch v := value.(type) {
	case map[string]any:
		return []record{v}, false
	case []any:
		rows = make([]record, 0, len(v))
		for _, element := range v {
			if object, ok := element.(map[string]any); ok {
				rows = append(rows, object)
			} else {
				rows = append(rows, record{"value": element})
			}
		}
		return rows, true
	}
	return nil, false
}

// text returns the first of the fields that holds a non-empty string or number.
func (r record) text(fields ...string) string {
	for _, field := range fields {
		switch v := r[field].(type) {
		case string:
			if v != "" {
				return v
			}
		case json.Number:
			return v.String()
		}
	}
	return ""
}

// object returns a nested object, nil when there is none.
func (r record) object(field string) record {
	nested, _ := r[field].(map[string]any)
	return nested
}
