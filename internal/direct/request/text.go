package request

import (
	"strings"

	"github.com/tidwall/gjson"
)

// text is a value as a path, a query, a header or a form writes it: the inside
// of a string, true and false, a number with all its digits, and anything
// composed as compact JSON.
func text(raw string) string {
	switch {
	case raw[0] == '"':
		return gjson.Parse(raw).Str
	case isComposed(raw):
		return string(appendCompact(make([]byte, 0, len(raw)), raw))
	case isNumber(raw):
		return plainNumber(raw)
	default:
		return raw
	}
}

func isComposed(raw string) bool { return raw[0] == '{' || raw[0] == '[' }

func isNumber(raw string) bool { return raw != "" && (raw[0] == '-' || '0' <= raw[0] && raw[0] <= '9') }

// plainNumber writes a whole number such as 1.5e3 without its exponent:
// encoding/json writes large whole float64 so, and services want digits. All
// else stays as it is.
func plainNumber(raw string) string {
	if !strings.ContainsAny(raw, "eE") {
		return raw
	}
	if digits, whole := Whole(raw); whole {
		return digits
	}
	return raw
}

// appendCompact appends valid JSON without the white space between its tokens.
func appendCompact(dst []byte, raw string) []byte {
	if !isComposed(raw) {
		return append(dst, raw...)
	}
	start, quoted := 0, false
	for i := 0; i < len(raw); i++ {
		switch raw[i] {
		case '"':
			quoted = !quoted
		case '\\':
			i++ // whatever it escapes ends nothing
		case ' ', '\n', '\r', '\t':
			if !quoted {
				dst = append(dst, raw[start:i]...)
				start = i + 1
			}
		}
	}
	return append(dst, raw[start:]...)
}

// appendEscaped appends s with everything percent-encoded that is not a letter,
// a digit or one of -_.~, and with space in place of each space.
func appendEscaped(dst []byte, s, space string) []byte {
	const digits = "0123456789ABCDEF"
	for i := range len(s) {
		switch c := s[i]; {
		case isUnreserved(c):
			dst = append(dst, c)
		case c == ' ':
			dst = append(dst, space...)
		default:
			dst = append(dst, '%', digits[c>>4], digits[c&15])
		}
	}
	return dst
}

func isUnreserved(c byte) bool {
	return 'a' <= c && c <= 'z' || 'A' <= c && c <= 'Z' || '0' <= c && c <= '9' || strings.IndexByte("-_.~", c) >= 0
}
