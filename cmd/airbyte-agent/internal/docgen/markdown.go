package main

import (
	"strings"

	"github.com/agentsdk-go/airbyte/internal/markdown"
)

// paragraphs makes Markdown of a help text: what is indented in it is code.
func paragraphs(text string) string {
	var out []string
	for block := range strings.SplitSeq(strings.Trim(text, "\n"), "\n\n") {
		if isIndented(block) {
			out = append(out, fence(block))
			continue
		}
		out = append(out, markdown.Plain(block))
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
