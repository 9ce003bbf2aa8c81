package template

import (
	"encoding/json"
	"strconv"
	"time"

	"github.com/tidwall/gjson"

	"github.com/agentsdk-go/airbyte/internal/envelope"
)

// kind says what an expression gives. It is known when a template is compiled.
type kind int

const (
	data   kind = iota // any JSON value
	text               // made by a filter or a date format
	moment             // a point in time
	span               // a duration
)

// value is what an expression gives; its kind says which field counts.
type value struct {
	kind kind
	raw  json.RawMessage // data: without white space around it
	text string
	time time.Time
	span period
}

// render returns the value as a text has it.
func (v value) render() string {
	switch {
	case v.kind == text:
		return v.text
	case v.raw[0] == '"':
		return gjson.ParseBytes(v.raw).String()
	default:
		return string(v.raw)
	}
}

// python returns the value as Python prints it, exact as far as Truthy looks:
// its numbers always have a point or an exponent when JSON's have, and lists
// and objects are never empty texts.
func (v value) python() string {
	if v.kind == text {
		return v.text
	}
	switch raw := string(v.raw); raw {
	case "true":
		return "True"
	case "false":
		return "False"
	case "null":
		return "None"
	case "-0":
		return "0" // Python has no negative integer zero
	default:
		return v.render()
	}
}

// json returns the value with its own type.
func (v value) json() json.RawMessage {
	if v.kind == text {
		return envelope.AppendString(nil, v.text)
	}
	return v.raw
}

// truth returns whether "not" sees something: neither null, false, a zero nor
// anything empty.
func (v value) truth() bool {
	if v.kind == text {
		return v.text != ""
	}
	switch v.raw[0] {
	case 'n', 'f':
		return false
	case 't':
		return true
	case '"':
		return len(v.raw) > len(`""`)
	case '[':
		return found(v.raw, envelope.EachElement)
	case '{':
		return found(v.raw, func(object []byte, yield func([]byte) bool) {
			envelope.EachMember(object, func(_, value []byte) bool { return yield(value) })
		})
	default:
		return !isZero(v.raw)
	}
}

// found reports whether each finds anything in raw.
func found(raw []byte, each func([]byte, func([]byte) bool)) (yes bool) {
	each(raw, func([]byte) bool {
		yes = true
		return false
	})
	return yes
}

// isZero reports whether the number is zero as a float is: 1e-400 is. One too
// large for a float is infinite, not zero.
func isZero(number []byte) bool {
	f, _ := strconv.ParseFloat(envelope.Text(number), 64)
	return f == 0
}
