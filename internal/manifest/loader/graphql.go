package loader

import (
	"regexp"
	"slices"
	"strings"

	"go.yaml.in/yaml/v3"

	"github.com/agentsdk-go/airbyte/internal/manifest"
)

// fieldsSlot stands in a query for the fields to select.
const fieldsSlot = "{{ fields }}"

var (
	anySlot  = regexp.MustCompile(`\{\{(.*?)\}\}`)
	nameSlot = regexp.MustCompile(`^\s*\w+\s*$`)
)

// readGraphQL reads a query, and adds the parameters that its variables are
// made of and that the operation does not declare. A schema of the body is
// documentation: it describes those parameters.
func (f *file) readGraphQL(op *manifest.Operation, v, body value) {
	v.onlyKeys(graphQLKeys)
	v.need("type").oneOf(manifest.BodyGraphQL)
	query := &manifest.GraphQL{
		Query:         v.need("query").text(),
		OperationName: v.get("operationName").text(),
		Nullable:      v.get("x-airbyte-nullable-variables").texts(),
	}
	if fields := v.get("default_fields"); fields.isList() {
		query.DefaultFields = fields.texts()
	} else {
		query.DefaultText = fields.text()
	}
	variables := v.get("variables")
	if variables.is(mappingNode, "a mapping") {
		query.Variables = f.json(variables)
	}
	op.Body = &manifest.Body{Kind: manifest.BodyGraphQL, GraphQL: query}

	names := slotNames(variables)
	if strings.Contains(query.Query, fieldsSlot) {
		names = append(names, "fields")
	}
	if names = unique(names); len(names) > maxParameters {
		variables.problem("made of more than %d parameters", maxParameters)
		return
	}
	f.addVariables(op, names, f.documented(body))
	for name, variable := range variables.fields() {
		if slices.Contains(query.Nullable, name) {
			allowNull(op, variable)
		}
	}
}

// documented are the members of the body that a GraphQL operation describes.
func (f *file) documented(body value) members {
	for _, media := range body.get("content").fields() {
		return f.members(media.get("schema"))
	}
	return members{}
}

func (f *file) addVariables(op *manifest.Operation, names []string, described members) {
	for _, m := range described.properties {
		if slices.Contains(names, m.key) && !hasParameter(op, m.key) {
			op.Parameters = append(op.Parameters, f.bodyParameter(m.key, m.value, described.required))
		}
	}
	for _, name := range names {
		if !hasParameter(op, name) {
			op.Parameters = append(op.Parameters, manifest.Parameter{Name: name, In: "body"})
		}
	}
}

// slotNames are the parameters that variables are made of, in file order.
func slotNames(v value) []string {
	var out []string
	switch {
	case !v.present():
	case v.node.Kind == yaml.ScalarNode:
		for _, match := range anySlot.FindAllStringSubmatch(v.node.Value, -1) {
			if !nameSlot.MatchString(match[1]) {
				v.problem("{{%s}} is not supported; a variable takes the name of a parameter, such as {{ id }}", match[1])
				continue
			}
			out = append(out, strings.TrimSpace(match[1]))
		}
	case v.node.Kind == yaml.SequenceNode:
		for item := range v.items() {
			out = append(out, slotNames(item)...)
		}
	default:
		for _, child := range v.fields() {
			out = append(out, slotNames(child)...)
		}
	}
	return out
}

// unique keeps the first of equal names.
func unique(names []string) []string {
	seen := make(map[string]bool, len(names))
	return slices.DeleteFunc(names, func(name string) bool {
		twice := seen[name]
		seen[name] = true
		return twice
	})
}

// allowNull lets the parameter of a variable that may be null be null.
func allowNull(op *manifest.Operation, variable value) {
	if !variable.present() {
		return
	}
	for i := range op.Parameters {
		if variable.node.Value == "{{ "+op.Parameters[i].Name+" }}" {
			op.Parameters[i].Nullable = true
		}
	}
}
