package jsonpath

import (
	"slices"

	"github.com/agentsdk-go/airbyte/internal/envelope"
)

// Path is a compiled expression. The zero Path is the root. A Path is safe for
// concurrent use.
type Path struct {
	text  string
	steps []step
}

// step goes from a value to one of its parts, or to all of them.
type step struct {
	kind  kind
	name  string // of a member
	index int    // of an element
}

type kind int

const (
	member kind = iota
	element
	wildcard
)

// String returns the expression as it was compiled, "$" for the zero Path.
func (p Path) String() string {
	if p.text == "" {
		return "$"
	}
	return p.text
}

// IsRoot reports whether the path is the document itself.
func (p Path) IsRoot() bool { return len(p.steps) == 0 }

// HasWildcard reports whether the path can match more than once.
func (p Path) HasWildcard() bool {
	return slices.ContainsFunc(p.steps, func(s step) bool { return s.kind == wildcard })
}

// Split returns the names of the members with which the path begins, and what
// follows them: $.a.b[*].c begins with a and b, and [*].c follows. Who walks a
// document anyway can look for the names and select only from there.
func (p Path) Split() (names []string, rest Path) {
	for i, s := range p.steps {
		if s.kind != member {
			return names, Path{text: p.text, steps: p.steps[i:]}
		}
		names = append(names, s.name)
	}
	return names, Path{}
}

// Select returns what matches in doc, which must be valid JSON: parts of doc
// without white space around them, in order. A null that is there is a match;
// a member of what is no object and an element of what is no array are not.
// [*] gives the elements of an array and the values of an object. Of members
// with the same name the last counts, as in encoding/json.
func (p Path) Select(doc []byte) [][]byte {
	s := selection{steps: p.steps}
	s.from(0, trim(doc))
	return s.found
}

// selection collects matches while it walks down the steps.
type selection struct {
	steps []step
	found [][]byte
}

// from selects with the i-th step and those after it.
func (s *selection) from(i int, value []byte) {
	if len(value) == 0 {
		return
	}
	if i == len(s.steps) {
		s.found = append(s.found, value)
		return
	}
	switch step := s.steps[i]; step.kind {
	case member:
		s.from(i+1, envelope.Member(value, step.name))
	case element:
		s.from(i+1, nth(value, step.index))
	case wildcard:
		s.each(i+1, value)
	}
}

func (s *selection) each(next int, value []byte) {
	envelope.EachElement(value, func(element []byte) bool {
		s.from(next, element)
		return true
	})
	for _, v := range values(value) {
		s.from(next, v)
	}
}

// nth returns the element of an array, nil when there is none.
func nth(array []byte, n int) (found []byte) {
	envelope.EachElement(array, func(element []byte) bool {
		if n == 0 {
			found = element
		}
		n--
		return n >= 0
	})
	return found
}

// values returns the values of an object. A name that comes again keeps its
// place and takes the new value.
func values(object []byte) (list [][]byte) {
	seen := map[string]int{}
	envelope.EachMember(object, func(key, value []byte) bool {
		name := envelope.Key(key)
		if i, again := seen[name]; again {
			list[i] = value
			return true
		}
		seen[name] = len(list)
		list = append(list, value)
		return true
	})
	return list
}

// trim cuts the white space that JSON allows around a document.
func trim(doc []byte) []byte {
	for len(doc) > 0 && isSpace(doc[0]) {
		doc = doc[1:]
	}
	for len(doc) > 0 && isSpace(doc[len(doc)-1]) {
		doc = doc[:len(doc)-1]
	}
	return slices.Clip(doc)
}

func isSpace(c byte) bool { return c == ' ' || c == '\n' || c == '\r' || c == '\t' }
