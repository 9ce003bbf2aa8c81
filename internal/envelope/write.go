package envelope

import (
	"bytes"
	"encoding/json"
)

// Meta is what a model should know about a result beside its data. A zero
// Meta is not written at all.
type Meta struct {
	HasMore   bool   `json:"has_more,omitempty"`
	Cursor    string `json:"cursor,omitempty"`
	Truncated bool   `json:"truncated,omitempty"`
	Returned  int    `json:"returned,omitempty"` // rows shown, when truncated
	Total     int    `json:"total,omitempty"`    // rows there were, when truncated
	Warning   string `json:"warning,omitempty"`
	Hint      string `json:"hint,omitempty"`
}

// Failure is what a model reads when a call failed.
type Failure struct {
	Kind              string   `json:"kind"`
	Message           string   `json:"message"`
	Hint              string   `json:"hint,omitempty"`
	Retryable         bool     `json:"retryable"`
	RetryAfterSeconds int      `json:"retry_after_seconds,omitempty"`
	DidYouMean        string   `json:"did_you_mean,omitempty"`
	Allowed           []string `json:"allowed,omitempty"`
	Signature         string   `json:"signature,omitempty"`
}

// Success writes {"data": …, "meta": …}: compact, without HTML escaping. Data
// must be valid JSON; empty data is null.
func Success(data json.RawMessage, meta Meta) []byte { return success(data, meta, false) }

// success writes what Success does; data that is compact is copied as it is.
func success(data json.RawMessage, meta Meta, compact bool) []byte {
	b := make([]byte, 0, len(data)+128)
	b = append(b, `{"data":`...)
	if compact && len(data) > 0 {
		b = append(b, data...)
	} else {
		b = appendCompact(b, data)
	}
	return closeSuccess(b, meta)
}

// closeSuccess ends an envelope whose data is written.
func closeSuccess(b []byte, meta Meta) []byte {
	if meta != (Meta{}) {
		b = append(b, `,"meta":`...)
		b = append(b, Encode(meta)...)
	}
	return append(b, '}')
}

// Error writes {"error": …}.
func Error(f Failure) []byte {
	b := append([]byte(nil), `{"error":`...)
	b = append(b, Encode(f)...)
	return append(b, '}')
}

// Encode marshals a value of this package's types, which cannot fail, without
// HTML escaping: a model reads < better than \u003c.
func Encode(v any) []byte {
	b, err := Marshal(v)
	if err != nil {
		panic("envelope: " + err.Error()) // only plain structs and strings come here
	}
	return b
}

// Marshal is json.Marshal without HTML escaping.
func Marshal(v any) ([]byte, error) {
	var buf bytes.Buffer
	enc := json.NewEncoder(&buf)
	enc.SetEscapeHTML(false)
	if err := enc.Encode(v); err != nil {
		return nil, err
	}
	return bytes.TrimSuffix(buf.Bytes(), []byte("\n")), nil
}

// AppendString appends s as a JSON string. Names are plain ASCII nearly always;
// the rest is left to the standard encoder.
func AppendString(dst []byte, s string) []byte {
	for i := range len(s) {
		if c := s[i]; c < ' ' || c > '~' || c == '"' || c == '\\' {
			return append(dst, Encode(s)...)
		}
	}
	dst = append(dst, '"')
	dst = append(dst, s...)
	return append(dst, '"')
}

// appendCompact appends valid JSON without insignificant white space. Runs
// without any are copied whole, which is nearly always the complete document.
func appendCompact(dst []byte, src json.RawMessage) []byte {
	if len(src) == 0 {
		return append(dst, "null"...)
	}
	start := 0
	for i := 0; i < len(src); {
		switch c := src[i]; {
		case c == '"':
			i = stringEnd(src, i)
		case isSpace(c):
			dst = append(dst, src[start:i]...)
			for i < len(src) && isSpace(src[i]) {
				i++
			}
			start = i
		default:
			i++
		}
	}
	return append(dst, src[start:]...)
}

// stringEnd returns the index after the valid string that starts at i.
func stringEnd(src []byte, i int) int {
	for i++; i < len(src); {
		i = plain(src, i)
		if i >= len(src) || src[i] == '"' {
			break
		}
		i += 2 // an escape: its second byte never ends the string
	}
	return min(i+1, len(src))
}
