package pylon

import (
	"bytes"
	"encoding/json"
	"reflect"
	"strings"
)

// pathID is a parameter that travels in a path, where a number reads the same
// with and without quotes.
type pathID string

// UnmarshalJSON accepts a string or a number.
func (p *pathID) UnmarshalJSON(raw []byte) error {
	var number json.Number
	if err := json.Unmarshal(raw, &number); err == nil && raw[0] != '"' {
		*p = pathID(number)
		return nil
	}
	return json.Unmarshal(raw, (*string)(p))
}

type noParams struct{}

type idParams struct {
	ID pathID `param:"id,required"`
}

type cursorParams struct {
	Cursor string `param:"cursor"`
}

// decodeParams fills a struct whose fields carry a param tag. Names match
// exactly, null counts as absent, and parameters that are not declared are
// dropped, as the platform drops them before it calls the service.
func decodeParams[P any](raw json.RawMessage) (P, error) {
	var params P
	values := map[string]json.RawMessage{}
	if trimmed := bytes.TrimSpace(raw); len(trimmed) > 0 {
		if err := json.Unmarshal(trimmed, &values); err != nil {
			return params, badRequest("params must be a JSON object")
		}
	}
	return params, fillParams(reflect.ValueOf(&params).Elem(), values)
}

func fillParams(target reflect.Value, values map[string]json.RawMessage) error {
	for i := range target.NumField() {
		declared := target.Type().Field(i)
		name, required := paramTag(declared)
		var err error
		switch {
		case declared.Anonymous:
			err = fillParams(target.Field(i), values)
		case name != "":
			err = fillParam(target.Field(i), name, required, values[name])
		}
		if err != nil {
			return err
		}
	}
	return nil
}

func paramTag(field reflect.StructField) (name string, required bool) {
	name, options, _ := strings.Cut(field.Tag.Get("param"), ",")
	return name, options == "required"
}

func fillParam(field reflect.Value, name string, required bool, raw json.RawMessage) error {
	if len(raw) > 0 && !bytes.Equal(raw, []byte("null")) {
		if err := json.Unmarshal(raw, field.Addr().Interface()); err != nil {
			return badRequest("%s must be %s", name, describeType(field.Type()))
		}
	}
	if required && isBlank(field) {
		return badRequest("%s is required", name)
	}
	return nil
}

func isBlank(field reflect.Value) bool {
	if field.Kind() == reflect.String {
		return strings.TrimSpace(field.String()) == ""
	}
	return field.IsZero()
}

// checkNotBlank refuses to change a value to nothing; nil leaves it as it is.
func checkNotBlank(name string, value *string) error {
	if value != nil && strings.TrimSpace(*value) == "" {
		return badRequest("%s must not be empty", name)
	}
	return nil
}

func describeType(t reflect.Type) string {
	if t.Kind() == reflect.Pointer {
		t = t.Elem()
	}
	switch t.Kind() {
	case reflect.Bool:
		return "a boolean"
	case reflect.Int, reflect.Int64:
		return "an integer"
	case reflect.Slice:
		if t.Elem().Kind() == reflect.Struct {
			return "an array of objects"
		}
		return "an array of strings"
	case reflect.Struct, reflect.Map:
		return "an object"
	default:
		return "a string"
	}
}
