package lint

import (
	"strings"

	"github.com/tidwall/gjson"
)

// mostDepth ends the walk of a schema that is nested beyond all use.
const mostDepth = 100

// place is one schema within a tool's schema.
type place struct {
	path   string // such as filter.values[], "" for the root
	depth  int
	plain  bool // reached through properties and items alone
	schema gjson.Result
}

// name is the path for a message.
func (p place) name() string {
	if p.path == "" {
		return "the root"
	}
	return p.path
}

// has tells if the schema has the keyword.
func (p place) has(keyword string) bool { return member(p.schema, keyword).Exists() }

// types are the schema's types, one or a list.
func (p place) types() []string {
	typ := member(p.schema, "type")
	if typ.Type == gjson.String {
		return []string{typ.Str}
	}
	var types []string
	for _, t := range typ.Array() {
		types = append(types, t.String())
	}
	return types
}

// member is an object's member. Unlike gjson's Get it takes the key as it is:
// keywords such as $ref and properties such as a.b are no paths.
func member(object gjson.Result, key string) gjson.Result {
	var found gjson.Result
	if object.IsObject() {
		object.ForEach(func(k, v gjson.Result) bool {
			if k.Str == key {
				found = v
			}
			return !found.Exists()
		})
	}
	return found
}

// places returns the root and every schema within it, parents first, in the
// order in which they are written.
func (s subject) places() []place {
	var all []place
	var walk func(p place)
	walk = func(p place) {
		if !p.schema.IsObject() || p.depth > mostDepth {
			return
		}
		all = append(all, p)
		p.schema.ForEach(func(keyword, value gjson.Result) bool {
			for _, part := range parts(keyword.Str, value) {
				part.path = strings.TrimPrefix(p.path+part.path, ".")
				part.depth = p.depth + 1
				part.plain = p.plain && (keyword.Str == "properties" || keyword.Str == "items")
				walk(part)
			}
			return true
		})
	}
	walk(place{plain: true, schema: s.root})
	return all
}

// parts are the schemas that the keyword's value holds.
func parts(keyword string, value gjson.Result) []place {
	switch keyword {
	case "properties", "patternProperties", "dependentSchemas", "$defs", "definitions":
		return members(keyword, value)
	case "items", "prefixItems", "additionalItems", "contains":
		return elements("[]", value)
	case "additionalProperties", "propertyNames":
		return elements(".*", value)
	case "anyOf", "oneOf", "allOf", "not", "if", "then", "else":
		return elements("", value)
	default:
		return nil
	}
}

func members(keyword string, value gjson.Result) []place {
	var list []place
	if value.IsObject() {
		value.ForEach(func(key, schema gjson.Result) bool {
			path := "." + key.Str
			if keyword != "properties" {
				path = "." + keyword + path
			}
			list = append(list, place{path: path, schema: schema})
			return true
		})
	}
	return list
}

// elements are one schema, or a list of them.
func elements(path string, value gjson.Result) []place {
	if !value.IsArray() {
		return []place{{path: path, schema: value}}
	}
	var list []place
	for _, schema := range value.Array() {
		list = append(list, place{path: path, schema: schema})
	}
	return list
}
