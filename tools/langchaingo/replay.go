package langchaingo

import (
	"encoding/json"
	"regexp"
	"strings"
)

// maxMalformed bounds what a model reads of its own broken arguments: enough to
// see the mistake.
const maxMalformed = 2000

var (
	codeFence   = regexp.MustCompile("(?s)^```[a-zA-Z]*\\s*(.*?)\\s*```$")
	illegalName = regexp.MustCompile(`[^a-zA-Z0-9_-]`)
)

// replayArguments is arguments as a JSON object. llms/anthropic and
// llms/googleai fail the whole request on history that is anything else, and so
// do OpenAI-compatible servers that parse it.
func replayArguments(arguments string) string {
	text := strings.TrimSpace(arguments)
	if text == "" || text == "null" {
		return "{}"
	}
	if fenced := codeFence.FindStringSubmatch(text); fenced != nil {
		text = fenced[1]
	}
	var quoted string
	if json.Unmarshal([]byte(text), &quoted) == nil {
		text = strings.TrimSpace(quoted)
	}
	if strings.HasPrefix(text, "{") && json.Valid([]byte(text)) {
		return text
	}
	return malformed(arguments)
}

func malformed(arguments string) string {
	if runes := []rune(arguments); len(runes) > maxMalformed {
		arguments = string(runes[:maxMalformed]) + "…"
	}
	// A map of strings always marshals.
	object, _ := json.Marshal(map[string]string{"malformed_arguments": arguments}) //nolint:errchkjson // see above
	return string(object)
}

// replayName is name in the form that providers accept in history; a model that
// invents "functions.search" would otherwise break every later request of the
// run.
func replayName(name string) string {
	name = illegalName.ReplaceAllString(name, "_")
	if name == "" {
		return "unnamed"
	}
	return name[:min(len(name), 64)]
}
