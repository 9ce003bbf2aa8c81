package openai

import (
	"encoding/json"

	"github.com/openai/openai-go/v3"
	"github.com/openai/openai-go/v3/packages/respjson"
	"github.com/tidwall/gjson"
)

// extraFields are the members of a tool call that the Chat Completions API does
// not have. Compatible servers add some and want them back with the history:
// Gemini refuses a call whose extra_content with the thought signature is gone.
type extraFields map[string]any

// extrasOf reads the extra fields of a whole tool call.
func extrasOf(call openai.ChatCompletionMessageToolCallUnion) extraFields {
	extras := extraFields{}
	gjson.Parse(call.RawJSON()).ForEach(func(key, value gjson.Result) bool {
		switch key.Str {
		case "id", "type", "function", "custom", "index":
		default:
			extras[key.Str] = json.RawMessage(value.Raw)
		}
		return true
	})
	return extras
}

// add takes over the extra fields of one piece of a streamed tool call, which
// the client's accumulator drops.
func (e extraFields) add(fields map[string]respjson.Field) {
	for name, field := range fields {
		e[name] = json.RawMessage(field.Raw())
	}
}
