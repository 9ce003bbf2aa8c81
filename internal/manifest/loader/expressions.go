package loader

import (
	"strings"

	"github.com/agentsdk-go/airbyte/internal/jsonpath"
	"github.com/agentsdk-go/airbyte/internal/manifest"
	"github.com/agentsdk-go/airbyte/internal/template"
)

// path is an expression that cuts a part out of an answer.
func (f *file) path(v value) string {
	text := v.text()
	if text == "" {
		return ""
	}
	if _, err := jsonpath.Compile(text); err != nil {
		v.problem("%v", err)
	}
	return text
}

// template is a text with expressions in it.
func (f *file) template(v value) string {
	text := v.text()
	if _, err := template.Compile(text); err != nil {
		v.problem("%v", err)
	}
	return text
}

// templateNames are the variables of a template that compiles.
func templateNames(v value) []string {
	compiled, err := template.Compile(v.text())
	if err != nil {
		return nil // told where the template is read
	}
	return compiled.Names()
}

// checkDefault compiles the default of a query parameter: it may be a date
// that is worked out when it is sent.
func (f *file) checkDefault(p manifest.Parameter, schema value) {
	fallback := schema.get("default")
	if p.In == "query" && fallback.present() && strings.Contains(fallback.node.Value, "{{") {
		f.template(fallback)
	}
}
