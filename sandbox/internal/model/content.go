package model

import (
	"encoding/json"
	"strings"
)

// readContent reads message content: a string, or a list of text parts. Null
// and a missing member are empty, and present is then false.
func readContent(raw json.RawMessage, param string) (text string, present bool, err error) {
	if absent(raw) {
		return "", false, nil
	}
	if json.Unmarshal(raw, &text) == nil {
		return text, true, nil
	}
	var parts []struct {
		Type    string `json:"type"`
		Text    string `json:"text"`
		Refusal string `json:"refusal"`
	}
	if json.Unmarshal(raw, &parts) != nil {
		return "", false, refuse(param, "invalid_type", "%s must be a string or a list of parts", param)
	}
	texts := make([]string, 0, len(parts))
	for i, part := range parts {
		switch part.Type {
		case "text", "input_text", "output_text":
			texts = append(texts, part.Text)
		case "refusal":
			texts = append(texts, part.Refusal)
		default:
			return "", false, refuse(at("%s[%d].type", param, i), "invalid_value",
				"%s holds a part of type %q; the scripted model reads text only", param, part.Type)
		}
	}
	return strings.Join(texts, "\n"), true, nil
}
