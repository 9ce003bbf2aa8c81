package main

import (
	"fmt"
	"regexp"
	"strings"
)

// field is a member of a struct.
type field struct {
	name     string // on the wire
	about    string
	schema   schema
	required bool
	optional bool   // absent and empty mean different things, so that a scalar is a pointer
	inline   string // Go name of an object that has none of its own
	prefix   string // of the constants for its known values
}

func fieldOf(p property, parent, prefix string) field {
	about := p.schema.description()
	return field{
		name: p.name, about: about, schema: p.schema, required: p.required,
		inline: parent + goName(p.name), prefix: prefix + strip(goName(p.name), prefix),
	}
}

// strip takes off the beginning of name what the end of prefix says already, so
// that the account type of accounts is AccountType.
func strip(name, prefix string) string {
	for i := range prefix {
		if !startsWord(prefix[i:]) {
			continue
		}
		if rest, ok := strings.CutPrefix(name, prefix[i:]); ok && startsWord(rest) {
			return rest
		}
	}
	return name
}

func startsWord(s string) bool { return s != "" && s[0] >= 'A' && s[0] <= 'Z' }

// field writes one field.
func (g *generator) field(b *strings.Builder, f field, dir direction) {
	typ := g.goType(f.schema, f.inline, dir)
	about := g.methods.named(typeText(typ, f.about))
	if about == "" {
		about = phrase(f.name) + "."
	}
	if strings.HasSuffix(typ, "string") {
		set := g.values.add(f.prefix, f.name, f.schema.values())
		if set != "" {
			about += " Known values: the " + set + " constants."
		}
	}
	comment(b, about)
	omit := ",omitzero"
	switch {
	case f.optional && isScalar(typ):
		typ = "*" + typ
	case dir == write && f.required && isScalar(typ) && typ != "string":
		omit = "" // false and 0 are values like others
	}
	fmt.Fprintf(b, "%s %s `json:\"%s%s\"`\n", goName(f.name), typ, f.name, omit)
}

// What a description says of the JSON form of a file, which File sees to: the
// end of a sentence, or a whole one.
var (
	encodedAs = regexp.MustCompile(`: [^.]*\bbase64\b[^.]*`)
	encoded   = regexp.MustCompile(`[^.]*\bbase64\b[^.]*\.`)
)

// conditions is what a description says of the JSON form of a filter, which
// functions build.
var conditions = regexp.MustCompile(`Conditions: \{.*\}, at most (\d) levels deep\. Values are always text\.`)

// typeText is a description without the JSON form of what has a type of its own.
func typeText(typ, about string) string {
	switch {
	case strings.HasSuffix(typ, "File"):
		return fileText(about)
	case typ == "Filter":
		return conditions.ReplaceAllString(about, "Built by Equals, In, And and the others, at most $1 levels deep.")
	default:
		return about
	}
}

// fileText is the description of a file without its JSON form.
func fileText(about string) string {
	return encoded.ReplaceAllString(encodedAs.ReplaceAllString(about, ""), "")
}

func isScalar(typ string) bool {
	switch typ {
	case "string", "bool", "int64", "float64":
		return true
	default:
		return false
	}
}
