package response

import (
	"bytes"
	"encoding/json"
	"math"
	"strconv"

	"github.com/tidwall/gjson"

	"github.com/agentsdk-go/airbyte/internal/action"
	"github.com/agentsdk-go/airbyte/internal/envelope"
)

// check tells an error by the value of a member of the body.
type check struct {
	field   int // where the outline puts the member
	on      json.RawMessage
	message int // where it puts the message, 0 when the manifest names none
}

// failure returns the error that the body reports, nil when it reports none.
// The member must be there and of the same type: a missing one is no null, and
// a zero is not false.
func (c *check) failure(parts []envelope.Part, effect action.Effect) error {
	if !same(parts[c.field].Raw, c.on) {
		return nil
	}
	message := "unknown error"
	if raw := parts[c.message].Raw; c.message > 0 && len(raw) > 0 && raw[0] != 'n' {
		message = words(raw)
	}
	return reported(effect, message)
}

// words returns a text as it is and any other value as JSON.
func words(raw []byte) string {
	if len(raw) > 0 && raw[0] == '"' {
		return gjson.ParseBytes(raw).String()
	}
	return string(raw)
}

// same reports whether two JSON values are equal. Nothing equals what is not
// there.
func same(a, b []byte) bool {
	if len(a) == 0 || len(b) == 0 {
		return false
	}
	if bytes.Equal(a, b) {
		return true
	}
	switch a[0] {
	case '"':
		return b[0] == '"' && words(a) == words(b)
	case '{', '[':
		return bytes.Equal(compact(a), compact(b))
	default:
		x, okX := number(a)
		y, okY := number(b)
		return okX && okY && x == y
	}
}

// number reads a number that a float holds exactly; larger ones are equal only
// when their digits are.
func number(raw []byte) (float64, bool) {
	const exact = 1 << 53
	f, err := strconv.ParseFloat(string(raw), 64)
	return f, err == nil && math.Abs(f) < exact
}

func compact(raw []byte) []byte {
	var b bytes.Buffer
	if json.Compact(&b, raw) != nil {
		return raw
	}
	return b.Bytes()
}
