package request

import (
	"fmt"
	"strings"

	"github.com/tidwall/gjson"

	"github.com/agentsdk-go/airbyte/internal/manifest"
)

// selection is what stands for {{ fields }} in a query.
type selection struct {
	slot  int
	usual string // JSON-escaped; "" when the operation has no default
}

func compileSelection(g *manifest.GraphQL, s *slots) (selection, error) {
	out := selection{slot: s.of(fieldsName), usual: escapeText(g.DefaultText)}
	if out.usual != "" {
		return out, nil
	}
	var text []byte
	for _, field := range g.DefaultFields {
		if !isField(field) {
			return out, broken(fmt.Sprintf("default field %q is no name of a graphql field", field))
		}
		text = appendSelected(text, field)
	}
	out.usual = string(text)
	return out, nil
}

// append writes the fields that the call names, else the usual ones.
func (s *selection) append(dst []byte, args *arguments) ([]byte, error) {
	raw := args.raw[s.slot]
	if (raw == "" || raw == null) && s.usual == "" {
		raw = args.fallback(s.slot)
	}
	names, err := fieldNames(raw)
	if err != nil {
		return dst, err
	}
	if len(names) == 0 {
		if s.usual == "" {
			return dst, invalid(fieldsName, "is needed: name the fields that the answer should have")
		}
		return append(dst, s.usual...), nil
	}
	var text []byte
	for _, name := range names {
		text = appendSelected(text, name)
	}
	return append(dst, text...), nil
}

// fieldNames reads an array of names, or a text with names in it.
func fieldNames(raw string) ([]string, error) {
	if raw == "" || raw == null {
		return nil, nil
	}
	value := gjson.Parse(raw)
	if value.Type == gjson.String {
		names := strings.FieldsFunc(value.Str, func(r rune) bool { return r == ',' || r == ' ' || r == '\n' || r == '\t' })
		return names, checkFields(names)
	}
	if !value.IsArray() {
		return nil, invalid(fieldsName, "must be an array of field names")
	}
	var names []string
	for _, element := range value.Array() {
		if element.Type != gjson.String {
			return nil, invalid(fieldsName, "must be an array of strings")
		}
		names = append(names, element.Str)
	}
	return names, checkFields(names)
}

// checkFields refuses everything but names: a brace in one could end the
// selection and start a mutation.
func checkFields(names []string) error {
	for i, name := range names {
		if !isField(name) {
			return invalid(fieldsName, fmt.Sprintf(
				"has no field name as item %d; use letters, digits and _, with a dot before a nested field", i))
		}
	}
	return nil
}

func isField(name string) bool {
	for step := range strings.SplitSeq(name, ".") {
		if step == "" || '0' <= step[0] && step[0] <= '9' ||
			strings.ContainsFunc(step, func(r rune) bool { return !isWord(r) || r == '-' }) {
			return false
		}
	}
	return true
}

// appendSelected writes a.b.c as a { b { c } }, after a space where it is not
// the first.
func appendSelected(dst []byte, field string) []byte {
	if len(dst) > 0 {
		dst = append(dst, ' ')
	}
	dst = append(dst, strings.ReplaceAll(field, ".", " { ")...)
	return append(dst, strings.Repeat(" }", strings.Count(field, "."))...)
}
