package main

import (
	"fmt"
	"regexp"
	"strings"

	"github.com/agentsdk-go/airbyte/internal/typegen/goname"
)

// comparedValue is the member of a condition that may be the empty text; its
// other members are names, of which an empty one is none.
const comparedValue = "value"

// timeText is how descriptions say of a text without a format that it is a time.
var timeText = regexp.MustCompile(`(^|, )RFC3339`)

// isTime reports whether a text is a time. Where the empty text has a meaning it
// stays a text.
func (s schema) isTime() bool {
	about := s.description()
	return (s.Get("format").String() == "date-time" || timeText.MatchString(about)) && !strings.Contains(about, `""`)
}

// goType is the Go type of s. An object without a name of its own gets inline
// as its name.
func (g *generator) goType(s schema, inline string, dir direction) string {
	s = s.bare()
	if name := s.ref(); name != "" {
		return g.component(name, dir)
	}
	switch s.kind() {
	case "string":
		return textType(s, dir)
	case "boolean":
		return "bool"
	case "integer":
		return "int64"
	case "number":
		return "float64"
	case "array":
		return "[]" + g.goType(schema{s.Get("items")}, strings.TrimSuffix(inline, "s"), dir)
	case "object":
		return g.objectType(s, inline, dir)
	default:
		return anyType(dir)
	}
}

func textType(s schema, dir direction) string {
	switch {
	case s.Get("format").String() == "binary":
		return "File"
	case !s.isTime():
		return "string"
	case dir == read:
		return "Time"
	default:
		return "time.Time"
	}
}

func anyType(dir direction) string {
	if dir == read {
		return "json.RawMessage"
	}
	return "any"
}

func (g *generator) objectType(s schema, inline string, dir direction) string {
	if s.isObject() {
		if name := g.components.lookalike(s); name != "" {
			return g.component(name, dir)
		}
		g.structType(inline, inline, s, dir)
		return inline
	}
	if values := s.Get("additionalProperties"); values.IsObject() {
		return "map[string]" + g.goType(schema{values}, inline, dir)
	}
	if dir == read {
		return "json.RawMessage"
	}
	return "map[string]any"
}

// component is the Go type of a component schema.
func (g *generator) component(name string, dir direction) string {
	s, err := g.components.named(name)
	if err != nil {
		g.fail("%w", err)
		return "any"
	}
	if !s.isObject() {
		return g.goType(s, goname.Type(name), dir)
	}
	g.used[dir][name] = true
	goType := goname.Type(name)
	prefix := valuePrefix(goType)
	if dir == write && g.used[read][name] && !g.components.isLanguage(goType) {
		goType += "Input"
		if _, taken := g.components.byType[goType]; taken {
			g.fail("schema %s is both read and written, and %s is taken", name, goType)
		}
	}
	g.structType(goType, prefix, s, dir)
	return goType
}

// structType declares a type, once. The known values of its members go by the
// name prefix.
func (g *generator) structType(goName, prefix string, s schema, dir direction) {
	if _, done := g.types[goName]; done {
		return
	}
	g.types[goName] = "" // a type may contain itself
	var b strings.Builder
	about := s.description()
	if about == "" && dir == read && g.isRecord(goName) {
		about = "The answer of an action."
	}
	comment(&b, sentence(goName, g.methods.named(about)))
	fmt.Fprintf(&b, "type %s struct {\n", goName)
	language := g.components.isLanguage(goName)
	for _, p := range s.properties() {
		f := fieldOf(p, goName, prefix)
		f.optional = !p.required && (dir == write && !language || language && p.name == comparedValue)
		g.field(&b, f, dir)
	}
	if dir == read && g.isRecord(goName) {
		comment(&b, "Raw is the record as it was sent: here null and absent can be told apart, and members without a field are found.")
		b.WriteString("Raw json.RawMessage `json:\"-\"`\n}\n\n")
		b.WriteString(unmarshaler(goName))
	} else {
		b.WriteString("}\n\n")
	}
	g.types[goName] = b.String()
}

// isRecord reports whether the type keeps its own bytes.
func (g *generator) isRecord(goName string) bool {
	for name := range g.records {
		if goname.Type(name) == goName {
			return true
		}
	}
	return false
}

func unmarshaler(goName string) string {
	return fmt.Sprintf(`// UnmarshalJSON decodes what is known of the record and keeps all of it in Raw.
// Members of an unexpected type are left at their zero value.
func (v *%[1]s) UnmarshalJSON(b []byte) error {
	type plain %[1]s
	return decodeRecord(b, (*plain)(v), &v.Raw)
}

`, goName)
}
