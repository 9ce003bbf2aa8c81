package output

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
)

// JSON writes one JSON value, indented by two spaces, with a newline behind
// it; "null" for an empty value. The order of keys, the digits of numbers and
// the characters < > & stay as they are.
//
// Control characters that JSON allows unescaped in texts, which some terminals
// obey, are written as \u escapes: the value is the same.
func JSON(w io.Writer, raw json.RawMessage) error {
	raw = bytes.Trim(raw, " \t\r\n")
	if len(raw) == 0 {
		raw = json.RawMessage("null")
	}
	var text bytes.Buffer
	text.Grow(len(raw) + len(raw)/4)
	if err := json.Indent(&text, raw, "", "  "); err != nil {
		return fmt.Errorf("the answer is not valid json: %w", err)
	}
	text.WriteByte('\n')
	if _, err := w.Write(escapeControls(text.Bytes())); err != nil {
		return fmt.Errorf("writing the output: %w", err)
	}
	return nil
}

// escapeControls escapes U+007F to U+009F. In valid JSON they stand only in
// texts, where an escape means the same.
func escapeControls(text []byte) []byte {
	var escaped []byte // nil until there is something to escape
	done := 0
	for i := 0; i < len(text); i++ {
		var code byte
		length := 1
		switch {
		case text[i] == 0x7f:
			code = 0x7f
		case text[i] == 0xc2 && i+1 < len(text) && 0x80 <= text[i+1] && text[i+1] < 0xa0:
			code, length = text[i+1], 2
		default:
			continue
		}
		escaped = fmt.Appendf(append(escaped, text[done:i]...), `\u%04x`, code)
		done = i + length
		i = done - 1
	}
	if done == 0 {
		return text
	}
	return append(escaped, text[done:]...)
}
