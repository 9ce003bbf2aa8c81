package envelope

import (
	"encoding/binary"
	"math/bits"
)

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
