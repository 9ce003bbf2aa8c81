package skilldoc

import (
	"bytes"
	"encoding/json"
	"strings"

	"github.com/tidwall/gjson"

	"github.com/agentsdk-go/airbyte/internal/envelope"
)

// words returns a value as text: a text as it is, anything else as compact
// JSON with sorted keys, null and nothing as "".
func words(value gjson.Result) string {
	switch value.Type {
	case gjson.Null:
		return ""
	case gjson.String:
		return strings.ReplaceAll(value.Str, "\r\n", "\n")
	default:
		return sorted(value.Raw)
	}
}

// line returns a value as text on one line.
func line(value gjson.Result) string {
	return strings.NewReplacer("\n", " ", "\r", " ").Replace(words(value))
}

// sorted writes JSON compactly with sorted keys, every digit kept.
func sorted(raw string) string {
	decoder := json.NewDecoder(strings.NewReader(raw))
	decoder.UseNumber()
	var value any
	if err := decoder.Decode(&value); err != nil {
		return raw // nested deeper than the decoder takes
	}
	text, err := envelope.Marshal(value)
	if err != nil {
		return raw
	}
	return string(bytes.TrimSpace(text))
}
