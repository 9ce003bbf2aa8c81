package pylon

import (
	"encoding/json"
	"time"
)

// Time is a time that Pylon sent. What is missing, null, empty or no time at all
// is the zero time; the record's Raw has the text.
type Time struct{ time.Time }

// layouts are the spellings of times, the usual one first.
var layouts = []string{time.RFC3339Nano, "2006-01-02T15:04:05.999999999", time.DateOnly}

// UnmarshalJSON reads a time. It never fails.
func (t *Time) UnmarshalJSON(b []byte) error {
	*t = Time{}
	var text string
	if json.Unmarshal(b, &text) != nil {
		return nil //nolint:nilerr // what is no text is no time either
	}
	for _, layout := range layouts {
		if parsed, err := time.Parse(layout, text); err == nil {
			t.Time = parsed
			break
		}
	}
	return nil
}

// MarshalJSON writes the zero time as null, and any other as RFC3339.
func (t Time) MarshalJSON() ([]byte, error) {
	if t.IsZero() {
		return []byte("null"), nil
	}
	return t.Time.MarshalJSON()
}
