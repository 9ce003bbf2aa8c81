package connector

import (
	"bytes"
	"encoding"
	"encoding/json"
	"errors"
	"reflect"
	"unicode/utf8"

	"github.com/agentsdk-go/airbyte/internal/envelope"
)

// errNotUTF8 tells of text that JSON cannot carry. A service would get another
// text than the one given, with no sign of it.
var errNotUTF8 = errors.New("text that is not valid UTF-8; convert it, or encode bytes in base64")

// marshal is json.Marshal for any value, without HTML escaping, and with an
// error for text that is not UTF-8.
func marshal(value any) (json.RawMessage, error) {
	raw, err := envelope.Marshal(value)
	if err != nil {
		return nil, err
	}
	if !utf8.Valid(raw) {
		return nil, errNotUTF8
	}
	// What is not UTF-8 comes out as U+FFFD, which may also be what was meant.
	replaced := bytes.Contains(raw, []byte(`\ufffd`)) || bytes.ContainsRune(raw, utf8.RuneError)
	if replaced && !isUTF8(reflect.ValueOf(value)) {
		return nil, errNotUTF8
	}
	return raw, nil
}

// isUTF8 reports whether all text in a value that encoding/json can write is
// UTF-8. Values that write themselves are asked for their text; the JSON that
// they write is their own affair.
func isUTF8(v reflect.Value) bool {
	if !v.IsValid() {
		return true
	}
	if v.CanInterface() {
		switch own := v.Interface().(type) {
		case json.Marshaler:
			return true
		case encoding.TextMarshaler:
			if v.Kind() == reflect.Pointer && v.IsNil() {
				return true
			}
			text, err := own.MarshalText()
			return err != nil || utf8.Valid(text)
		}
	}
	switch v.Kind() {
	case reflect.String:
		return utf8.ValidString(v.String())
	case reflect.Pointer, reflect.Interface:
		return isUTF8(v.Elem())
	case reflect.Slice, reflect.Array:
		return isListUTF8(v)
	case reflect.Map:
		return isMapUTF8(v)
	case reflect.Struct:
		return isStructUTF8(v)
	}
	return true
}

func isStructUTF8(v reflect.Value) bool {
	for i := range v.NumField() {
		field := v.Type().Field(i)
		written := (field.IsExported() || field.Anonymous) && field.Tag.Get("json") != "-"
		if written && !isUTF8(v.Field(i)) {
			return false
		}
	}
	return true
}

func isListUTF8(v reflect.Value) bool {
	if v.Type().Elem().Kind() == reflect.Uint8 { // written as base64, or as numbers
		return true
	}
	for i := range v.Len() {
		if !isUTF8(v.Index(i)) {
			return false
		}
	}
	return true
}

func isMapUTF8(v reflect.Value) bool {
	for entries := v.MapRange(); entries.Next(); {
		if !isUTF8(entries.Key()) || !isUTF8(entries.Value()) {
			return false
		}
	}
	return true
}
