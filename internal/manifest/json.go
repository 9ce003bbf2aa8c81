package manifest

import (
	"bytes"
	"encoding/json"
	"fmt"
)

// Encode gives the compact JSON form of doc, which ends with a newline.
// Equal documents give equal bytes.
func Encode(doc *Document) ([]byte, error) {
	var out bytes.Buffer
	enc := json.NewEncoder(&out)
	enc.SetEscapeHTML(false) // descriptions speak of <p>, and a model may read them
	if err := enc.Encode(doc); err != nil {
		return nil, fmt.Errorf("encode manifest %q: %w", doc.Name, err)
	}
	return out.Bytes(), nil
}

// Decode reads what Encode wrote. A key that the model does not know is an
// error: the data was written by another version.
func Decode(data []byte) (*Document, error) {
	dec := json.NewDecoder(bytes.NewReader(data))
	dec.DisallowUnknownFields()
	var doc Document
	if err := dec.Decode(&doc); err != nil {
		return nil, fmt.Errorf("decode manifest: %w", err)
	}
	return &doc, nil
}
