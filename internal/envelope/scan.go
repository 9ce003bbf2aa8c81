package envelope

import (
	"errors"
	"fmt"
)

// maxDepth bounds nesting, as encoding/json does, so that a hostile document
// cannot exhaust the stack.
const maxDepth = 10_000

// errEmpty is returned for a body without any JSON in it.
var errEmpty = errors.New("empty body")

// scanner validates JSON and finds where values end. It exists because the hot
// path needs validity and spans in one pass: encoding/json's scanner costs as
// much as the loopback round trip it would check.
//
// Its methods take the index of a token and return the index after it, or
// failed with err set: an error returned from each level would cost more than
// the scanning itself.
type scanner struct {
	b      []byte
	depth  int
	spaced bool // white space was found between tokens
	err    error
}

const failed = -1

// document validates b as one JSON value.
func (s *scanner) document() error {
	start := s.space(0)
	if start == len(s.b) {
		return errEmpty
	}
	return s.whole(s.value(start))
}

// whole holds that nothing but white space follows the value that ended at end.
func (s *scanner) whole(end int) error {
	if end == failed {
		return s.err
	}
	if rest := s.space(end); rest != len(s.b) {
		s.fail(rest)
	}
	return s.err
}

// value validates the value that starts at i.
func (s *scanner) value(i int) int {
	if i >= len(s.b) {
		return s.fail(i)
	}
	switch c := s.b[i]; c {
	case '"':
		return s.str(i)
	case '{':
		return s.object(i, nil)
	case '[':
		return s.array(i)
	case 't':
		return s.literal(i, "true")
	case 'f':
		return s.literal(i, "false")
	case 'n':
		return s.literal(i, "null")
	default:
		return s.number(i)
	}
}

// object validates the object at i. Each member's value is read by read, which
// gets the key without its quotes, escapes not resolved; nil means value.
func (s *scanner) object(i int, read func(key []byte, at int) int) int {
	if !s.enter(i) {
		return failed
	}
	i = s.space(i + 1)
	if i < len(s.b) && s.b[i] == '}' {
		s.depth--
		return i + 1
	}
	for {
		start := i + 1
		end := s.key(i)
		if end == failed {
			return failed
		}
		at := s.colon(end)
		if at == failed {
			return failed
		}
		if read == nil {
			i = s.value(at)
		} else {
			i = read(s.b[start:end-1], at)
		}
		if i == failed {
			return failed
		}
		next, done := s.separator(i, '}')
		if done || next == failed {
			return next
		}
		i = next
	}
}

func (s *scanner) key(i int) int {
	if i >= len(s.b) || s.b[i] != '"' {
		return s.fail(i)
	}
	return s.str(i)
}

// colon reads the colon after a key and returns where the value starts.
func (s *scanner) colon(i int) int {
	i = s.space(i)
	if i >= len(s.b) || s.b[i] != ':' {
		return s.fail(i)
	}
	return s.space(i + 1)
}

// array validates the array at i.
func (s *scanner) array(i int) int {
	if !s.enter(i) {
		return failed
	}
	i = s.space(i + 1)
	if i < len(s.b) && s.b[i] == ']' {
		s.depth--
		return i + 1
	}
	for {
		if i = s.value(i); i == failed {
			return failed
		}
		next, done := s.separator(i, ']')
		if done || next == failed {
			return next
		}
		i = next
	}
}

// separator reads the comma or the closing bracket after an element.
func (s *scanner) separator(i int, closing byte) (next int, done bool) {
	i = s.space(i)
	if i >= len(s.b) {
		return s.fail(i), true
	}
	switch s.b[i] {
	case ',':
		return s.space(i + 1), false
	case closing:
		s.depth--
		return i + 1, true
	default:
		return s.fail(i), true
	}
}

func (s *scanner) enter(i int) bool {
	if s.depth++; s.depth > maxDepth {
		s.err = fmt.Errorf("json nested deeper than %d levels at byte %d", maxDepth, i)
		return false
	}
	return true
}

// space skips white space between tokens.
func (s *scanner) space(i int) int {
	if i >= len(s.b) || s.b[i] > ' ' {
		return i
	}
	return s.spaces(i)
}

// spaces is the rare part of space, apart so that space can be inlined.
func (s *scanner) spaces(i int) int {
	for i < len(s.b) && isSpace(s.b[i]) {
		i++
		s.spaced = true
	}
	return i
}

func isSpace(c byte) bool { return c == ' ' || c == '\n' || c == '\r' || c == '\t' }

// fail describes what is wrong at i without quoting the document: an answer
// may hold anything, also secrets.
func (s *scanner) fail(i int) int {
	s.err = fmt.Errorf("invalid json at byte %d", i)
	if i >= len(s.b) {
		s.err = fmt.Errorf("json ends too early, at byte %d", len(s.b))
	}
	return failed
}

// Valid returns nil for one well-formed JSON value, else where it breaks.
func Valid(b []byte) error {
	s := scanner{b: b}
	return s.document()
}
