package loader

import (
	"slices"
	"strings"

	"go.yaml.in/yaml/v3"
)

const refPrefix = "#/components/schemas/"

// unescape undoes the escapes of JSON Pointer.
var unescape = strings.NewReplacer("~1", "/", "~0", "~")

// checkSchemas reports every reference without a target, and required names
// that are no property, wherever they are in the file.
func (f *file) checkSchemas(v value) {
	switch {
	case !v.present():
	case v.isList():
		for item := range v.items() {
			f.checkSchemas(item)
		}
	case v.isMapping():
		if ref := v.get("$ref"); ref.present() && ref.node.Kind == yaml.ScalarNode {
			f.target(ref)
		}
		checkRequired(v)
		for key, child := range v.fields() {
			if v.isProperties() || !holdsData(key) {
				f.checkSchemas(child)
			}
		}
	}
}

// isProperties reports whether the keys of v are names of the author's
// choice, not words of JSON Schema.
func (v value) isProperties() bool {
	return v.key == "properties" || v.key == "schemas"
}

// holdsData reports whether what looks like a schema under the key is data.
func holdsData(key string) bool {
	switch key {
	case "example", "examples", "default", "enum", "const", "x-airbyte-body-type":
		return true
	default:
		return false
	}
}

func checkRequired(v value) {
	required, properties := v.get("required"), v.get("properties")
	if v.isProperties() || !required.isList() || !properties.isMapping() || v.get("allOf").present() {
		return
	}
	known := make(map[string]bool, len(properties.node.Content)/2)
	for name := range properties.fields() {
		known[name] = true
	}
	for name := range required.items() {
		if text := name.text(); text != "" && !known[text] {
			name.warn("%q is required but no property has that name", text)
		}
	}
}

// target is the schema that a $ref names; its absence is a problem.
func (f *file) target(ref value) value {
	name, ok := strings.CutPrefix(ref.text(), refPrefix)
	if !ok {
		ref.problem("reference %q is not supported; it must begin with %s", ref.node.Value, refPrefix)
		return value{file: f}
	}
	schema := f.named[unescape.Replace(name)]
	if !schema.present() {
		ref.problem("there is no schema %q under components.schemas", name)
	}
	return schema
}

// resolve follows references until it reaches a schema. One that leads back
// to itself is a problem.
func (f *file) resolve(schema value) value {
	var seen []string
	for {
		ref := schema.get("$ref")
		if !ref.present() || ref.node.Kind != yaml.ScalarNode {
			return schema
		}
		if slices.Contains(seen, ref.node.Value) {
			ref.problem("reference %q leads back to itself", ref.node.Value)
			return value{file: f}
		}
		seen = append(seen, ref.node.Value)
		schema = f.target(ref)
	}
}
