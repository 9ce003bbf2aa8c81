package operation

import (
	"bytes"
	"cmp"
	"encoding/json"
	"strings"

	"github.com/agentsdk-go/airbyte/internal/envelope"
)

// Schema returns what the schema command tells of an operation: description,
// params by name (type, required, description, and default and enum where there
// are), examples, and the route under api.
func (o Operation) Schema() (json.RawMessage, error) {
	params, err := o.paramSchemas()
	if err != nil {
		return nil, err
	}
	type api struct {
		Method  string `json:"method"`
		Path    string `json:"path"`
		Summary string `json:"summary,omitempty"`
	}
	out := struct {
		Description string          `json:"description"`
		Params      json.RawMessage `json:"params"`
		Examples    string          `json:"examples,omitempty"`
		API         *api            `json:"api,omitempty"`
	}{Description: unwrapped(cmp.Or(o.Long, o.Short)), Params: params, Examples: unindented(o.Example)}
	if o.API != nil {
		out.API = (*api)(o.API)
	}
	return envelope.Marshal(out)
}

// unwrapped has a line for each paragraph: a help text is broken for terminals.
func unwrapped(text string) string {
	paragraphs := strings.Split(text, "\n\n")
	for i, p := range paragraphs {
		paragraphs[i] = strings.Join(strings.Fields(p), " ")
	}
	return strings.Join(paragraphs, "\n\n")
}

func unindented(lines string) string {
	return strings.TrimSpace(strings.ReplaceAll(lines, "\n  ", "\n"))
}

// paramSchemas keeps the order in which the help shows them.
func (o Operation) paramSchemas() (json.RawMessage, error) {
	var b bytes.Buffer
	b.WriteByte('{')
	for i, p := range o.Params {
		if i > 0 {
			b.WriteByte(',')
		}
		b.Write(envelope.AppendString(nil, p.Name))
		b.WriteByte(':')
		schema, err := envelope.Marshal(struct {
			Type        Type     `json:"type"`
			Required    bool     `json:"required"`
			Description string   `json:"description"`
			Default     string   `json:"default,omitempty"`
			Enum        []string `json:"enum,omitempty"`
		}{p.Type, p.Required, p.Description, p.Default, p.Enum})
		if err != nil {
			return nil, err
		}
		b.Write(schema)
	}
	b.WriteByte('}')
	return b.Bytes(), nil
}
