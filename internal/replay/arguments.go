package replay

import (
	"encoding/json"
	"strings"

	"github.com/agentsdk-go/airbyte/internal/envelope"
)

// maxWrapping is how many wrappings are opened, the same number that a tool
// opens: a code fence in a JSON string is two.
const maxWrapping = 4

// maxMalformed bounds in characters what a model reads of its own broken
// arguments: enough to see the mistake.
const maxMalformed = 2000

// Arguments returns the arguments of a tool call as one valid JSON object, the
// only form that every provider takes back.
//
// An object stays as it is, byte for byte. One in a JSON string or in a code
// fence, which tools accept, is taken out of it; nothing and null are {}.
// Anything else becomes {"malformed_arguments": "…"} with the model's own text,
// cut after 2,000 characters: the tool's answer, which follows in the history,
// says what was wrong, and the model needs to see with what.
func Arguments(written string) string {
	if isObject(written) {
		return written
	}
	text := strings.TrimSpace(written)
	for range maxWrapping {
		if text == "" || text == "null" {
			return "{}"
		}
		inside, ok := unwrap(text)
		if !ok {
			break
		}
		if text = strings.TrimSpace(inside); isObject(text) {
			return text
		}
	}
	return malformed(written)
}

func isObject(text string) bool {
	return strings.HasPrefix(strings.TrimLeft(text, " \t\r\n"), "{") && json.Valid([]byte(text))
}

// unwrap opens one JSON string or one Markdown code fence.
func unwrap(text string) (inside string, ok bool) {
	if fenced, ok := strings.CutPrefix(text, "```"); ok {
		_, inside, lines := strings.Cut(fenced, "\n")
		if !lines { // the whole fence on one line
			inside = strings.TrimPrefix(fenced, "json")
		}
		return strings.TrimSuffix(strings.TrimSpace(inside), "```"), true
	}
	err := json.Unmarshal([]byte(text), &inside)
	return inside, err == nil
}

func malformed(written string) string {
	if runes := []rune(written); len(runes) > maxMalformed {
		written = string(runes[:maxMalformed]) + "…"
	}
	return string(envelope.Encode(map[string]string{"malformed_arguments": written}))
}
