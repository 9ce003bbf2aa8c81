package tools

import (
	"context"
	"encoding/json"
	"fmt"
	"hash/fnv"
	"strings"

	"github.com/tidwall/gjson"

	"github.com/agentsdk-go/airbyte/connector"
	"github.com/agentsdk-go/airbyte/internal/envelope"
)

// perAction makes one tool per permitted operation.
func (b *builder) perAction() (*Set, error) {
	if len(b.caps.entities) == 0 {
		return nil, configError("the operations of connector %s are not known, so there is nothing to make tools per action of; use New without WithPerAction",
			b.conn.Name())
	}
	var all []*Tool
	guide := b.caps.guide(b.toolName("<entity>_<action>"), perActionPaging)
	for _, e := range b.caps.entities {
		for _, a := range e.Actions {
			t, err := b.operation(e, a)
			if err != nil {
				return nil, err
			}
			t.guide = guide
			all = append(all, t)
		}
	}
	return NewSet(all...)
}

// operation makes the tool of one operation.
func (b *builder) operation(e connector.Entity, a connector.Action) (*Tool, error) {
	description, err := b.describe(func(room int) string { return operationDescription(e, a, room) })
	if err != nil {
		return nil, err
	}
	name := shortName(b.toolName(e.Name + "_" + a.Name))
	if err := checkName(name); err != nil {
		return nil, err
	}
	return &Tool{
		name:        name,
		description: description,
		schema:      operationSchema(a),
		effect:      a.Effect,
		maxOutput:   b.maxOutput,
		caps:        b.caps.only(e, a),
		call: func(ctx context.Context, args json.RawMessage, report func(Progress)) (envelope.Result, error) {
			var params connector.Params
			if err := json.Unmarshal(args, &params); err != nil {
				return envelope.Result{}, badArguments("arguments are not valid JSON: %v", err)
			}
			return b.run(ctx, e.Name, a.Name, params, report)
		},
	}, nil
}

// shortName cuts a name to 64 characters; a hash of the whole keeps two that
// start alike apart.
func shortName(name string) string {
	const most = 64
	name = illegal.ReplaceAllString(name, "_")
	if len(name) <= most {
		return name
	}
	h := fnv.New32a()
	h.Write([]byte(name))
	return fmt.Sprintf("%s_%08x", name[:most-9], h.Sum32())
}

func operationDescription(e connector.Entity, a connector.Action, room int) string {
	sentences := []string{a.Description}
	if a.Description == "" {
		sentences[0] = a.Name + " " + e.Name + "."
	}
	if a.Effect != connector.Read {
		sentences = append(sentences, writeAdvice)
	} else if _, paged := parameter(a, "cursor"); paged {
		sentences = append(sentences, perActionPaging)
	}
	if len(e.SearchFields) > 0 {
		if _, searches := parameter(a, "query"); searches {
			sentences = append(sentences, "Fields: "+fieldNames(e.SearchFields)+".")
		}
	}
	return fit(sentences, " ", room)
}

func parameter(a connector.Action, name string) (connector.Parameter, bool) {
	for _, p := range a.Parameters {
		if p.Name == name {
			return p, true
		}
	}
	return connector.Parameter{}, false
}

func operationSchema(a connector.Action) json.RawMessage {
	properties := make([]named, len(a.Parameters))
	var required []string
	for i := range a.Parameters {
		p := &a.Parameters[i]
		properties[i] = named{p.Name, parameterSchema(p)}
		if p.Required {
			required = append(required, p.Name)
			properties[i].Default = nil // a default next to "required" invites leaving it out
		}
	}
	return objectSchema(properties, required)
}

// parameterSchema is a parameter as a model sees it. An object stays open: the
// service may know members that the manifest does not.
func parameterSchema(p *connector.Parameter) property {
	s := property{
		Type: p.Type, Format: p.Format, Description: p.Description,
		Enum: p.Enum, Examples: p.Examples, Default: p.Default, Items: p.Items,
	}
	switch {
	case p.Format == "binary":
		s.Type, s.Format = "string", ""
		s.Description = strings.TrimSpace(s.Description + " Base64 text.")
	case p.Type == "array" && len(p.Items) == 0:
		s.Items = json.RawMessage(`{}`) // OpenAI refuses an array that does not say what is in it
	case p.Type == "object":
		open := true
		s.AdditionalProperties = &open
		s.Properties = rawMember(p.Schema, "properties")
		s.Required = rawMember(p.Schema, "required")
	}
	return s
}

func rawMember(schema json.RawMessage, name string) json.RawMessage {
	return json.RawMessage(gjson.GetBytes(schema, name).Raw)
}
