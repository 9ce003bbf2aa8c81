package envelope

import (
	"bytes"
	"encoding/json"

	"github.com/tidwall/gjson"
)

// EachMember calls yield for the members of a JSON object, in order, until it
// returns false. Keys come without quotes, their escapes not resolved, which
// IsKey knows about; keys and values are parts of object. A value that is no
// object has no members. The object must be valid JSON.
func EachMember(object []byte, yield func(key, value []byte) bool) {
	s := scanner{b: object}
	i := s.space(0)
	if i >= len(object) || object[i] != '{' {
		return
	}
	s.object(i, func(key []byte, at int) int {
		end := s.value(at)
		if end == failed || !yield(key, object[at:end:end]) {
			return failed
		}
		return end
	})
}

// EachElement calls yield for the elements of a JSON array, in order, until it
// returns false. The elements are parts of array. A value that is no array has
// none. The array must be valid JSON.
func EachElement(array []byte, yield func(element []byte) bool) {
	s := scanner{b: array}
	i := s.space(0)
	if i >= len(array) || array[i] != '[' {
		return
	}
	s.elements(i, func(at int) int {
		end := s.value(at)
		if end == failed || !yield(array[at:end:end]) {
			return failed
		}
		return end
	})
}

// Member returns a member of a JSON object as a part of it, nil when there is
// none. Of members with the same name the last counts.
func Member(object []byte, name string) json.RawMessage {
	var found json.RawMessage
	EachMember(object, func(key, value []byte) bool {
		if IsKey(key, name) {
			found = value
		}
		return true
	})
	return found
}

// IsKey reports whether a key, without quotes and with its escapes not
// resolved, is the name.
func IsKey(key []byte, name string) bool {
	if string(key) == name {
		return bytes.IndexByte(key, '\\') < 0
	}
	return len(key) > len(name) && bytes.IndexByte(key, '\\') >= 0 && Key(key) == name
}

// Key resolves the escapes of a key that comes without quotes. Without any the
// key is not copied.
func Key(key []byte) string {
	if bytes.IndexByte(key, '\\') < 0 {
		return Text(key)
	}
	quoted := make([]byte, 0, len(key)+2)
	quoted = append(append(append(quoted, '"'), key...), '"')
	return gjson.ParseBytes(quoted).String()
}

// elements validates the array at i. Each element is read by read, which gets
// the index where it starts.
func (s *scanner) elements(i int, read func(at int) int) int {
	if !s.enter(i) {
		return failed
	}
	i = s.space(i + 1)
	if i < len(s.b) && s.b[i] == ']' {
		s.depth--
		return i + 1
	}
	for {
		if i = read(i); i == failed {
			return failed
		}
		next, done := s.separator(i, ']')
		if done || next == failed {
			return next
		}
		i = next
	}
}
