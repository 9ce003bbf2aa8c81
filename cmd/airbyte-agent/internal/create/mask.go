package create

import (
	"bytes"
	"encoding/json"
	"slices"

	"github.com/tidwall/gjson"

	"github.com/agentsdk-go/airbyte/internal/envelope"
)

// mask returns the answer with every secret replaced, wherever it stands, and every
// text of a member that is named like one. All else stays as it was sent.
func (s *secrets) mask(answer json.RawMessage) json.RawMessage {
	return masker{secrets: s, byName: true}.mask(answer)
}

// masker writes JSON documents without secrets.
type masker struct {
	*secrets

	byName bool // also hide what is only named like a secret: in failures that may be the reason
}

func (m masker) mask(document json.RawMessage) json.RawMessage {
	var masked bytes.Buffer
	m.write(&masked, document, false)
	return masked.Bytes()
}

// write writes a value; named says that it is that of a secret.
func (m masker) write(to *bytes.Buffer, raw []byte, named bool) {
	switch value := gjson.ParseBytes(raw); {
	case value.IsObject():
		m.writeObject(to, raw, named)
	case value.IsArray():
		m.writeArray(to, raw, named)
	case value.Type == gjson.String:
		to.Write(m.text(raw, value.String(), named))
	case value.Type == gjson.Number && m.whole[value.Raw]:
		to.Write(envelope.Encode(redacted))
	default:
		to.Write(raw)
	}
}

// text returns a JSON string, as it was sent where nothing in it is secret.
func (m masker) text(raw []byte, text string, named bool) []byte {
	clean := m.redact(text)
	if text != "" && (named || m.whole[text]) {
		clean = redacted
	}
	if clean == text {
		return raw
	}
	return envelope.Encode(clean)
}

// forms are members that describe a form: what is named like a secret there is
// the description of a field, and its value says no more than "string".
var forms = map[string]bool{"user_config_spec": true, "connectionSpecification": true, "advanced_auth": true}

func (m masker) writeObject(to *bytes.Buffer, raw []byte, named bool) {
	to.WriteByte('{')
	first := true
	envelope.EachMember(raw, func(key, member []byte) bool {
		if !first {
			to.WriteByte(',')
		}
		first = false
		name := envelope.Key(key)
		to.Write(m.key(key, name))
		to.WriteByte(':')
		below := m
		below.byName = m.byName && !forms[name]
		below.write(to, member, below.byName && m.names.secret(name, named))
		return true
	})
	to.WriteByte('}')
}

// key returns a key with its quotes: servers name members by what they were sent,
// too.
func (m masker) key(raw []byte, name string) []byte {
	if clean := m.within.Redact(name); clean != name {
		return envelope.Encode(clean)
	}
	return slices.Concat([]byte{'"'}, raw, []byte{'"'})
}

func (m masker) writeArray(to *bytes.Buffer, raw []byte, named bool) {
	to.WriteByte('[')
	first := true
	envelope.EachElement(raw, func(element []byte) bool {
		if !first {
			to.WriteByte(',')
		}
		first = false
		m.write(to, element, named)
		return true
	})
	to.WriteByte(']')
}
