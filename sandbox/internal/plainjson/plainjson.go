// Package plainjson writes JSON as the services do that the sandbox stands in for.
package plainjson

import (
	"bytes"
	"encoding/json"
	"fmt"
)

// Encode returns v as compact JSON without HTML escaping. It is not the code
// that the library reads and writes JSON with: that is what the sandbox tests.
func Encode(v any) (json.RawMessage, error) {
	var buf bytes.Buffer
	enc := json.NewEncoder(&buf)
	enc.SetEscapeHTML(false)
	if err := enc.Encode(v); err != nil {
		return nil, fmt.Errorf("encode an answer: %w", err)
	}
	return bytes.TrimSuffix(buf.Bytes(), []byte("\n")), nil
}
