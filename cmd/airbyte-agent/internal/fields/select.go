package fields

import (
	"encoding/json"
	"fmt"

	"github.com/agentsdk-go/airbyte/internal/envelope"
)

// Select returns the parts of value that the paths name, in the order that
// they have in value. Empty value is null. No path, or an empty one, keeps
// everything.
//
// A path names object keys, parted by dots; an array is looked through, so
// "data.id" is the id of every record in data. An object that has none of the
// keys and exactly one array is looked through as well, which lets "id" reach
// the records of a list. Records in which nothing is found stay in their
// array, empty, so that positions still fit; objects are left out of objects.
//
// matched tells if any path led to something; a path that leads nowhere beside
// one that does is not told. kept is then what was found, and valid JSON in
// every case. The error says where value is no valid JSON.
func Select(value json.RawMessage, paths []string) (kept json.RawMessage, matched bool, err error) {
	if len(value) == 0 {
		value = json.RawMessage("null")
	}
	if err := envelope.Valid(value); err != nil {
		return nil, false, fmt.Errorf("decoding JSON value: %w", err)
	}
	wanted := parse(paths)
	if wanted.all {
		return value, true, nil
	}
	kept, matched = wanted.cut(make([]byte, 0, len(value)/4), trim(value))
	return kept, matched, nil
}

// cut appends what the selection keeps of value to dst.
func (s *selection) cut(dst, value []byte) (_ []byte, matched bool) {
	switch {
	case s.all:
		return append(dst, value...), true
	case value[0] == '{':
		return s.cutObject(dst, value)
	case value[0] == '[':
		return s.cutArray(dst, value)
	default:
		return append(dst, "null"...), false
	}
}

// cutArray applies the selection to every element and keeps their number. An
// empty array matches: a list without records is an answer, not a wrong path.
func (s *selection) cutArray(dst, array []byte) (_ []byte, matched bool) {
	dst = append(dst, '[')
	empty := len(dst)
	envelope.EachElement(array, func(element []byte) bool {
		if len(dst) > empty {
			dst = append(dst, ',')
		}
		var found bool
		dst, found = s.cut(dst, element)
		matched = matched || found
		return true
	})
	matched = matched || len(dst) == empty
	return append(dst, ']'), matched
}

func (s *selection) cutObject(dst, object []byte) (_ []byte, matched bool) {
	under := func(key []byte) *selection { return s.under[envelope.Key(key)] }
	if only, ok := s.detour(object); ok {
		under = func(key []byte) *selection {
			if string(key) == only {
				return s
			}
			return nil
		}
	}
	dst = append(dst, '{')
	empty := len(dst)
	envelope.EachMember(object, func(key, value []byte) bool {
		wanted := under(key)
		if wanted == nil {
			return true
		}
		start := len(dst)
		if start > empty {
			dst = append(dst, ',')
		}
		dst = append(append(append(dst, '"'), key...), '"', ':')
		var found bool
		if dst, found = wanted.cut(dst, value); !found {
			dst = dst[:start]
		}
		matched = matched || found
		return true
	})
	return append(dst, '}'), matched
}

// detour returns the key, escapes not resolved, of the array through which the
// selection goes on: the only one of an object that has no selected key.
func (s *selection) detour(object []byte) (key string, ok bool) {
	arrays, known := 0, false
	envelope.EachMember(object, func(name, value []byte) bool {
		known = s.under[envelope.Key(name)] != nil
		if value[0] == '[' {
			key = string(name)
			arrays++
		}
		return !known
	})
	return key, arrays == 1 && !known
}

// trim takes off the white space around a document.
func trim(value []byte) []byte {
	isSpace := func(c byte) bool { return c == ' ' || c == '\t' || c == '\n' || c == '\r' }
	for isSpace(value[0]) {
		value = value[1:]
	}
	for isSpace(value[len(value)-1]) {
		value = value[:len(value)-1]
	}
	return value
}
