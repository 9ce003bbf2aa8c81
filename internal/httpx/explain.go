package httpx

import (
	"bytes"
	"encoding/json"
	"strings"
	"unicode"
	"unicode/utf8"
)

// The bounds of what an error repeats of the server's words.
const (
	maxExcerpt = 500 // runes of a message
	maxFields  = 20
	maxDepth   = 2 // of lists in lists: each level is read again by the next
)

// explain finds what an error body says: the usual members of a JSON error of
// any shape, the text of an HTML page, or plain text. Secrets are taken out
// before anything is cut, since half a secret would not be recognised.
func (c *Client) explain(body []byte) (string, []Field) {
	message, fields := interpret(body)
	for i, f := range fields {
		fields[i] = Field{Field: c.clean(f.Field), Code: c.clean(f.Code), Message: c.clean(f.Message)}
	}
	return c.clean(message), fields
}

// maxDetail is how long an answer may be that is passed on whole, in bytes.
const maxDetail = 32 << 10

// detail is an answer as it came, if it is JSON, without secrets; nil for any
// other. One in which taking out control characters would put a secret together
// is left out.
func (c *Client) detail(body []byte) []byte {
	trimmed := bytes.TrimSpace(body)
	if len(trimmed) == 0 || len(trimmed) > maxDetail || !json.Valid(trimmed) {
		return nil
	}
	text := c.secrets.Redact(string(trimmed))
	if line := oneLine(text); c.secrets.Redact(line) != line || !json.Valid([]byte(text)) {
		return nil
	}
	return []byte(text)
}

// clean makes foreign text fit for an error: no secrets, one line, bounded.
// Taking out control characters can put a secret together again, so it is
// looked for before and after.
func (c *Client) clean(text string) string {
	return cut(c.secrets.Redact(oneLine(c.secrets.Redact(text))))
}

func interpret(body []byte) (string, []Field) {
	trimmed := bytes.TrimSpace(body)
	if len(trimmed) == 0 {
		return "", nil
	}
	if json.Valid(trimmed) {
		return interpretJSON(trimmed)
	}
	if trimmed[0] == '<' {
		return htmlText(string(trimmed)), nil
	}
	return string(trimmed), nil
}

// interpretJSON reads the members that error bodies are known to have. A
// member of an unexpected type is shown as it is rather than dropped.
func interpretJSON(body []byte) (string, []Field) {
	members, ok := object(body)
	switch {
	case isBare(body):
		return "", nil
	case !ok:
		return saying(body, 0)
	}
	var parts []string
	var fields []Field
	for _, key := range []string{"message", "userPresentableMessage", "detail", "error", "errors"} {
		text, found := saying(members[key], 0)
		fields = append(fields, found...)
		if text != "" && !contains(parts, text) {
			parts = append(parts, text)
		}
	}
	if len(parts) == 0 {
		return string(body), nil
	}
	return strings.Join(parts, ": "), fields[:min(len(fields), maxFields)]
}

// isBare reports a number, true, false or null, which as a whole body explains
// nothing.
func isBare(value []byte) bool { return !bytes.ContainsRune([]byte(`"[{`), rune(value[0])) }

// saying turns one JSON value into words.
func saying(value json.RawMessage, depth int) (string, []Field) {
	value = bytes.TrimSpace(value)
	switch {
	case len(value) == 0, string(value) == "null", string(value) == "[]", string(value) == "{}":
		return "", nil
	case value[0] == '"':
		return text(value), nil
	case value[0] == '[' && depth < maxDepth:
		return sayingList(value, depth+1)
	case value[0] == '{':
		field := fieldOf(value)
		if field.Message == "" {
			return compact(value), nil
		}
		if field.Field == "" && field.Code == "" {
			return field.Message, nil
		}
		return field.String(), []Field{field}
	default:
		return string(value), nil
	}
}

func sayingList(value json.RawMessage, depth int) (string, []Field) {
	var items []json.RawMessage
	if json.Unmarshal(value, &items) != nil {
		return compact(value), nil
	}
	var parts []string
	var fields []Field
	for _, item := range items[:min(len(items), maxFields)] {
		said, found := saying(item, depth)
		if said != "" {
			parts = append(parts, said)
		}
		fields = append(fields, found...)
	}
	return strings.Join(parts, "; "), fields
}

func contains(parts []string, text string) bool {
	for _, p := range parts {
		if strings.Contains(p, text) {
			return true
		}
	}
	return false
}

func compact(value []byte) string {
	var b bytes.Buffer
	if json.Compact(&b, value) != nil {
		return string(value)
	}
	return b.String()
}

// oneLine brings text to one line of valid UTF-8 without control characters
// and without those that turn the direction of writing.
func oneLine(text string) string {
	text = strings.ToValidUTF8(text, "\uFFFD")
	text = strings.Map(func(r rune) rune {
		switch {
		case unicode.IsSpace(r):
			return ' '
		case unicode.IsControl(r), unicode.Is(unicode.Bidi_Control, r):
			return -1
		}
		return r
	}, text)
	return strings.Join(strings.Fields(text), " ")
}

func cut(text string) string {
	if utf8.RuneCountInString(text) <= maxExcerpt {
		return text
	}
	return string([]rune(text)[:maxExcerpt-1]) + "…"
}
