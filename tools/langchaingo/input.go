package langchaingo

import (
	"regexp"
	"strings"
)

// continuation matches what a model writes after its input when no stop word
// held it back: the next step of the text protocol, invented. A line break
// inside a JSON string is written \n, so valid JSON never matches.
var continuation = regexp.MustCompile(`(?i)\n[ \t]*(observation|thought|action|action input|final answer)[ \t]*:`)

// actionInput is the part of an agent's input that is the tool's argument.
// Wrappings such as a code fence or __arg1 are left for the tool to open, and
// so is what it must refuse.
func actionInput(input string) string {
	if at := continuation.FindStringIndex(input); at != nil {
		input = input[:at[0]]
	}
	input = strings.TrimSpace(input)
	if inner, ok := inlineCode(input); ok {
		input = inner
	}
	return input
}

// inlineCode takes single backticks off; a fence of three is the tool's to
// open.
func inlineCode(text string) (string, bool) {
	if len(text) < 2 || strings.HasPrefix(text, "``") || text[0] != '`' || text[len(text)-1] != '`' {
		return "", false
	}
	return strings.TrimSpace(text[1 : len(text)-1]), true
}
