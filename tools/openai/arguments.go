package openai

import (
	"encoding/json"
	"strings"

	"github.com/tidwall/gjson"
)

// replayable returns arguments that may stand in the history of a conversation.
// Strict servers refuse a request whose history holds arguments that are not a
// JSON object, so an object in a string or in a code fence, which tools accept,
// is taken out of it. Anything else is replaced by an empty object: the tool's
// answer, which follows it, says what was wrong.
func replayable(arguments string) string {
	if isObject(arguments) {
		return arguments
	}
	var inner string
	if json.Unmarshal([]byte(arguments), &inner) == nil && isObject(inner) {
		return inner
	}
	if inner = unfenced(arguments); isObject(inner) {
		return inner
	}
	return "{}"
}

// unfenced is the text between the lines of a Markdown code fence, or "".
func unfenced(text string) string {
	_, body, opened := strings.Cut(text, "```")
	_, body, line := strings.Cut(body, "\n")
	body, _, closed := strings.Cut(body, "```")
	if !opened || !line || !closed {
		return ""
	}
	return strings.TrimSpace(body)
}

func isObject(text string) bool {
	return gjson.Valid(text) && gjson.Parse(text).IsObject()
}
