package jsonpath

import (
	"fmt"
	"strconv"
	"strings"
)

const (
	maxText   = 1024 // bytes of an expression
	maxDigits = 9    // of an index, so that it is an int everywhere
)

const supported = "supported are $ followed by .name, [0] and [*]"

// Compile reads an expression: $ followed by any number of .name, [n] and
// [*]. A name is a letter or underscore, then letters, digits, underscores and
// hyphens. The error for anything else tells the position, in bytes, and what
// is supported.
func Compile(expr string) (Path, error) {
	if len(expr) > maxText {
		return Path{}, fmt.Errorf("json path of %d bytes is longer than %d", len(expr), maxText)
	}
	if expr == "" || expr[0] != '$' {
		return Path{}, fmt.Errorf("json path %q does not begin with $; %s", expr, supported)
	}
	p := Path{text: expr}
	for at := 1; at < len(expr); {
		step, length := next(expr[at:])
		if length == 0 {
			return Path{}, fmt.Errorf("json path %q: unexpected %q at position %d; %s", expr, expr[at:], at+1, supported)
		}
		p.steps = append(p.steps, step)
		at += length
	}
	return p, nil
}

// next reads the step that text begins with. A length of 0 means that there is
// none.
func next(text string) (s step, length int) {
	if name, dot := strings.CutPrefix(text, "."); dot {
		n := nameLength(name)
		if n == 0 {
			return step{}, 0
		}
		return step{kind: member, name: name[:n]}, 1 + n
	}
	inside, bracket := strings.CutPrefix(text, "[")
	inside, _, closed := strings.Cut(inside, "]")
	if !bracket || !closed {
		return step{}, 0
	}
	if inside == "*" {
		return step{kind: wildcard}, len("[*]")
	}
	index, ok := parseIndex(inside)
	if !ok {
		return step{}, 0
	}
	return step{kind: element, index: index}, len(inside) + len("[]")
}

// parseIndex reads a number without sign and leading zeros.
func parseIndex(digits string) (int, bool) {
	if len(digits) > maxDigits || len(digits) > 1 && digits[0] == '0' {
		return 0, false
	}
	n, err := strconv.ParseUint(digits, 10, 32)
	return int(n), err == nil
}

func nameLength(text string) int {
	for i := range len(text) {
		if c := text[i]; !isLetter(c) && (i == 0 || c != '-' && !isDigit(c)) {
			return i
		}
	}
	return len(text)
}

func isLetter(c byte) bool { return c == '_' || 'a' <= c|0x20 && c|0x20 <= 'z' }

func isDigit(c byte) bool { return '0' <= c && c <= '9' }
