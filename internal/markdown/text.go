package markdown

import (
	"strings"
	"unicode"
)

// Plain is text that holds no markup. What is inline code already stays.
func Plain(text string) string {
	parts := strings.Split(text, "`")
	for i := 0; i < len(parts); i += 2 {
		parts[i] = markup.Replace(parts[i])
	}
	return strings.Join(parts, "`")
}

var markup = strings.NewReplacer("<", "&lt;", "*", `\*`, "[", `\[`)

// Cell is plain text in a table, on one line.
func Cell(text string) string {
	return strings.ReplaceAll(Plain(strings.Join(strings.Fields(text), " ")), "|", `\|`)
}

// Anchor is the fragment that code hosts make of a heading.
func Anchor(heading string) string {
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
