package langchaingo

import (
	"fmt"
	"strings"
	"unicode/utf8"

	"github.com/tidwall/gjson"

	"github.com/agentsdk-go/airbyte/tools"
)

// describe is the description of t for an agent that drops the schema: the
// tool's own text, then how to call it. Within the budget the shape and the
// legal values come first, then the tool's own text, then what the schema says
// of its properties. What does not fit is taught by the tool's answers to wrong
// calls.
func describe(t *tools.Tool, budget int) string {
	shape, details := usage(gjson.ParseBytes(t.Schema()))
	if budget <= 0 {
		return strings.Join(append([]string{t.Description(), shape}, details...), "\n")
	}
	shape = cut(shape, budget)
	own := cut(t.Description(), budget-utf8.RuneCountInString(shape)-1)
	text := strings.TrimPrefix(own+"\n"+shape, "\n")
	for _, line := range details {
		if utf8.RuneCountInString(text)+1+utf8.RuneCountInString(line) > budget {
			break
		}
		text += "\n" + line
	}
	if strings.HasSuffix(text, ":") { // a heading whose list did not fit
		text = text[:strings.LastIndexByte(text, '\n')]
	}
	return text
}

// usage is the shape of the input with the legal values, and the lines of what
// the schema says of each property.
func usage(schema gjson.Result) (shape string, details []string) {
	required := map[string]bool{}
	for _, name := range schema.Get("required").Array() {
		required[name.String()] = true
	}
	var fields, values []string
	schema.Get("properties").ForEach(func(key, property gjson.Result) bool {
		name := key.String()
		fields = append(fields, field(name, property, required[name]))
		if enum := property.Get("enum").Array(); len(enum) > 0 {
			values = append(values, fmt.Sprintf("%s: %s.", name, list(enum)))
		}
		if text := property.Get("description").String(); text != "" {
			details = append(details, strings.Split(name+" - "+text, "\n")...)
		}
		return true
	})
	shape = "Input: one JSON object {" + strings.Join(fields, ", ") + "}"
	return strings.Join(append([]string{shape}, values...), "\n"), details
}

func field(name string, property gjson.Result, required bool) string {
	kind := property.Get("type").String()
	if kind == "" {
		kind = "any"
	}
	if !required {
		kind += ", optional"
	}
	return fmt.Sprintf("%q: <%s>", name, kind)
}

func list(values []gjson.Result) string {
	out := make([]string, len(values))
	for i, v := range values {
		out[i] = v.String()
	}
	return strings.Join(out, ", ")
}

// cut shortens text to at most limit characters, at the end of a sentence or a
// word where one is near.
func cut(text string, limit int) string {
	runes := []rune(text)
	if len(runes) <= limit {
		return text
	}
	if limit < 2 {
		return ""
	}
	kept := string(runes[:limit-1])
	if at := strings.LastIndex(kept, ". "); at > len(kept)/2 {
		return kept[:at+1]
	}
	if at := strings.LastIndexAny(kept, " \n"); at > len(kept)*3/4 {
		kept = kept[:at]
	}
	return strings.TrimRight(kept, " ,\n") + "…"
}
