package request

import (
	"encoding/json"
	"fmt"
	"strings"

	"github.com/agentsdk-go/airbyte/internal/envelope"
	"github.com/agentsdk-go/airbyte/internal/manifest"
)

// parameter is a declared parameter together with the slot of its name.
type parameter struct {
	*manifest.Parameter
	slot int
	key  string // the name as the place where it travels writes it
	// withDefault says that the default is sent when the call leaves the
	// parameter out; needless that it also makes up for a required one.
	withDefault bool
	needless    bool
}

// declare lists the operation's parameters and gives each its slot.
func (b *Builder) declare(op *manifest.Operation) ([]parameter, error) {
	out := make([]parameter, 0, len(op.Parameters))
	seen := make(map[[2]string]bool, len(op.Parameters))
	for i := range op.Parameters {
		p := &op.Parameters[i]
		if id := [2]string{p.In, p.Name}; seen[id] {
			return nil, broken(fmt.Sprintf("parameter %q is declared twice in the %s", p.Name, p.In))
		} else {
			seen[id] = true
		}
		if len(p.Default) > 0 && envelope.Valid(p.Default) != nil {
			return nil, broken(fmt.Sprintf("the default of parameter %q is not valid json", p.Name))
		}
		declared, err := b.declareOne(op, p)
		if err != nil {
			return nil, err
		}
		out = append(out, declared)
		if p.Required {
			b.required = append(b.required, declared)
		}
	}
	return out, nil
}

func (b *Builder) declareOne(op *manifest.Operation, p *manifest.Parameter) (parameter, error) {
	out := parameter{Parameter: p, slot: b.slots.of(p.Name), withDefault: true, needless: true}
	switch p.In {
	case "path", "header":
	case "query":
		out.key = string(appendEscaped(nil, p.Name, "+"))
		out.withDefault = p.Required || b.options.OptionalDefaults
	case "body":
		key := envelope.AppendString(nil, p.Name)
		out.key = string(append(key, ':'))
		out.needless = !MustGive(op, p)
	default:
		return out, broken(fmt.Sprintf("parameter %q is in %q; it can be in path, query, header or body", p.Name, p.In))
	}
	return out, b.slots.declare(p, out.slot)
}

// MustGive reports whether a default of p does not make up for p. Who creates or
// changes a record says what is required of it: the manifests list such a field
// as required although it has a default.
func MustGive(op *manifest.Operation, p *manifest.Parameter) bool {
	return p.Required && p.In == "body" && (op.Action == "create" || op.Action == "update")
}

// travelling keeps the parameters of one place, in their order.
func travelling(params []parameter, in string) []parameter {
	var out []parameter
	for _, p := range params {
		if p.In == in {
			out = append(out, p)
		}
	}
	return out
}

// value is what the parameter sends, as raw JSON; "" when it sends nothing.
func (p *parameter) value(args *arguments) string {
	raw := args.raw[p.slot]
	switch {
	case p.In == "body":
		return p.bodyValue(raw, args)
	case raw == "" && p.withDefault:
		raw = args.fallback(p.slot)
	case raw == null && (p.Required || p.In == "header"):
		// A null there means "as usual"; it cannot mean "nothing".
		raw = args.fallback(p.slot)
	}
	if raw == null {
		return ""
	}
	return raw
}

// bodyValue keeps a null only where it means something to the service, or where
// it is the default itself.
func (p *parameter) bodyValue(raw string, args *arguments) string {
	if raw == "" || raw == null && !p.Nullable {
		return args.fallback(p.slot)
	}
	return raw
}

// given reports whether a required parameter has what it needs.
func (p *parameter) given(args *arguments) bool {
	if p.In == "query" || p.In == "header" {
		return p.value(args) != ""
	}
	return args.raw[p.slot] != "" || p.needless && args.fallback(p.slot) != ""
}

// fromText is the JSON text of v as a parameter of type kind: the configuration
// is text, but a body wants numbers and truth values as such.
func fromText(v, kind string) string {
	switch kind {
	case "integer", "number":
		if json.Valid([]byte(v)) && isNumber(v) && v == strings.TrimSpace(v) {
			return v
		}
	case "boolean":
		if v == "true" || v == "false" {
			return v
		}
	case "array":
		return "[" + string(envelope.AppendString(nil, v)) + "]"
	}
	return string(envelope.AppendString(nil, v))
}
