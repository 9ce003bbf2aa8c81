package loader

import (
	"bytes"
	"encoding/json"
	"slices"
	"strconv"
	"strings"

	"go.yaml.in/yaml/v3"
)

// Only schemas that multiply through references reach these.
const (
	maxSchemaDepth = 200
	maxSchemaBytes = 32 << 20
)

// jsonWriter writes YAML values as compact JSON, in file order.
type jsonWriter struct {
	file *file
	out  bytes.Buffer
	open []string // references that the writer is inside of
	full bool     // the limit was passed, and reported
}

// bytes is what was written; nil when a limit cut it short.
func (w *jsonWriter) bytes() json.RawMessage {
	if w.full {
		return nil
	}
	w.file.bytes += w.out.Len()
	return w.out.Bytes()
}

// spend counts one value against the limit of the file.
func (w *jsonWriter) spend(v value, depth int) bool {
	if w.full {
		return false
	}
	w.file.values++
	switch {
	case w.file.values > maxValues:
		v.problem("schemas expand to more than %d values; refer to fewer schemas", maxValues)
	case depth > maxSchemaDepth:
		v.problem("schemas refer to schemas deeper than %d levels", maxSchemaDepth)
	case w.file.bytes+w.out.Len() > maxSchemaBytes:
		v.problem("schemas expand to more than %d bytes; refer to fewer schemas", maxSchemaBytes)
	default:
		return true
	}
	w.full = true
	return false
}

// plain writes a value that holds no schema.
func (w *jsonWriter) plain(v value) {
	if !w.spend(v, 0) {
		return
	}
	switch v.node.Kind {
	case yaml.MappingNode:
		w.object(slices.Collect(pairs(v)), w.plain)
	case yaml.SequenceNode:
		w.array(v, w.plain)
	default:
		w.scalar(v)
	}
}

// schema writes a JSON Schema.
func (w *jsonWriter) schema(v value, depth int) {
	if !w.spend(v, depth) {
		return
	}
	if v.node.Kind != yaml.MappingNode { // additionalProperties: false
		w.plain(v)
		return
	}
	keys := slices.Collect(pairs(v))
	if ref := v.get("$ref"); ref.present() && ref.node.Kind == yaml.ScalarNode {
		target := w.file.target(ref)
		if !target.present() {
			w.out.WriteString("{}") // reported by target
			return
		}
		if slices.Contains(w.open, ref.node.Value) {
			w.keys(outline(target), depth)
			return
		}
		w.open = append(w.open, ref.node.Value)
		defer func() { w.open = w.open[:len(w.open)-1] }()
		if target.get("$ref").present() {
			w.schema(target, depth+1)
			return
		}
		keys = overlay(slices.Collect(pairs(target)), keys)
	}
	w.keys(keys, depth)
}

// keys writes the keys of one schema, each as its place asks.
func (w *jsonWriter) keys(keys []pair, depth int) {
	keys = slices.DeleteFunc(keys, func(p pair) bool { return strings.HasPrefix(p.key, "x-") })
	nested := func(v value) { w.schema(v, depth+1) }
	w.objectBy(keys, func(key string) func(value) {
		switch key {
		case "properties", "patternProperties", "$defs", "dependentSchemas":
			return func(v value) { w.object(slices.Collect(pairs(v)), nested) }
		case "allOf", "anyOf", "oneOf", "prefixItems":
			return func(v value) { w.array(v, nested) }
		case "items", "additionalProperties", "not", "contains", "propertyNames", "if", "then", "else":
			return nested
		default:
			return w.plain
		}
	})
}

func (w *jsonWriter) object(keys []pair, write func(value)) {
	w.objectBy(keys, func(string) func(value) { return write })
}

func (w *jsonWriter) objectBy(keys []pair, writer func(key string) func(value)) {
	w.out.WriteByte('{')
	for i, p := range keys {
		if i > 0 {
			w.out.WriteByte(',')
		}
		w.text(p.key)
		w.out.WriteByte(':')
		writer(p.key)(p.value)
	}
	w.out.WriteByte('}')
}

func (w *jsonWriter) array(v value, write func(value)) {
	w.out.WriteByte('[')
	first := true
	for item := range v.items() {
		if !first {
			w.out.WriteByte(',')
		}
		first = false
		write(item)
	}
	w.out.WriteByte(']')
}

func (w *jsonWriter) scalar(v value) {
	switch text := v.node.Value; v.node.Tag {
	case "!!null":
		w.out.WriteString("null")
	case "!!bool":
		w.out.WriteString(strconv.FormatBool(v.flag(false)))
	case "!!int", "!!float":
		w.number(v, text)
	default:
		w.text(text)
	}
}

// number keeps the digits of the file where JSON can read them.
func (w *jsonWriter) number(v value, text string) {
	if json.Valid([]byte(text)) {
		w.out.WriteString(text)
		return
	}
	var whole int64
	if err := v.node.Decode(&whole); err == nil && v.node.Tag == "!!int" {
		w.out.WriteString(strconv.FormatInt(whole, 10))
		return
	}
	var float float64
	if err := v.node.Decode(&float); err == nil {
		if raw, err := json.Marshal(float); err == nil {
			w.out.Write(raw)
			return
		}
	}
	v.problem("%s is not a number that JSON can hold", text)
	w.out.WriteString("null")
}

func (w *jsonWriter) text(s string) {
	enc := json.NewEncoder(&w.out)
	enc.SetEscapeHTML(false)
	if err := enc.Encode(s); err == nil {
		w.out.Truncate(w.out.Len() - 1) // Encode ends with a newline
	}
}
