package main

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"github.com/tidwall/gjson"

	"github.com/agentsdk-go/airbyte/internal/direct/request"
	"github.com/agentsdk-go/airbyte/internal/manifest"
)

// parameter is a parameter as open source mode has it.
type parameter struct {
	*manifest.Parameter
	hosted []json.RawMessage // the values that the hosted platform takes
}

// parameters declares what a method takes besides the path.
func (g *generator) parameters(b *strings.Builder, m *method) {
	if len(m.rest) == 0 {
		return
	}
	users := m.service + "." + m.name
	if m.answer.call == "page" {
		users += " and " + m.service + "." + m.all()
	}
	comment(b, fmt.Sprintf("%s are the parameters of %s.", m.paramsType(), users))
	fmt.Fprintf(b, "type %s struct {\n", m.paramsType())
	prefix := singular(m.entity)
	for _, p := range m.rest {
		g.field(b, field{
			name: p.Name, about: m.about(p), schema: parameterSchema(p.Parameter), required: p.Required, optional: !p.Required,
			inline: m.paramsType() + goName(p.Name), prefix: prefix + strip(goName(p.Name), prefix),
		}, write)
	}
	b.WriteString("}\n\n")
}

// about is what the comment of a parameter's field says.
func (m *method) about(p parameter) string {
	var parts []string
	if isRequired(m.op, p.Parameter) {
		parts = append(parts, "Required.")
	}
	parts = append(parts, p.Description)
	if p.DirectOnly {
		parts = append(parts, "Open source mode only.")
	}
	if len(p.hosted) > 0 && !slices.EqualFunc(p.hosted, p.Enum, equal) {
		parts = append(parts, "Hosted by Airbyte: "+oneOf(p.hosted)+".")
	}
	return strings.TrimSpace(strings.Join(parts, " "))
}

// isRequired reports whether a call to the service fails without p.
func isRequired(op *manifest.Operation, p *manifest.Parameter) bool {
	return p.Required && (len(p.Default) == 0 || request.MustGive(op, p))
}

func equal(a, b json.RawMessage) bool { return string(a) == string(b) }

// oneOf is values as a part of a sentence.
func oneOf(values []json.RawMessage) string {
	words := make([]string, len(values))
	for i, v := range values {
		words[i] = gjson.ParseBytes(v).String()
	}
	last := len(words) - 1
	if last == 0 {
		return words[0]
	}
	return strings.Join(words[:last], ", ") + " or " + words[last]
}

// parameterSchema puts a parameter of the model into the form of a schema.
func parameterSchema(p *manifest.Parameter) schema {
	if p.Ref == "" && len(p.Schema) > 0 {
		return schema{gjson.ParseBytes(p.Schema)}
	}
	s := struct {
		Ref         string            `json:"$ref,omitempty"`
		Type        string            `json:"type,omitempty"`
		Format      string            `json:"format,omitempty"`
		Description string            `json:"description,omitempty"`
		Enum        []json.RawMessage `json:"enum,omitempty"`
		Examples    []json.RawMessage `json:"examples,omitempty"`
		Items       json.RawMessage   `json:"items,omitempty"`
	}{Ref: p.Ref, Type: p.Type, Format: p.Format, Description: p.Description, Enum: p.Enum, Examples: p.Examples, Items: p.Items}
	if p.Type == "array" && p.Ref != "" {
		s.Ref, s.Items = "", json.RawMessage(`{"$ref":"`+refPrefix+p.Ref+`"}`)
	}
	text, err := json.Marshal(s)
	if err != nil {
		panic(err) // values of a manifest that was read are JSON
	}
	return schema{gjson.ParseBytes(text)}
}
