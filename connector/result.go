package connector

import (
	"bytes"
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"unicode/utf8"

	"github.com/agentsdk-go/airbyte/internal/envelope"
)

// Params are the arguments of an operation, by name. A value is anything
// encoding/json can marshal; json.RawMessage and json.Number pass through with
// every digit. A nil value counts as absent.
type Params map[string]any

// encode returns p as a JSON object, keys sorted. Text that is not UTF-8 is an
// error, where encoding/json would change it silently. Nulls are left out unless
// keepNull says of a name that they may mean something: a model sends null for
// what it does not want to set. What is JSON already is copied.
func (p Params) encode(keepNull func(name string) bool) (json.RawMessage, error) {
	b := append(make([]byte, 0, 256), '{')
	for _, name := range slices.Sorted(maps.Keys(p)) {
		if !utf8.ValidString(name) {
			return nil, fmt.Errorf("%q: the name is %w", name, errNotUTF8)
		}
		value, err := encodeValue(p[name])
		if err != nil {
			return nil, fmt.Errorf("%s: %w", name, err)
		}
		if len(value) == 0 || string(value) == "null" {
			if !keepNull(name) {
				continue
			}
			value = json.RawMessage("null")
		}
		if len(b) > 1 {
			b = append(b, ',')
		}
		b = append(envelope.AppendString(b, name), ':')
		b = append(b, value...)
	}
	return append(b, '}'), nil
}

func encodeValue(value any) (json.RawMessage, error) {
	switch v := value.(type) {
	case nil:
		return nil, nil
	case string:
		if !utf8.ValidString(v) {
			return nil, errNotUTF8
		}
		return envelope.AppendString(nil, v), nil
	case json.RawMessage:
		v = bytes.TrimSpace(v)
		if len(v) == 0 {
			return nil, nil
		}
		if !utf8.Valid(v) {
			return nil, errNotUTF8
		}
		return v, envelope.Valid(v)
	case int:
		return strconv.AppendInt(nil, int64(v), 10), nil
	case int64:
		return strconv.AppendInt(nil, v, 10), nil
	case bool:
		return strconv.AppendBool(nil, v), nil
	default:
		return marshal(v)
	}
}

// UnmarshalJSON keeps every value as a json.RawMessage, so that a program that
// decodes a model's arguments passes integers on with all their digits.
func (p *Params) UnmarshalJSON(b []byte) error {
	var raw map[string]json.RawMessage
	if err := json.Unmarshal(b, &raw); err != nil {
		return err
	}
	if raw == nil {
		*p = nil
		return nil
	}
	*p = make(Params, len(raw))
	for name, value := range raw {
		(*p)[name] = value
	}
	return nil
}

// Result is what an operation returned.
type Result struct {
	// Data holds the service's own bytes: an array of records for a list or a
	// search, one object for most other actions, nil where the service sent
	// nothing. Decode it with encoding/json or cut it with a JSON path library.
	Data json.RawMessage
	Meta Meta
	// Compact says that Data has no white space between its tokens, which spares
	// a writer the pass that would remove it. False is always safe.
	Compact bool

	sent    json.RawMessage // the records before the manifest's filter, nil when that is Data
	partial bool            // the service left out a part of Data, which Meta.Warning tells of
}

// Decode unmarshals Data into v. Nothing at all leaves v as it is.
func (r *Result) Decode(v any) error {
	if len(r.Data) == 0 {
		return nil
	}
	return json.Unmarshal(r.Data, v)
}

// Meta says what came beside the data.
type Meta struct {
	HasMore bool            // there is a next page
	Cursor  string          // pass it as the parameter "cursor" to get that page
	Warning string          // a remark on the answer, such as stale search data, or a next page that cannot be asked for
	Raw     json.RawMessage // hosted: the platform's connector_metadata as sent; open source mode: the fields of the manifest's meta extractor; nil when none
}
