package main

import (
	"strings"
	"unicode"
)

// plain is text that holds no markup. What is inline code already stays.
func plain(text string) string {
	parts := strings.Split(text, "`")
	for i := 0; i < len(parts); i += 2 {
		parts[i] = markup.Replace(parts[i])
	}
	return strings.Join(parts, "`")
}

var markup = strings.NewReplacer("<", "&lt;", "*", `\*`, "[", `\[`)

// cell is plain text in a table.
func cell(text string) string {
	return strings.ReplaceAll(plain(text), "|", `\|`)
}

// anchor is the fragment that code hosts make of a heading.
func anchor(heading string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case r == ' ':
			return '-'
		case r == '-' || r == '_' || unicode.IsLetter(r) || unicode.IsDigit(r):
			return unicode.ToLower(r)
		default:
			return -1
		}
	}, heading)
}
