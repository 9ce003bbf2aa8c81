package operation

import (
	"bytes"
	"encoding/json"

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
	}{Description: o.Short, Params: params, Examples: o.Example}
	if o.Long != "" {
		out.Description = o.Long
	}
	if o.API != nil {
		out.API = (*api)(o.API)
	}
	return envelope.Marshal(out)
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
