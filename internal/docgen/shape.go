package main

import (
	"encoding/json"
	"strings"

	"github.com/tidwall/gjson"

	"github.com/agentsdk-go/airbyte/internal/manifest"
	"github.com/agentsdk-go/airbyte/internal/markdown"
	"github.com/agentsdk-go/airbyte/internal/typegen/goname"
)

const refPrefix = "#/components/schemas/"

// parameterType is the type of a parameter in words, with a link where it has
// members.
func (p *page) parameterType(q *manifest.Parameter) string {
	switch {
	case q.Type == "array" && q.Ref != "":
		return "list of " + p.link(q.Ref)
	case q.Ref != "":
		return p.link(q.Ref)
	case q.Type == "array":
		return "list of " + p.schemaType(gjson.ParseBytes(q.Items))
	case len(q.Schema) > 0:
		return p.schemaType(gjson.ParseBytes(q.Schema))
	default:
		return scalarType(q.Type, q.Format)
	}
}

// schemaType is the type of a member in words.
func (p *page) schemaType(s gjson.Result) string {
	if ref := s.Get("$ref").String(); ref != "" {
		return p.link(strings.TrimPrefix(ref, refPrefix))
	}
	typ := s.Get("type")
	switch {
	case s.Get("additionalProperties").IsObject():
		return "map of " + p.schemaType(s.Get("additionalProperties"))
	case s.Get("properties").Exists():
		if name := p.lookalike(s); name != "" {
			return p.link(name)
		}
		return "object"
	case typ.IsArray():
		for _, t := range typ.Array() {
			if t.String() == "array" {
				return "list of " + p.schemaType(s.Get("items"))
			}
			if t.String() != "null" {
				return scalarType(t.String(), s.Get("format").String())
			}
		}
		return "null"
	case typ.String() == "array":
		return "list of " + p.schemaType(s.Get("items"))
	default:
		return scalarType(typ.String(), s.Get("format").String())
	}
}

func scalarType(typ, format string) string {
	switch {
	case format == "binary":
		return "file"
	case format == "date-time":
		return "time"
	case typ == "":
		return "any"
	case typ == "string":
		return "text"
	default:
		return typ
	}
}

// link notes that the page has to describe the schema.
func (p *page) link(name string) string {
	p.shapes[name] = true
	heading := goname.Type(name)
	return "[" + heading + "](#" + markdown.Anchor(heading) + ")"
}

// lookalike is the schema that a description without a reference was made of.
func (p *page) lookalike(s gjson.Result) string {
	for _, name := range p.names {
		if p.schemas[name].Get("properties").Raw == s.Get("properties").Raw {
			return name
		}
	}
	return ""
}

// shapeTables describes what parameters are made of, and what that is made of.
func (p *page) shapeTables() {
	p.printf("\n## Shapes of parameters\n")
	for done := map[string]bool{}; len(done) < len(p.shapes); {
		for _, name := range p.names {
			if p.shapes[name] && !done[name] {
				done[name] = true
				p.shape(name)
			}
		}
	}
}

func (p *page) shape(name string) {
	s := p.schemas[name]
	p.printf("\n### %s\n\n%s\n\n| Member | Type | Required | Description |\n|---|---|---|---|\n", goname.Type(name), markdown.Plain(s.Get("description").String()))
	required := map[string]bool{}
	for _, r := range s.Get("required").Array() {
		required[r.String()] = true
	}
	s.Get("properties").ForEach(func(member, value gjson.Result) bool {
		about := value.Get("description").String()
		if legal := value.Get("enum").Array(); len(legal) > 0 {
			about += " One of " + list(raws(legal)) + "."
		}
		p.printf("| `%s` | %s | %s | %s |\n", member.String(), p.schemaType(value), yes(required[member.String()]), markdown.Cell(strings.TrimSpace(about)))
		return true
	})
}

func raws(values []gjson.Result) []json.RawMessage {
	out := make([]json.RawMessage, len(values))
	for i, v := range values {
		out[i] = json.RawMessage(v.Raw)
	}
	return out
}

// list is values as inline code.
func list(values []json.RawMessage) string {
	var out []string
	for _, v := range values {
		out = append(out, text(gjson.ParseBytes(v)))
	}
	return strings.Join(out, ", ")
}

func text(v gjson.Result) string { return "`" + v.String() + "`" }
