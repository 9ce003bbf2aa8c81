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
	return strings.ReplaceAll(plain(strings.Join(strings.Fields(text), " ")), "|", `\|`)
}

// paragraphs makes Markdown of a help text: what is indented in it is code.
func paragraphs(text string) string {
	var out []string
	for block := range strings.SplitSeq(strings.Trim(text, "\n"), "\n\n") {
		if isIndented(block) {
			out = append(out, fence(block))
			continue
		}
		out = append(out, plain(block))
	}
	return strings.Join(out, "\n\n")
}

func isIndented(block string) bool {
	for line := range strings.SplitSeq(block, "\n") {
		if !strings.HasPrefix(line, "  ") {
			return false
		}
	}
	return true
}

// fence makes a block of code of lines, without what they are indented by.
func fence(lines string) string {
	var b strings.Builder
	b.WriteString("```\n")
	for line := range strings.SplitSeq(strings.Trim(lines, "\n"), "\n") {
		b.WriteString(strings.TrimRight(strings.TrimPrefix(line, "  "), " ") + "\n")
	}
	b.WriteString("```")
	return b.String()
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
