package main

import (
	"regexp"
	"strconv"
	"strings"

	"github.com/tidwall/gjson"

	"github.com/agentsdk-go/airbyte/internal/envelope"
	"github.com/agentsdk-go/airbyte/internal/manifest"
)

const exampleID = "3d9f6e0a-1c55-4b8e-9a37-0d2f3c1b7a10"

// texts are example values by the end of the parameter's name; the first that
// fits counts.
var texts = []struct{ end, value string }{
	{"_id", exampleID},
	{"ids", exampleID},
	{"body_html", "<p>The export works again.</p>"},
	{"html", "<p>Prefers calls in the morning.</p>"},
	{"end_time", "2026-03-31T00:00:00Z"},
	{"end_date", "2026-06-30T00:00:00Z"},
	{"_before", "2026-03-31T00:00:00Z"},
	{"_time", "2026-03-01T00:00:00Z"},
	{"_date", "2026-03-31T00:00:00Z"},
	{"_at", "2026-03-01T00:00:00Z"},
	{"_until", "2026-03-02T08:00:00Z"},
	{"_after", "2026-03-01T00:00:00Z"},
	{"email", "ada@acme.com"},
	{"emails", "ada@acme.com"},
	{"url", "https://media.example.com/export.log"},
	{"urls", "https://media.example.com/export.log"},
	{"domain", "acme.com"},
	{"domains", "acme.com"},
	{"title", "CSV export fails"},
	{"from_path", "/articles/old-name"},
	{"hex_color", "#3366ff"},
	{"tags", "billing"},
	{"slug", "plan"},
	{"language", "en"},
	{"query", "export"},
	{"search_text", "export"},
	{"value", "billing"},
	{"values", "billing"},
	{"name", "Acme"},
	{"label", "Plan"},
}

// filters are example filters by entity.
var filters = map[string]string{
	"accounts":        `{"field":"name","operator":"string_contains","value":"Acme"}`,
	"audit_logs":      `{"field":"action","operator":"string_contains","value":"delete"}`,
	"call_recordings": `{"field":"title","operator":"string_contains","value":"Kick-off"}`,
	"contacts":        `{"field":"email","operator":"equals","value":"ada@acme.com"}`,
	"custom_objects":  `{"field":"name","operator":"string_contains","value":"Gold"}`,
	"issues":          `{"field":"state","operator":"in","values":["new","waiting_on_you"]}`,
	"projects":        `{"field":"status","operator":"equals","value":"in_progress"}`,
	"surveys":         `{"field":"updated_at","operator":"time_is_after","value":"2026-03-01T00:00:00Z"}`,
	"tasks":           `{"field":"status","operator":"equals","value":"not_started"}`,
	"users":           `{"field":"email","operator":"equals","value":"dana@example.com"}`,
}

// parameterValue is an example value of a parameter, as JSON.
func parameterValue(entity string, p *manifest.Parameter) string {
	switch {
	case p.Name == "filter" && filters[entity] != "":
		return filters[entity]
	case p.In == "path" && p.Name == "id" && strings.HasPrefix(p.Description, "Issue id (UUID) or"):
		return `"1042"`
	case p.In == "path" && p.Name == "type":
		return `"subscriptions"`
	case len(p.Enum) > 0:
		return string(p.Enum[0])
	case len(p.Examples) > 0:
		return string(p.Examples[0])
	case p.Type == "array":
		return "[" + schemaValue(p.Name, gjson.ParseBytes(p.Items)) + "]"
	case len(p.Schema) > 0:
		return schemaValue(p.Name, gjson.ParseBytes(p.Schema))
	default:
		return scalarValue(p.Name, p.Type, p.Format)
	}
}

// schemaValue is an example value of a JSON Schema: objects with what they
// require, or else with their first member.
func schemaValue(name string, schema gjson.Result) string {
	for _, key := range []string{"enum.0", "examples.0"} {
		if v := schema.Get(key); v.Exists() {
			return v.Raw
		}
	}
	switch {
	case schema.Get("properties").Exists():
		return objectValue(schema)
	case schema.Get("additionalProperties").IsObject():
		return `{"plan":` + schemaValue("value", schema.Get("additionalProperties")) + "}"
	case schema.Get("type").String() == "array":
		return "[" + schemaValue(name, schema.Get("items")) + "]"
	default:
		return scalarValue(name, schema.Get("type").String(), schema.Get("format").String())
	}
}

func objectValue(schema gjson.Result) string {
	required := map[string]bool{}
	for _, name := range schema.Get("required").Array() {
		required[name.String()] = true
	}
	var members []string
	schema.Get("properties").ForEach(func(name, value gjson.Result) bool {
		if required[name.String()] || len(required) == 0 && len(members) == 0 {
			members = append(members, strconv.Quote(name.String())+":"+schemaValue(name.String(), value))
		}
		return true
	})
	return "{" + strings.Join(members, ",") + "}"
}

func scalarValue(name, typ, format string) string {
	switch {
	case format == "binary":
		return `{"name":"export.log","type":"text/plain","content":"RG9uZS4="}`
	case typ == "boolean":
		return "true"
	case name == "limit":
		return "50"
	case typ == "integer", typ == "number":
		return "1"
	case typ == "object":
		return "{}"
	case name == "id":
		return strconv.Quote(exampleID)
	}
	for _, t := range texts {
		if strings.HasSuffix(name, t.end) {
			return string(envelope.AppendString(nil, t.value))
		}
	}
	return `"text"`
}

// needed says of a parameter that it is not required and yet has to be given.
var needed = regexp.MustCompile(`\bNeeded (when|unless)\b`)

// argument is a parameter and its example value, as JSON.
type argument struct {
	*manifest.Parameter
	value string
}

// exampleArguments are those of a call that makes sense: what is required, and
// where nothing is, the first thing to change or to look for.
func exampleArguments(entity string, op *manifest.Operation) []argument {
	var out []argument
	free := 0 // outside the path
	add := func(p *manifest.Parameter) {
		out = append(out, argument{p, parameterValue(entity, p)})
		if p.In != "path" {
			free++
		}
	}
	needs := false
	for i := range op.Parameters {
		p := &op.Parameters[i]
		switch {
		case p.Required:
			add(p)
		case !needs && needed.MatchString(p.Description):
			needs = true
			add(p)
		}
	}
	if free > 0 || op.Action == "list" || op.Action == "get" {
		return out
	}
	for i := range op.Parameters {
		if p := &op.Parameters[i]; !p.Required {
			add(p)
			break
		}
	}
	return out
}
