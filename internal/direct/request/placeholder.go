package request

import (
	"errors"
	"fmt"
	"strings"
)

// Slots lists the names in {braces} of a path or a file-url template, in order;
// what is not a well-formed placeholder has none.
func Slots(template string) []string {
	var out []string
	for template != "" {
		_, name, rest, err := nextPlaceholder(template)
		if err != nil {
			return out
		}
		if name != "" {
			out = append(out, name)
		}
		template = rest
	}
	return out
}

// nextPlaceholder splits s after its first {name}. Without any, all of s is
// literal.
func nextPlaceholder(s string) (literal, name, rest string, err error) {
	open := strings.IndexAny(s, "{}")
	if open < 0 {
		return s, "", "", nil
	}
	if s[open] == '}' {
		return "", "", "", errors.New("} without {")
	}
	end := strings.IndexAny(s[open+1:], "{}")
	if end < 0 || s[open+1+end] == '{' {
		return "", "", "", errors.New("{ without }")
	}
	name = s[open+1 : open+1+end]
	if name == "" || strings.ContainsFunc(name, func(r rune) bool { return !isWord(r) }) {
		return "", "", "", fmt.Errorf("{%s} is no name of a parameter", name)
	}
	return s[:open], name, s[open+end+2:], nil
}

func isWord(r rune) bool {
	return r == '_' || r == '-' || 'a' <= r && r <= 'z' || 'A' <= r && r <= 'Z' || '0' <= r && r <= '9'
}
