package loader

import (
	"bytes"
	"encoding/json"
	"iter"
	"slices"
	"strings"

	"go.yaml.in/yaml/v3"
)

// Only schemas that multiply through references reach these.
const (
	maxSchemaDepth = 200
	maxSchemaBytes = 32 << 20
)

// expansion is a component schema with its references put in place, and what
// it counts against the limits.
type expansion struct {
	json   []byte
	values int
	height int // levels below it
}

// jsonWriter writes YAML values as compact JSON, in file order.
type jsonWriter struct {
	file    *file
	out     []byte
	open    []*yaml.Node // schemas that the writer is inside of
	cuts    int          // how often it met one of them again
	deepest int
	full    bool // a limit was passed, and reported
}

// json is a value that holds no schema.
func (f *file) json(v value) json.RawMessage {
	w := jsonWriter{file: f, out: f.scratch[:0]}
	w.plain(v)
	return w.finish()
}

// schemaJSON is the schema as JSON with references put in place. x- keys are
// for programs, not for readers of the schema, and are left out. A schema
// that contains itself is cut at the second level: type and description stay.
func (f *file) schemaJSON(schema value) json.RawMessage {
	w := jsonWriter{file: f, out: f.scratch[:0]}
	w.schema(schema, 0)
	return w.finish()
}

// finish is what was written; nil when a limit cut it short.
func (w *jsonWriter) finish() json.RawMessage {
	w.file.scratch = w.out[:0]
	if w.full {
		return nil
	}
	w.file.bytes += len(w.out)
	return bytes.Clone(w.out)
}

// spend counts values against the limits of the file.
func (w *jsonWriter) spend(v value, depth, values, size int) bool {
	if w.full {
		return false
	}
	w.file.values += values
	w.deepest = max(w.deepest, depth)
	switch {
	case w.file.values > maxValues:
		v.problem("schemas expand to more than %d values; refer to fewer schemas", maxValues)
	case depth > maxSchemaDepth:
		v.problem("schemas refer to schemas deeper than %d levels", maxSchemaDepth)
	case w.file.bytes+len(w.out)+size > maxSchemaBytes:
		v.problem("schemas expand to more than %d bytes; refer to fewer schemas", maxSchemaBytes)
	default:
		return true
	}
	w.full = true
	return false
}

// plain writes a value that holds no schema.
func (w *jsonWriter) plain(v value) {
	if !w.spend(v, 0, 1, 0) {
		return
	}
	switch v.node.Kind {
	case yaml.MappingNode:
		w.object(pairs(v), w.plain)
	case yaml.SequenceNode:
		w.array(v, w.plain)
	default:
		w.scalar(v)
	}
}

// schema writes a JSON Schema.
func (w *jsonWriter) schema(v value, depth int) {
	if !w.spend(v, depth, 1, 0) {
		return
	}
	if v.node.Kind != yaml.MappingNode { // additionalProperties: false
		w.plain(v)
		return
	}
	if ref := v.get("$ref"); ref.present() && ref.node.Kind == yaml.ScalarNode {
		w.reference(v, ref, depth)
		return
	}
	w.keys(pairs(v), depth)
}

// reference writes what ref of v names.
func (w *jsonWriter) reference(v, ref value, depth int) {
	target := w.file.target(ref)
	switch {
	case !target.present():
		w.out = append(w.out, "{}"...) // reported by target
	case slices.Contains(w.open, target.node):
		w.cuts++
		w.keys(outline(target), depth)
	case len(v.node.Content) > 2 && !target.get("$ref").present():
		w.inside(target, func() { w.keys(overlay(target, v), depth) })
	default:
		w.whole(target, depth)
	}
}

func (w *jsonWriter) inside(target value, write func()) {
	w.open = append(w.open, target.node)
	write()
	w.open = w.open[:len(w.open)-1]
}

// whole writes a component schema, which many places refer to: it is kept for
// the next one. What contains itself looks different from place to place, and
// is not kept.
func (w *jsonWriter) whole(target value, depth int) {
	if known, ok := w.file.expanded[target.node]; ok {
		if w.spend(target, depth+known.height, known.values, len(known.json)) {
			w.out = append(w.out, known.json...)
		}
		return
	}
	start, values, cuts, deepest := len(w.out), w.file.values, w.cuts, w.deepest
	w.deepest = depth
	w.inside(target, func() {
		if target.isMapping() && !target.get("$ref").present() {
			w.keys(pairs(target), depth)
		} else {
			w.schema(target, depth+1)
		}
	})
	if w.cuts == cuts && !w.full {
		w.file.expanded[target.node] = expansion{bytes.Clone(w.out[start:]), w.file.values - values, w.deepest - depth}
	}
	w.deepest = max(w.deepest, deepest)
}

// keys writes the keys of one schema, each as its place asks.
func (w *jsonWriter) keys(keys iter.Seq[pair], depth int) {
	nested := func(v value) { w.schema(v, depth+1) }
	visible := func(yield func(pair) bool) {
		for p := range keys {
			if !strings.HasPrefix(p.key, "x-") && !yield(p) {
				return
			}
		}
	}
	w.objectBy(visible, func(p pair) {
		switch p.key {
		case "properties", "patternProperties", "$defs", "dependentSchemas":
			w.object(pairs(p.value), nested)
		case "allOf", "anyOf", "oneOf", "prefixItems":
			w.array(p.value, nested)
		case "items", "additionalProperties", "not", "contains", "propertyNames", "if", "then", "else":
			nested(p.value)
		case "type":
			w.types(p.value)
		default:
			w.plain(p.value)
		}
	})
}

// types writes one type or several.
func (w *jsonWriter) types(v value) {
	if !v.isList() {
		w.plain(v)
		return
	}
	w.array(v, func(item value) {
		if item.present() {
			w.plain(item)
		} else {
			w.text("null")
		}
	})
}

func (w *jsonWriter) object(keys iter.Seq[pair], write func(value)) {
	w.objectBy(keys, func(p pair) { write(p.value) })
}

func (w *jsonWriter) objectBy(keys iter.Seq[pair], write func(pair)) {
	w.out = append(w.out, '{')
	first := true
	for p := range keys {
		if !first {
			w.out = append(w.out, ',')
		}
		first = false
		w.text(p.key)
		w.out = append(w.out, ':')
		write(p)
	}
	w.out = append(w.out, '}')
}

func (w *jsonWriter) array(v value, write func(value)) {
	w.out = append(w.out, '[')
	first := true
	for item := range v.items() {
		if !first {
			w.out = append(w.out, ',')
		}
		first = false
		write(item)
	}
	w.out = append(w.out, ']')
}
