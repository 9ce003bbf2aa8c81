package loader

import (
	"encoding/json"
	"slices"

	"go.yaml.in/yaml/v3"

	"github.com/agentsdk-go/airbyte/internal/manifest"
)

// readParameters lists the arguments of an operation: those of its
// parameters list first, then the top level of its body. One name must mean
// one argument, wherever it travels.
func (f *file) readParameters(operation value) []manifest.Parameter {
	var out []manifest.Parameter
	add := func(p manifest.Parameter, v value) {
		taken := slices.ContainsFunc(out, func(other manifest.Parameter) bool { return other.Name == p.Name })
		switch {
		case p.Name == "": // reported where the name is read
		case taken:
			v.problem("the operation already has a parameter called %q", p.Name)
		default:
			out = append(out, p)
		}
	}
	for v := range operation.get("parameters").items() {
		p := f.readParameter(v)
		if p.In != "cookie" { // no connector sends cookies; the format tolerates them
			add(p, v)
		}
	}
	f.readBody(operation.get("requestBody"), add)
	return out
}

func (f *file) readParameter(v value) manifest.Parameter {
	v.onlyKeys("name", "in", "description", "required", "deprecated", "allowEmptyValue", "schema", "style", "explode",
		"example", "examples")
	p := manifest.Parameter{
		Name:       v.need("name").text(),
		In:         v.need("in").oneOf("path", "query", "header", "cookie"),
		Required:   v.get("required").flag(false),
		DirectOnly: !v.get("x-hosted").flag(true),
	}
	p.Required = p.Required || p.In == "path"
	f.readType(&p, v.get("schema"))
	if text := v.get("description").text(); text != "" {
		p.Description = text
	}
	return p
}

// readBody gives every property of the first media type to add. A GraphQL
// body has no properties: its variables come from the parameters list.
func (f *file) readBody(body value, add func(manifest.Parameter, value)) {
	if !body.present() || body.get("x-airbyte-body-type").present() {
		return
	}
	for _, media := range body.need("content").fields() {
		schema := f.resolve(media.get("schema"))
		required := schema.get("required").texts()
		for name, property := range schema.get("properties").fields() {
			p := manifest.Parameter{
				Name:       name,
				In:         "body",
				Required:   slices.Contains(required, name),
				DirectOnly: !property.get("x-hosted").flag(true),
			}
			f.readType(&p, property)
			add(p, property)
		}
		return
	}
}

// readType fills in what the schema says of the value.
func (f *file) readType(p *manifest.Parameter, schema value) {
	target := f.resolve(schema)
	p.Type = mainType(target.get("type"))
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
	if items := target.get("items"); items.present() {
		p.Items = f.schemaJSON(items)
	}
}

// examples reads the usual values of a schema, in JSON Schema's own keyword.
func (f *file) examples(schema value) []json.RawMessage {
	var out []json.RawMessage
	for item := range schema.get("examples").items() {
		out = append(out, f.json(item))
	}
	return out
}

// mainType is the type itself, or the first of a list that is not null.
func mainType(v value) string {
	if !v.present() {
		return ""
	}
	if v.node.Kind != yaml.SequenceNode {
		return v.text()
	}
	for _, name := range v.texts() {
		if name != "null" {
			return name
		}
	}
	return "null"
}

func (f *file) json(v value) json.RawMessage {
	w := jsonWriter{file: f}
	w.plain(v)
	return w.bytes()
}
