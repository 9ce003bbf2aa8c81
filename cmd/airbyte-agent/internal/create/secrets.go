package create

import (
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/tidwall/gjson"
	"github.com/tidwall/sjson"

	"github.com/agentsdk-go/airbyte/cmd/airbyte-agent/internal/failure"
	"github.com/agentsdk-go/airbyte/internal/envelope"
	"github.com/agentsdk-go/airbyte/internal/httpx"
)

const redacted = "[redacted]"

// How long a text must be, in bytes, to be hidden where it is a whole value, and
// within other texts, wherever it comes. Shorter ones, such as "eu" or "v2", are
// what other values are by chance; members that are named like secrets are hidden
// whatever they hold.
const (
	minWhole  = 4
	minWithin = 8
)

// secrets are the texts of a connector's credentials, which servers like to
// repeat: in what was made, or in what they refuse.
type secrets struct {
	names  names
	public []string        // texts that the order shows by itself, such as the workspace
	whole  map[string]bool // as values
	words  []string        // too short to be looked for inside words
	within httpx.Secrets
}

// secrets are those of the order: all texts of its credentials, and of its
// configuration the ones that are named like it.
func (o order) secrets() *secrets {
	s := &secrets{
		names:  namesOf(o.template),
		public: []string{o.name, o.workspace, o.template.ID, o.template.Name, o.template.Slug},
		whole:  map[string]bool{},
	}
	for _, all := range []json.RawMessage{o.credentials, o.entered} {
		s.names.walk("", all, func(l leaf) {
			isText := l.value.Type == gjson.String && !l.listed && !slices.Contains(s.public, l.value.String())
			if l.secret || isText {
				s.add(l)
			}
		})
	}
	for _, some := range []json.RawMessage{o.config, o.environment} {
		s.names.walk("", some, func(l leaf) {
			if l.secret {
				s.add(l)
			}
		})
	}
	return s
}

// add learns a text or a number. One that is named like a secret is looked for
// between words too when it is short.
func (s *secrets) add(l leaf) {
	text := l.value.String()
	switch l.value.Type {
	case gjson.Number:
		text = l.value.Raw
	case gjson.String:
	default:
		return
	}
	if len(text) < minWhole {
		return
	}
	s.whole[text] = true
	switch {
	case len(text) >= minWithin:
		s.within.Add(text)
	case l.secret:
		s.words = append(s.words, text)
	}
}

// redact takes the secrets out of a text.
func (s *secrets) redact(text string) string {
	text = s.within.Redact(text)
	for _, word := range s.words {
		text = replaceWord(text, word)
	}
	return text
}

// replaceWord takes a word out where it is not a part of a longer one.
func replaceWord(text, word string) string {
	var out strings.Builder
	for from := 0; ; {
		at := strings.Index(text[from:], word)
		if at < 0 {
			out.WriteString(text[from:])
			return out.String()
		}
		begin, end := from+at, from+at+len(word)
		out.WriteString(text[from:begin])
		if isBoundary(text, begin) && isBoundary(text, end) {
			out.WriteString(redacted)
		} else {
			out.WriteString(word)
		}
		from = end
	}
}

// isBoundary reports whether a word can begin or end before text[i].
func isBoundary(text string, i int) bool {
	return i == 0 || i == len(text) || !isWord(text[i-1]) || !isWord(text[i])
}

func isWord(b byte) bool {
	return '0' <= b && b <= '9' || 'a' <= b|0x20 && b|0x20 <= 'z' || b == '_' || b >= 0x80
}

// hide takes the secrets out of what a failure says.
func (s *secrets) hide(err error) error {
	e := failure.From(err)
	clean := *e
	clean.Message, clean.Hint, clean.Fields = s.redact(e.Message), s.redact(e.Hint), nil
	for name, problem := range e.Fields {
		if clean.Fields == nil {
			clean.Fields = map[string]string{}
		}
		clean.Fields[s.redact(name)] = s.redact(problem)
	}
	if len(e.Detail) > 0 {
		clean.Detail = masker{secrets: s}.mask(e.Detail)
	}
	if string(envelope.Encode(&clean)) == string(envelope.Encode(e)) {
		return err
	}
	clean.Err = hidden{e.Err}
	return &clean
}

// hidden matches what its cause does, and says nothing.
type hidden struct{ cause error }

// Error returns a text without the cause's.
func (hidden) Error() string { return redacted }

// Is reports whether the cause matches target.
func (h hidden) Is(target error) bool { return errors.Is(h.cause, target) }

// GoString keeps %#v from printing the cause.
func (hidden) GoString() string { return redacted }

// add puts a member behind those of an answer; an answer that is no object
// stays as it is.
func add(answer json.RawMessage, name string, value any) (json.RawMessage, error) {
	if !gjson.ParseBytes(answer).IsObject() {
		return answer, nil
	}
	added, err := sjson.SetRawBytes(answer, name, envelope.Encode(value))
	if err != nil {
		return nil, fmt.Errorf("write %s into the answer: %w", name, err)
	}
	return added, nil
}
