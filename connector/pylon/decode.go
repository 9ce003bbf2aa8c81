package pylon

import (
	"bytes"
	"encoding/json"
	"errors"

	"github.com/agentsdk-go/airbyte/internal/envelope"
)

var (
	errEmpty    = errors.New("it has no record")
	errNoObject = errors.New("the record is not an object")
	errNotArray = errors.New("it has no list of records")
)

// record decodes one record.
func record[T any](c call, data json.RawMessage) (*T, error) {
	switch {
	case isNothing(data):
		return nil, c.unreadable(errEmpty)
	case bytes.TrimSpace(data)[0] != '{':
		return nil, c.unreadable(errNoObject)
	}
	out := new(T)
	if err := decode(data, out); err != nil {
		return nil, c.unreadable(err)
	}
	return out, nil
}

// records decodes a list of records. A list that is missing or null is empty:
// Pylon leaves it out of a search that found nothing.
func records[T any](c call, data json.RawMessage) ([]T, error) {
	if isNothing(data) {
		return nil, nil
	}
	if !envelope.IsArray(data) {
		return nil, c.unreadable(errNotArray)
	}
	var out []T
	for row := range envelope.Rows(data) {
		rec, err := record[T](c, row)
		if err != nil {
			return nil, err
		}
		out = append(out, *rec)
	}
	return out, nil
}

func isNothing(data json.RawMessage) bool {
	data = bytes.TrimSpace(data)
	return len(data) == 0 || string(data) == "null"
}

// decode calls the record's own decoder, which checks the text, so that it is
// not read twice.
func decode(data json.RawMessage, out any) error {
	if own, ok := out.(json.Unmarshaler); ok {
		return own.UnmarshalJSON(data)
	}
	return lenient(json.Unmarshal(data, out))
}

// decodeRecord decodes data into plain and keeps it in raw.
func decodeRecord(data []byte, plain any, raw *json.RawMessage) error {
	if err := lenient(json.Unmarshal(data, plain)); err != nil {
		return err
	}
	*raw = bytes.Clone(data)
	return nil
}

// lenient forgives a member of an unexpected type: the decoder has gone on with
// the others, and the bytes are kept beside them.
func lenient(err error) error {
	if _, ok := errors.AsType[*json.UnmarshalTypeError](err); ok {
		return nil
	}
	return err
}
