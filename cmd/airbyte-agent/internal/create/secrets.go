package create

import (
	"bytes"
	"encoding/json"
	"fmt"
	"slices"

	"github.com/tidwall/gjson"
	"github.com/tidwall/sjson"

	"github.com/agentsdk-go/airbyte/cmd/airbyte-agent/internal/failure"
	"github.com/agentsdk-go/airbyte/internal/envelope"
	"github.com/agentsdk-go/airbyte/internal/httpx"
)

// secrets are the texts of a connector's credentials, which servers like to
// repeat: in the configuration of what was made, or in what they refuse.
type secrets struct{ texts []string }

// minRedacted keeps short words from being cut out of messages that only
// happen to hold them.
const minRedacted = 8

func newSecrets(objects ...json.RawMessage) secrets {
	var s secrets
	for _, object := range objects {
		s.collect(gjson.ParseBytes(object))
	}
	return s
}

func (s *secrets) collect(value gjson.Result) {
	if value.Type == gjson.String {
		s.texts = append(s.texts, value.String())
		return
	}
	value.ForEach(func(_, member gjson.Result) bool {
		s.collect(member)
		return true
	})
}

// hide takes the secrets out of what a failure says.
func (s secrets) hide(err error) error {
	var known httpx.Secrets
	for _, text := range s.texts {
		if len(text) >= minRedacted {
			known.Add(text)
		}
	}
	e := failure.From(err)
	shown := string(envelope.Encode(e))
	if known.Redact(shown) == shown {
		return err
	}
	clean := &failure.Error{
		Type: e.Type, Message: known.Redact(e.Message), StatusCode: e.StatusCode, Retryable: e.Retryable,
		RetryAfterSeconds: e.RetryAfterSeconds, Hint: known.Redact(e.Hint), Exit: e.Exit,
	}
	for name, problem := range e.Fields {
		if clean.Fields == nil {
			clean.Fields = map[string]string{}
		}
		clean.Fields[known.Redact(name)] = known.Redact(problem)
	}
	return clean
}

// mask returns the answer with every secret text in its configuration and
// credentials replaced. All else stays as it was sent.
func (s secrets) mask(answer json.RawMessage) json.RawMessage {
	var masked bytes.Buffer
	if !gjson.ParseBytes(answer).IsObject() || len(s.texts) == 0 {
		return answer
	}
	masked.WriteByte('{')
	envelope.EachMember(answer, func(key, value []byte) bool {
		writeKey(&masked, key)
		if envelope.IsKey(key, "replication_config") || envelope.IsKey(key, "credentials") {
			s.maskValue(&masked, value)
		} else {
			masked.Write(value)
		}
		return true
	})
	masked.WriteByte('}')
	return masked.Bytes()
}

func writeKey(to *bytes.Buffer, key []byte) {
	if last := to.Bytes()[to.Len()-1]; last != '{' {
		to.WriteByte(',')
	}
	to.WriteByte('"')
	to.Write(key)
	to.WriteString(`":`)
}

func (s secrets) maskValue(to *bytes.Buffer, value []byte) {
	switch parsed := gjson.ParseBytes(value); {
	case parsed.IsObject():
		to.WriteByte('{')
		envelope.EachMember(value, func(key, member []byte) bool {
			writeKey(to, key)
			s.maskValue(to, member)
			return true
		})
		to.WriteByte('}')
	case parsed.IsArray():
		to.WriteByte('[')
		first := true
		envelope.EachElement(value, func(element []byte) bool {
			if !first {
				to.WriteByte(',')
			}
			first = false
			s.maskValue(to, element)
			return true
		})
		to.WriteByte(']')
	case parsed.Type == gjson.String && slices.Contains(s.texts, parsed.String()):
		to.WriteString(`"[redacted]"`)
	default:
		to.Write(value)
	}
}

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
