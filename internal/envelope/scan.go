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
type scanner struct {
	b      []byte
	depth  int
	spaced bool // white space was found between tokens
}

// document validates b as one JSON value and returns that value's span.
func (s *scanner) document() ([]byte, error) {
	start := s.space(0)
	if start == len(s.b) {
		return nil, errEmpty
	}
	end, err := s.value(start)
	if err != nil {
		return nil, err
	}
	if rest := s.space(end); rest != len(s.b) {
		return nil, s.fail(rest)
	}
	return s.b[start:end], nil
}

// value validates the value that starts at i and returns the index after it.
func (s *scanner) value(i int) (int, error) {
	if i >= len(s.b) {
		return 0, s.fail(i)
	}
	switch c := s.b[i]; c {
	case '{':
		return s.object(i, nil)
	case '[':
		return s.array(i)
	case '"':
		return s.str(i)
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
func (s *scanner) object(i int, read func(key []byte, at int) (end int, err error)) (int, error) {
	if err := s.enter(i); err != nil {
		return 0, err
	}
	i = s.space(i + 1)
	if i < len(s.b) && s.b[i] == '}' {
		s.depth--
		return i + 1, nil
	}
	for {
		key, at, err := s.key(i)
		if err != nil {
			return 0, err
		}
		end := 0
		if read == nil {
			end, err = s.value(at)
		} else {
			end, err = read(key, at)
		}
		if err != nil {
			return 0, err
		}
		next, done, err := s.separator(end, '}')
		if err != nil || done {
			return next, err
		}
		i = next
	}
}

// key validates the key at i and its colon, and returns where the value starts.
func (s *scanner) key(i int) (key []byte, at int, err error) {
	if i >= len(s.b) || s.b[i] != '"' {
		return nil, 0, s.fail(i)
	}
	end, err := s.str(i)
	if err != nil {
		return nil, 0, err
	}
	colon := s.space(end)
	if colon >= len(s.b) || s.b[colon] != ':' {
		return nil, 0, s.fail(colon)
	}
	return s.b[i+1 : end-1], s.space(colon + 1), nil
}

// array validates the array at i.
func (s *scanner) array(i int) (int, error) {
	if err := s.enter(i); err != nil {
		return 0, err
	}
	i = s.space(i + 1)
	if i < len(s.b) && s.b[i] == ']' {
		s.depth--
		return i + 1, nil
	}
	for {
		end, err := s.value(i)
		if err != nil {
			return 0, err
		}
		next, done, err := s.separator(end, ']')
		if err != nil || done {
			return next, err
		}
		i = next
	}
}

// separator reads the comma or the closing bracket after an element.
func (s *scanner) separator(i int, closing byte) (next int, done bool, err error) {
	i = s.space(i)
	if i < len(s.b) {
		switch s.b[i] {
		case ',':
			return s.space(i + 1), false, nil
		case closing:
			s.depth--
			return i + 1, true, nil
		}
	}
	return 0, false, s.fail(i)
}

func (s *scanner) enter(i int) error {
	if s.depth++; s.depth > maxDepth {
		return fmt.Errorf("json nested deeper than %d levels at byte %d", maxDepth, i)
	}
	return nil
}

// str validates the string whose opening quote is at i.
func (s *scanner) str(i int) (int, error) {
	for i++; ; {
		i += plain(s.b[i:])
		if i >= len(s.b) {
			return 0, s.fail(i)
		}
		switch c := s.b[i]; {
		case c == '"':
			return i + 1, nil
		case c != '\\':
			return 0, s.fail(i) // a raw control character
		}
		n := escape(s.b[i+1:])
		if n == 0 {
			return 0, s.fail(i)
		}
		i += 1 + n
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

// plain returns how many bytes at the start of b belong to a string's inside
// as they are: no quote, backslash or control character. It looks at eight
// bytes at a time, which makes long texts nearly free.
func plain(b []byte) int {
	n := 0
	for ; len(b)-n >= 8; n += 8 {
		if special := specials(binary.LittleEndian.Uint64(b[n:])); special != 0 {
			return n + bits.TrailingZeros64(special)/8
		}
	}
	for ; n < len(b); n++ {
		if c := b[n]; c == '"' || c == '\\' || c < 0x20 {
			break
		}
	}
	return n
}

// specials sets the high bit of each byte of w that ends a plain run. Bits
// above the lowest set one may be wrong (borrows), so only the lowest counts.
func specials(w uint64) uint64 {
	const ones, highs = 0x0101010101010101, 0x8080808080808080
	quote := w ^ ('"' * ones)
	backslash := w ^ ('\\' * ones)
	return ((quote - ones) & ^quote & highs) |
		((backslash - ones) & ^backslash & highs) |
		((w - 0x20*ones) & ^w & highs)
}

// number validates the number at i.
func (s *scanner) number(i int) (int, error) {
	start := i
	if i < len(s.b) && s.b[i] == '-' {
		i++
	}
	switch {
	case i < len(s.b) && s.b[i] == '0':
		i++
	default:
		digits := s.digits(i)
		if digits == i {
			return 0, s.fail(start)
		}
		i = digits
	}
	if i < len(s.b) && s.b[i] == '.' {
		end := s.digits(i + 1)
		if end == i+1 {
			return 0, s.fail(i)
		}
		i = end
	}
	if i < len(s.b) && s.b[i]|0x20 == 'e' {
		return s.exponent(i + 1)
	}
	return i, nil
}

func (s *scanner) exponent(i int) (int, error) {
	if i < len(s.b) && (s.b[i] == '+' || s.b[i] == '-') {
		i++
	}
	end := s.digits(i)
	if end == i {
		return 0, s.fail(i)
	}
	return end, nil
}

func (s *scanner) digits(i int) int {
	for i < len(s.b) && isDigit(s.b[i]) {
		i++
	}
	return i
}

func (s *scanner) literal(i int, word string) (int, error) {
	if end := i + len(word); end <= len(s.b) && string(s.b[i:end]) == word {
		return end, nil
	}
	return 0, s.fail(i)
}

// space skips white space between tokens.
func (s *scanner) space(i int) int {
	if i >= len(s.b) || s.b[i] > ' ' {
		return i
	}
	for i < len(s.b) && isSpace(s.b[i]) {
		i++
		s.spaced = true
	}
	return i
}

func isSpace(c byte) bool { return c == ' ' || c == '\n' || c == '\r' || c == '\t' }

// fail describes what is wrong at i without quoting the document: an answer
// may hold anything, also secrets.
func (s *scanner) fail(i int) error {
	if i >= len(s.b) {
		return fmt.Errorf("json ends too early, at byte %d", len(s.b))
	}
	return fmt.Errorf("invalid json at byte %d", i)
}

// Valid returns nil for one well-formed JSON value, else where it breaks.
func Valid(b []byte) error {
	s := scanner{b: b}
	_, err := s.document()
	return err
}
