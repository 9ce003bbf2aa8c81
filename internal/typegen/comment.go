package main

import (
	"fmt"
	"strings"
)

// sentence is a doc comment that begins with the name: what the description
// says becomes what the type is, has or tells.
func sentence(name, description string) string {
	if description == "" {
		return name + " is a part of other records."
	}
	return name + " " + verb(description) + " " + lowerFirst(description)
}

// verb joins the name of a type and its description, by how the latter begins.
func verb(description string) string {
	first, _, _ := strings.Cut(description, " ")
	switch first {
	case "A", "An", "The", "One", "What", "Somebody":
		return "is"
	case "Who", "Where", "Whether", "How":
		return "tells"
	}
	if isPlural(subject(description)) {
		return "has the"
	}
	return "is the"
}

// subject are the words before what describes them more closely.
func subject(description string) string {
	for i, word := range strings.Fields(description) {
		switch word {
		case "of", "in", "on", "for", "by", "that", "with":
			return strings.Join(strings.Fields(description)[:i], " ")
		}
	}
	return description
}

func isPlural(noun string) bool {
	return strings.HasSuffix(noun, "s") && !strings.HasSuffix(noun, "ss") && !strings.HasSuffix(noun, "us")
}

func lowerFirst(text string) string {
	if text == "" || len(text) > 1 && text[1] >= 'A' && text[1] <= 'Z' {
		return text
	}
	return strings.ToLower(text[:1]) + text[1:]
}

// comment writes text as a comment, wrapped.
func comment(b *strings.Builder, text string) {
	const width = 77
	line := "//"
	for word := range strings.FieldsSeq(text) {
		if len(line)+1+len(word) > width && line != "//" {
			fmt.Fprintln(b, line)
			line = "//"
		}
		line += " " + word
	}
	fmt.Fprintln(b, line)
}
