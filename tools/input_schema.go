package tools

import (
	"bytes"
	"cmp"
	"encoding/json"
	"fmt"
	"reflect"
	"slices"
	"strings"

	"github.com/invopop/jsonschema"
	validator "github.com/santhosh-tekuri/jsonschema/v6"
	"github.com/tidwall/gjson"

	"github.com/agentsdk-go/airbyte/internal/envelope"
)

// inputSchema is the schema of a function's arguments.
type inputSchema struct {
	bytes        json.RawMessage
	compiled     *validator.Schema
	textArgument string // the only property when that is a string, else ""
}

// reflectSchema makes the schema of In.
func reflectSchema[In any]() (*inputSchema, error) {
	typ := reflect.TypeFor[In]()
	if typ.Kind() != reflect.Struct {
		return nil, fmt.Errorf("arguments are of type %s; use a struct, whose fields are the arguments", typ)
	}
	raw, err := reflected(typ)
	if err != nil {
		return nil, err
	}
	s := &inputSchema{bytes: rootSchema(raw)}
	s.textArgument = textArgument(s.bytes)
	s.compiled, err = compile(s.bytes)
	return s, err
}

// reflected returns the schema of a struct type, an object at the root.
// References are avoided because several providers ignore them; a type that
// contains itself cannot be written without, so its root is taken out of the
// definitions.
func reflected(typ reflect.Type) (raw json.RawMessage, err error) {
	defer func() { // the reflector panics on types that JSON does not know
		if v := recover(); v != nil {
			err = fmt.Errorf("type %s: %v", typ, v)
		}
	}()
	r := jsonschema.Reflector{Anonymous: true, Mapper: numberSchema}
	if !recursive(typ, nil) {
		r.ExpandedStruct, r.DoNotReference = true, true
	}
	schema := r.ReflectFromType(typ)
	schema.Version = ""
	raw, err = envelope.Marshal(schema)
	if err != nil || schema.Ref == "" {
		return raw, err
	}
	root := gjson.GetBytes(raw, "$defs."+gjson.Escape(strings.TrimPrefix(schema.Ref, "#/$defs/"))).Raw
	if root == "" {
		return nil, fmt.Errorf("type %s has no definition in its own schema", typ)
	}
	return json.RawMessage(strings.TrimSuffix(root, "}") + `,"$defs":` + gjson.GetBytes(raw, "$defs").Raw + "}"), nil
}

// numberSchema makes a json.Number, which keeps the digits of an integer beyond
// 2^53, the number that it is and not the string that it looks like in Go.
func numberSchema(typ reflect.Type) *jsonschema.Schema {
	if typ == reflect.TypeFor[json.Number]() {
		return &jsonschema.Schema{Type: "number"}
	}
	return nil
}

// compile prepares a schema for checking arguments.
func compile(schema json.RawMessage) (*validator.Schema, error) {
	const name = "arguments.json"
	doc, err := validator.UnmarshalJSON(bytes.NewReader(schema))
	if err != nil {
		return nil, err
	}
	c := validator.NewCompiler()
	c.AssertFormat()
	if err := c.AddResource(name, doc); err != nil {
		return nil, err
	}
	return c.Compile(name)
}

// recursive reports whether a value of typ can contain another of its type.
func recursive(typ reflect.Type, above []reflect.Type) bool {
	switch typ.Kind() {
	case reflect.Pointer, reflect.Slice, reflect.Array, reflect.Map:
		return recursive(typ.Elem(), above)
	case reflect.Struct:
	default:
		return false
	}
	if slices.Contains(above, typ) {
		return true
	}
	for f := range typ.Fields() {
		if f.IsExported() && recursive(f.Type, append(above, typ)) {
			return true
		}
	}
	return false
}

// rootSchema writes the root with type, properties, required and
// additionalProperties present, in this order, because providers differ in
// which of them they can do without; other members follow.
func rootSchema(raw json.RawMessage) json.RawMessage {
	root := gjson.ParseBytes(raw)
	b := []byte(`{"type":"object"`)
	for _, m := range []struct{ key, missing string }{{"properties", "{}"}, {"required", "[]"}, {"additionalProperties", "false"}} {
		b = append(append(b, `,"`+m.key+`":`...), cmp.Or(root.Get(m.key).Raw, m.missing)...)
	}
	root.ForEach(func(key, value gjson.Result) bool {
		switch key.String() {
		case "type", "properties", "required", "additionalProperties":
		default:
			b = append(append(append(append(b, ','), key.Raw...), ':'), value.Raw...)
		}
		return true
	})
	return append(b, '}')
}

// enrich adds what the connector can do to the properties entity, action and
// params of a function's schema, where the program has not described them itself.
func (c *capabilities) enrich(schema json.RawMessage) json.RawMessage {
	own := gjson.GetBytes(c.executeSchema(), "properties")
	properties := gjson.GetBytes(schema, "properties")
	b := append([]byte(nil), schema[:properties.Index]...)
	b = append(b, '{')
	properties.ForEach(func(name, property gjson.Result) bool {
		if b[len(b)-1] != '{' {
			b = append(b, ',')
		}
		better := own.Get(gjson.Escape(name.String()))
		if better.Exists() && better.Get("type").String() == property.Get("type").String() && !property.Get("description").Exists() {
			property = better
		}
		b = append(append(append(b, name.Raw...), ':'), property.Raw...)
		return true
	})
	b = append(b, '}')
	return append(b, schema[properties.Index+len(properties.Raw):]...)
}

// textArgument returns the name of the only property when it is a string:
// frameworks that know only one text argument then need no JSON.
func textArgument(schema json.RawMessage) string {
	properties := gjson.GetBytes(schema, "properties").Map()
	for name, p := range properties {
		if len(properties) == 1 && p.Get("type").String() == "string" {
			return name
		}
	}
	return ""
}
