package connector

import "encoding/json"

// Params are the arguments of an operation, by name. A value is anything
// encoding/json can marshal; json.RawMessage and json.Number pass through with
// every digit. A nil value counts as absent.
type Params map[string]any

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
	Warning string          // the platform's remark on the answer, such as stale search data
	Raw     json.RawMessage // hosted: the platform's connector_metadata as sent, nil when none
}
