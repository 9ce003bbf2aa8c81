package tools

import (
	"encoding/json"
	"slices"
	"strings"

	"github.com/tidwall/gjson"

	"github.com/agentsdk-go/airbyte/connector"
	"github.com/agentsdk-go/airbyte/internal/action"
	"github.com/agentsdk-go/airbyte/internal/envelope"
)

// property is one member of a schema, with its keys in the order they are read.
type property struct {
	Type                 string            `json:"type,omitempty"`
	Format               string            `json:"format,omitempty"`
	Description          string            `json:"description,omitempty"`
	Enum                 []json.RawMessage `json:"enum,omitempty"`
	Examples             []json.RawMessage `json:"examples,omitempty"`
	Default              json.RawMessage   `json:"default,omitempty"`
	Items                json.RawMessage   `json:"items,omitempty"`
	Properties           json.RawMessage   `json:"properties,omitempty"`
	Required             json.RawMessage   `json:"required,omitempty"`
	AdditionalProperties *bool             `json:"additionalProperties,omitempty"`
}

// named is a property with its name; a list of them keeps the order that a Go
// map would lose.
type named struct {
	name string
	property
}

// objectSchema writes the schema of an object with these properties only.
func objectSchema(properties []named, required []string) json.RawMessage {
	b := []byte(`{"type":"object","properties":{`)
	for i, p := range properties {
		if i > 0 {
			b = append(b, ',')
		}
		b = append(b, envelope.Encode(p.name)...)
		b = append(b, ':')
		b = append(b, envelope.Encode(p.property)...)
	}
	b = append(b, `},"required":`...)
	if required == nil {
		required = []string{}
	}
	b = append(b, envelope.Encode(required)...)
	return append(b, `,"additionalProperties":false}`...)
}

// executeSchema is the schema of the execute tool. Signatures stand in the
// descriptions of its properties, which have no limit of their own.
func (c *capabilities) executeSchema() json.RawMessage {
	open := true
	return objectSchema([]named{
		{"entity", property{Type: "string", Description: c.entityText(), Enum: rawStrings(c.entityNames())}},
		{"action", property{Type: "string", Description: c.actionText(), Enum: rawStrings(c.verbs())}},
		{"params", property{Type: "object", Description: c.paramsText(), AdditionalProperties: &open}},
	}, []string{"entity", "action"})
}

func rawStrings(values []string) []json.RawMessage {
	raw := make([]json.RawMessage, len(values))
	for i, v := range values {
		raw[i] = envelope.Encode(v)
	}
	return raw
}

func (c *capabilities) entityText() string {
	if len(c.entities) == 0 {
		return "The kind of record."
	}
	lines := []string{"The kind of record:"}
	for _, e := range c.entities {
		line := e.Name
		if e.Description != "" {
			line += ": " + oneLine(e.Description)
		}
		lines = append(lines, line)
	}
	return strings.Join(lines, "\n")
}

func (c *capabilities) actionText() string {
	if len(c.entities) == 0 {
		return "What to do with it."
	}
	return "What to do with it. Which entity has which action stands at params."
}

func (c *capabilities) paramsText() string {
	if len(c.entities) == 0 {
		return "The arguments of the action, by name."
	}
	return "The arguments of the action, by name; ? marks an optional one.\n" + c.operationsText()
}

// operationsText lists the operations with their signatures, a line for each
// entity. The search, which is alike everywhere, is told once.
func (c *capabilities) operationsText() string {
	var lines []string
	for _, e := range c.entities {
		var calls []string
		for _, a := range e.Actions {
			if a.Name != action.ContextStoreSearch {
				calls = append(calls, strings.TrimPrefix(a.ShortSignature(e.Name), e.Name+"."))
			}
		}
		if len(calls) > 0 {
			lines = append(lines, e.Name+": "+strings.Join(calls, ", "))
		}
	}
	return strings.Join(slices.Concat(lines, c.typeLines(), c.searchLines()), "\n")
}

// typeLines tells once what the objects look like that signatures name.
func (c *capabilities) typeLines() []string {
	var lines []string
	for _, e := range c.entities {
		for _, a := range e.Actions {
			for i := range a.Parameters {
				p := &a.Parameters[i]
				line := p.TypeName + ": " + p.Shape()
				if p.TypeName != "" && p.Shape() != "" && !slices.Contains(lines, line) {
					lines = append(lines, line)
				}
			}
		}
	}
	return lines
}

const searchShape = `context_store_search(query: object, limit?: integer, cursor?: string, fields?: [["id"], ["title"]]); ` +
	`query is {"filter": condition, "sort": [{"created_at": "desc"}]}. ` +
	`A condition is {"eq": {"state": "new"}}; likewise neq, gt, gte, lt, lte, in, like (% wildcard), fuzzy, keyword, contains, any; ` +
	`{"and": [c1, c2]}, {"or": [c1, c2]}, {"not": c}. Its fields:`

func (c *capabilities) searchLines() []string {
	var lines []string
	for _, e := range c.entities {
		if !c.has(e.Name, action.ContextStoreSearch) {
			continue
		}
		lines = append(lines, e.Name+": "+fieldNames(e.SearchFields))
	}
	if len(lines) == 0 {
		return nil
	}
	return append([]string{searchShape}, lines...)
}

func fieldNames(fields []connector.SearchField) string {
	names := make([]string, len(fields))
	for i, f := range fields {
		names[i] = f.Name + usualValues(f.Examples)
	}
	return strings.Join(names, ", ")
}

// usualValues shows the values that a field usually has, for a model to filter by.
func usualValues(examples []json.RawMessage) string {
	if len(examples) == 0 {
		return ""
	}
	texts := make([]string, len(examples))
	for i, raw := range examples {
		texts[i] = gjson.ParseBytes(raw).String()
	}
	return " (" + strings.Join(texts, "|") + "|...)"
}
