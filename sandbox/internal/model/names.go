package model

import (
	"regexp"
	"slices"
	"strings"
)

var (
	emailPattern  = regexp.MustCompile(`[\w.+-]+@[\w-]+(?:\.[\w-]+)+`)
	quotedPattern = regexp.MustCompile(`["“]([^"”]+)["”]`)
)

const capitalised = `([A-Z][\w.&'-]*(?:\s+(?:[A-Z0-9][\w.&'-]*|and|of|&)(?:\s+[A-Z][\w.&'-]*)?)*)`

// openers are capitalised words that begin a question and name nothing.
var openers = []string{
	"show", "list", "find", "get", "give", "tell", "which", "what", "who", "how", "are", "is", "do", "does",
	"search", "look", "the", "all", "any", "please", "can", "could", "pylon", "our", "my", "in", "for",
}

// properName returns the name in quotes, after the noun, or before it: "the
// account Acme Labs", "the Acme Labs account". It is empty when none is named.
func properName(text, nouns string) string {
	if quoted := quotedPattern.FindStringSubmatch(text); quoted != nil {
		return quoted[1]
	}
	after := regexp.MustCompile(`\b(?i:` + nouns + `)(?i:\s+(?:named|called|is|of|at|for))*\s+` + capitalised)
	if m := after.FindStringSubmatch(text); m != nil {
		return strings.TrimRight(m[1], ".'")
	}
	before := regexp.MustCompile(capitalised + `(?:'s)?\s+(?i:` + nouns + `)\b`)
	if m := before.FindStringSubmatch(text); m != nil {
		return withoutOpeners(m[1])
	}
	return ""
}

func withoutOpeners(name string) string {
	parts := strings.Fields(strings.TrimSuffix(name, "'s"))
	for len(parts) > 0 && slices.Contains(openers, strings.ToLower(parts[0])) {
		parts = parts[1:]
	}
	return strings.Join(parts, " ")
}
