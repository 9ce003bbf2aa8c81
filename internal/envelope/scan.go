package envelope

import (
	"encoding/binary"
	"errors"
	"fmt"
	"math/bits"
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

// str validates the string whose opening quote is at i.
func (s *scanner) str(i int) int {
	for i++; ; {
		i = plain(s.b, i)
		if i >= len(s.b) {
			return s.fail(i)
		}
		switch s.b[i] {
		case '"':
			return i + 1
		case '\\':
			n := escape(s.b[i+1:])
			if n == 0 {
				return s.fail(i)
			}
			i += 1 + n
		default:
			return s.fail(i) // a raw control character
		}
	}
}

// escape returns the length of the escape sequence after a backslash, 0 when
// it is not one.
func escape(b []byte) int {
	if len(b) == 0 {
		return 0
	}
	switch b[0] {
	case '"', '\\', '/', 'b', 'f', 'n', 'r', 't':
		return 1
	case 'u':
		if len(b) >= 5 && isHex(b[1]) && isHex(b[2]) && isHex(b[3]) && isHex(b[4]) {
			return 5
		}
	}
	return 0
}

func isHex(c byte) bool {
	return isDigit(c) || 'a' <= c|0x20 && c|0x20 <= 'f'
}

func isDigit(c byte) bool { return '0' <= c && c <= '9' }

// plain returns the index of the first byte of b from i on that does not belong
// to a string's inside as it is: a quote, a backslash or a control character. It
// looks at eight bytes at a time, which makes long texts nearly free.
func plain(b []byte, i int) int {
	for ; i+8 <= len(b); i += 8 {
		if special := specials(binary.LittleEndian.Uint64(b[i:])); special != 0 {
			return i + bits.TrailingZeros64(special)/8
		}
	}
	for ; i < len(b); i++ {
		if c := b[i]; c == '"' || c == '\\' || c < 0x20 {
			break
		}
	}
	return i
}

// specials sets the high bit of each byte of w that ends a plain run. Bits
// above the lowest set one may be wrong (borrows), so only the lowest counts.
func specials(w uint64) uint64 {
	const ones, highs = 0x0101010101010101, 0x8080808080808080
	quote := w ^ ('"' * ones)
	backslash := w ^ ('\\' * ones)
	return ((quote-ones)&^quote | (backslash-ones)&^backslash | (w-0x20*ones)&^w) & highs
}

// number validates the number at i.
func (s *scanner) number(i int) int {
	start := i
	if i < len(s.b) && s.b[i] == '-' {
		i++
	}
	if i < len(s.b) && s.b[i] == '0' {
		i++
	} else if i = s.digits(i); i == failed {
		return s.fail(start)
	}
	if i < len(s.b) && s.b[i] == '.' {
		if i = s.digits(i + 1); i == failed {
			return s.fail(start)
		}
	}
	if i < len(s.b) && s.b[i]|0x20 == 'e' {
		i++
		if i < len(s.b) && (s.b[i] == '+' || s.b[i] == '-') {
			i++
		}
		if i = s.digits(i); i == failed {
			return s.fail(start)
		}
	}
	return i
}

// digits skips one digit or more.
func (s *scanner) digits(i int) int {
	start := i
	for i < len(s.b) && isDigit(s.b[i]) {
		i++
	}
	if i == start {
		return failed
	}
	return i
}

func (s *scanner) literal(i int, word string) int {
	if end := i + len(word); end <= len(s.b) && string(s.b[i:end]) == word {
		return end
	}
	return s.fail(i)
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
