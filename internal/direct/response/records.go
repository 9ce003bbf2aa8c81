package response

import (
	"encoding/json"
	"slices"

	"github.com/agentsdk-go/airbyte/internal/envelope"
)

// extract cuts the data out of the body.
func (r *Reader) extract(parts []envelope.Part) (data json.RawMessage, compact bool) {
	slot := 0
	if r.records != nil {
		slot = r.records.slot
	}
	part := parts[slot]
	if r.records == nil || r.records.rest.IsRoot() {
		return r.one(part.Raw, part.Objects), part.Compact
	}
	// What lies within a part has no white space where the part has none.
	return r.several(r.records.find(parts)), part.Compact
}

// several makes the data of what a path with indexes or wildcards matched.
func (r *Reader) several(matches [][]byte) json.RawMessage {
	switch {
	case len(matches) == 0:
		return r.one(nil, false)
	case !r.list || !r.records.rest.HasWildcard():
		return r.one(matches[0], allObjects(matches[0]))
	case !slices.ContainsFunc(matches, func(m []byte) bool { return m[0] != '[' }):
		return joined(matches)
	default:
		var list rows
		for _, match := range matches {
			list.add(match)
		}
		return list.array()
	}
}

// one makes the data of a single value, nil when there is none. The records of
// a list are an array whatever the service sends, so that who reads them need
// not look.
func (r *Reader) one(value []byte, objects bool) json.RawMessage {
	switch {
	case len(value) == 0 || value[0] == 'n':
		if r.list {
			return json.RawMessage("[]")
		}
		return nil
	case value[0] == '[' && objects:
		return value
	case value[0] == '[':
		return joined([][]byte{value})
	case value[0] != '{':
		value = wrapped(value)
	}
	if r.list {
		return listOf(value)
	}
	return value
}

// joined makes one array of the elements of several, nothing anew if there is
// no need.
func joined(arrays [][]byte) json.RawMessage {
	if len(arrays) == 1 && allObjects(arrays[0]) {
		return arrays[0]
	}
	var list rows
	for _, array := range arrays {
		envelope.EachElement(array, func(element []byte) bool {
			list.add(element)
			return true
		})
	}
	return list.array()
}

// allObjects reports whether an array has nothing but objects in it.
func allObjects(array []byte) bool {
	all := true
	envelope.EachElement(array, func(element []byte) bool {
		all = element[0] == '{'
		return all
	})
	return all
}

// rows is an array in the making.
type rows struct{ b []byte }

// add appends a record; what is no object is put into one.
func (r *rows) add(record []byte) {
	if record[0] != '{' {
		record = wrapped(record)
	}
	if len(r.b) > 0 {
		r.b = append(r.b, ',')
	} else {
		r.b = append(r.b, '[')
	}
	r.b = append(r.b, record...)
}

func (r *rows) array() json.RawMessage {
	if len(r.b) == 0 {
		return json.RawMessage("[]")
	}
	return append(r.b, ']')
}

// wrapped is a bare value as a record, so that all records are objects.
func wrapped(value []byte) json.RawMessage {
	return slices.Concat([]byte(`{"value":`), value, []byte("}"))
}

func listOf(record []byte) json.RawMessage {
	return slices.Concat([]byte("["), record, []byte("]"))
}
