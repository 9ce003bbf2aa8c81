package langchaingo

import (
	"encoding/json"
	"regexp"
	"strings"
)

// What a model writes after its input when no stop word held it back: the next
// steps of the text protocol, invented.
var (
	continuation    = regexp.MustCompile(`(?i)\n[ \t]*(observation|thought|action|action input|final answer)[ \t]*:`)
	lastObservation = regexp.MustCompile(`(?i)\n[ \t]*observation[ \t]*:[^\n]*$`)
)

// fence is a Markdown code fence with its content.
var fence = regexp.MustCompile("(?s)^```\\w*\\s*(.*)```$")

// actionInput is the part of an agent's input that is the tool's argument.
// Wrappings such as a code fence or __arg1 are left for the tool to open, and
// so is what it must refuse.
func actionInput(input string) string {
	input = withoutContinuation(strings.TrimSpace(input))
	if inner, ok := inlineCode(input); ok {
		input = inner
	}
	return input
}

// withoutContinuation cuts at the first invented step if all before it is JSON.
// Later ones need no look: a line break inside a JSON string is written \n, so
// JSON never matches. In plain text a line such as "Action: refund please" can
// be the user's own. Only the last line may go there, where it is the
// observation that stock agents stop the model at.
func withoutContinuation(input string) string {
	if at := continuation.FindStringIndex(input); at != nil {
		if head := strings.TrimSpace(input[:at[0]]); isJSON(head) {
			return head
		}
	}
	if at := lastObservation.FindStringIndex(input); at != nil {
		return strings.TrimSpace(input[:at[0]])
	}
	return input
}

// isJSON reports whether text is a JSON object, array or string, or code that
// holds one. A bare number or word can be the first line of plain text.
func isJSON(text string) bool {
	if inner, ok := inlineCode(text); ok {
		text = inner
	} else if match := fence.FindStringSubmatch(text); match != nil {
		text = strings.TrimSpace(match[1])
	}
	return text != "" && strings.IndexByte(`{["`, text[0]) >= 0 && json.Valid([]byte(text))
}

// inlineCode takes single backticks off; a fence of three is the tool's to
// open.
func inlineCode(text string) (string, bool) {
	if len(text) < 2 || strings.HasPrefix(text, "``") || text[0] != '`' || text[len(text)-1] != '`' {
		return "", false
	}
	return strings.TrimSpace(text[1 : len(text)-1]), true
}
