package connector

import (
	"cmp"
	"encoding/json"
	"slices"
	"strings"

	"github.com/tidwall/gjson"
)

// Signature returns how the action is called, such as
// issues.get(id: string). A question mark marks an optional parameter.
func (a *Action) Signature(entity string) string {
	return a.signature(entity, (*Parameter).typeText)
}

// ShortSignature is Signature with the names of objects in place of their
// members, such as filter?: Filter. Parameter.Shape tells the members.
func (a *Action) ShortSignature(entity string) string {
	return a.signature(entity, (*Parameter).shortText)
}

// Shape returns the members of an object, or of an array's elements, such as
// {slug: string, value?: string}; "" for other types and where they are not
// known.
func (p *Parameter) Shape() string {
	schema := p.Schema
	if p.Type == "array" {
		schema = p.Items
	}
	if !gjson.GetBytes(schema, "properties").IsObject() {
		return ""
	}
	return objectText(schema, 1)
}

func (p *Parameter) shortText() string {
	switch {
	case p.TypeName == "" || p.Shape() == "":
		return p.typeText()
	case p.Type == "array":
		return p.TypeName + "[]"
	default:
		return p.TypeName
	}
}

func (a *Action) signature(entity string, typeText func(*Parameter) string) string {
	var b strings.Builder
	b.WriteString(entity)
	b.WriteByte('.')
	b.WriteString(a.Name)
	b.WriteByte('(')
	for i := range a.Parameters {
		p := &a.Parameters[i]
		if i > 0 {
			b.WriteString(", ")
		}
		b.WriteString(p.Name)
		if !p.Required {
			b.WriteByte('?')
		}
		b.WriteString(": ")
		b.WriteString(typeText(p))
	}
	b.WriteByte(')')
	return b.String()
}

// typeText names the parameter's type: its legal or usual values where they are
// known, the element type of an array.
func (p *Parameter) typeText() string {
	if len(p.Enum) > 0 {
		return joinRaw(p.Enum, "|")
	}
	switch {
	case len(p.Examples) > 0:
		return joinRaw(p.Examples, "|") + "|..."
	case p.Type == "array":
		return arrayText(p.Items)
	case p.Format == "date-time":
		return "RFC3339 time"
	case p.Format == "binary":
		return "file"
	case len(p.Schema) > 0:
		return objectText(p.Schema, 1)
	default:
		return cmp.Or(p.Type, "any")
	}
}

// objectText names the members of an object, as deep as a signature stays
// readable.
func objectText(schema json.RawMessage, depth int) string {
	const deepest = 2
	s := gjson.ParseBytes(schema)
	properties := s.Get("properties")
	if depth > deepest || !properties.IsObject() {
		return cmp.Or(s.Get("type").String(), "any")
	}
	required := map[string]bool{}
	for _, name := range s.Get("required").Array() {
		required[name.String()] = true
	}
	var members []string
	properties.ForEach(func(name, member gjson.Result) bool {
		mark := "?"
		if required[name.String()] {
			mark = ""
		}
		members = append(members, name.String()+mark+": "+memberText(member, depth))
		return true
	})
	return "{" + strings.Join(members, ", ") + "}"
}

func memberText(member gjson.Result, depth int) string {
	switch {
	case member.Get("enum").IsArray():
		return joinRaw(rawValues(member.Get("enum")), "|")
	case member.Get("type").String() == "object":
		return objectText(json.RawMessage(member.Raw), depth+1)
	case member.Get("type").String() == "array":
		return arrayText(json.RawMessage(member.Get("items").Raw))
	case member.Get("type").IsArray():
		types := slices.DeleteFunc(texts(member.Get("type")), func(name string) bool { return name == "null" })
		return cmp.Or(strings.Join(types, "|"), "any")
	default:
		return cmp.Or(member.Get("type").String(), "any")
	}
}

func rawValues(list gjson.Result) []json.RawMessage {
	var out []json.RawMessage
	for _, v := range list.Array() {
		out = append(out, json.RawMessage(v.Raw))
	}
	return out
}

func texts(list gjson.Result) []string {
	var out []string
	for _, v := range list.Array() {
		out = append(out, v.String())
	}
	return out
}

// arrayText names an array by its elements where these are plain.
func arrayText(items json.RawMessage) string {
	switch of := itemType(items); of {
	case "object":
		if text := objectText(items, 2); strings.HasPrefix(text, "{") {
			return text + "[]"
		}
		return "array"
	case "", "array":
		return "array"
	default:
		return of + "[]"
	}
}

// itemType returns the "type" of a JSON Schema, "" when it names none.
func itemType(schema json.RawMessage) string {
	var s struct {
		Type string `json:"type"`
	}
	if len(schema) == 0 || json.Unmarshal(schema, &s) != nil {
		return "" // a schema may be true, or have several types
	}
	return s.Type
}

func joinRaw(values []json.RawMessage, sep string) string {
	texts := make([]string, len(values))
	for i, v := range values {
		texts[i] = string(v)
	}
	return strings.Join(texts, sep)
}
