package loader

import (
	"encoding/json"
	"slices"

	"go.yaml.in/yaml/v3"

	"github.com/agentsdk-go/airbyte/internal/manifest"
)

// readType fills in what the schema says of the value.
func (f *file) readType(p *manifest.Parameter, schema value) {
	target := f.resolve(schema)
	p.Type = oneType(target.get("type"))
	p.Format = target.get("format").text()
	p.Description = target.get("description").text()
	if own := schema.get("description"); own.present() { // next to a $ref
		p.Description = own.text()
	}
	if fallback := target.get("default"); fallback.node != nil {
		p.Default = f.json(fallback)
	}
	for item := range target.get("enum").items() {
		p.Enum = append(p.Enum, f.json(item))
	}
	p.Examples = f.examples(target)
	p.Nullable = f.nullable(target)
	p.FromZero = target.get("minimum").plain() == "0"
	items := target.get("items")
	if items.present() {
		p.Items = f.schemaJSON(items)
	}
	if p.Ref = refName(schema); p.Ref == "" && items.present() {
		p.Ref = refName(items)
	}
	if p.Type != "array" && saysMoreThanType(target) {
		p.Schema = f.schemaJSON(schema)
	}
}

// saysMoreThanType reports whether a schema describes what is inside a value.
func saysMoreThanType(schema value) bool {
	for key, v := range schema.fields() {
		switch key {
		case "properties", "patternProperties", "additionalProperties":
			if v.isMapping() && len(v.node.Content) > 0 {
				return true
			}
		case "allOf", "anyOf", "oneOf":
			return true
		}
	}
	return false
}

// nullable reports whether null is among the values of a schema.
func (f *file) nullable(schema value) bool {
	kind := schema.get("type")
	if schema.get("nullable").flag(false) || kind.isList() && slices.Contains(typeNames(kind), "null") || kind.plain() == "null" {
		return true
	}
	for _, key := range []string{"anyOf", "oneOf"} {
		for branch := range schema.get(key).items() {
			if branch.get("type").plain() == "null" {
				return true
			}
		}
	}
	return false
}

// typeNames are the types of a list. YAML reads a bare null as no text, and
// whoever writes [string, null] means the type.
func typeNames(v value) []string {
	var names []string
	for item := range v.items() {
		if item.present() {
			names = append(names, item.text())
		} else {
			names = append(names, "null")
		}
	}
	return names
}

// oneType is the type of a value besides null, "" when there are several.
func oneType(v value) string {
	if !v.present() || v.node.Kind != yaml.SequenceNode {
		return v.text()
	}
	types := slices.DeleteFunc(typeNames(v), func(name string) bool { return name == "null" })
	switch len(types) {
	case 0:
		return "null"
	case 1:
		return types[0]
	default:
		return ""
	}
}

// mainType is the type itself, or the first of a list that is not null.
func mainType(v value) string {
	if !v.present() {
		return ""
	}
	if v.node.Kind != yaml.SequenceNode {
		return v.text()
	}
	for _, name := range typeNames(v) {
		if name != "null" {
			return name
		}
	}
	return "null"
}

// examples reads the usual values of a schema, in JSON Schema's own keyword.
func (f *file) examples(schema value) []json.RawMessage {
	var out []json.RawMessage
	for item := range schema.get("examples").items() {
		out = append(out, f.json(item))
	}
	return out
}
