package loader

import (
	"regexp"
	"slices"
	"strings"

	"go.yaml.in/yaml/v3"

	"github.com/agentsdk-go/airbyte/internal/manifest"
)

const mappingNode = yaml.MappingNode

var (
	methods = []string{"get", "post", "put", "delete", "patch"}
	// Methods that OpenAPI knows and connectors do not call.
	idleMethods = []string{"head", "options", "trace"}
	actions     = []string{"get", "list", "create", "update", "delete", "api_search", "download"}
	placeholder = regexp.MustCompile(`\{([^{}]*)\}`)
)

func (f *file) readPaths(paths value) {
	if paths.is(mappingNode, "a mapping") && len(paths.node.Content) == 0 {
		paths.problem("no paths; a connector needs at least one operation")
	}
	for path, item := range paths.fields() {
		item.onlyKeys(slices.Concat(methods, idleMethods, []string{"summary", "description", "servers", "parameters"})...)
		if shared := item.get("parameters"); shared.present() {
			shared.problem("parameters of a whole path are not supported; give them to each operation")
		}
		for method, operation := range item.fields() {
			if slices.Contains(methods, method) {
				f.readOperation(path, method, operation)
			}
		}
	}
}

func (f *file) readOperation(path, method string, v value) {
	v.onlyKeys("tags", "summary", "description", "externalDocs", "operationId", "parameters", "requestBody",
		"responses", "callbacks", "deprecated", "security", "servers")
	entity := v.need("x-airbyte-entity").text()
	action := v.need("x-airbyte-action").oneOf(actions...)
	op := manifest.Operation{
		Action:            action,
		ID:                v.get("operationId").text(),
		Description:       describe(v),
		Method:            strings.ToUpper(method),
		Path:              f.effectivePath(path, v),
		PreferredForCheck: v.get("x-airbyte-preferred-for-check").flag(false),
		DirectOnly:        !v.get("x-hosted").flag(true),
	}
	op.Parameters = f.readParameters(v)
	f.checkPlaceholders(v, op)
	if entity != "" && action != "" {
		f.addOperation(entity, op, v)
	}
}

// describe prefers the longer text.
func describe(v value) string {
	if text := v.get("description").text(); text != "" {
		return text
	}
	return v.get("summary").text()
}

// effectivePath is the path that is requested: several operations on one
// address need distinct keys in the file.
func (f *file) effectivePath(path string, v value) string {
	at := v
	if override := v.get("x-airbyte-path-override"); override.present() {
		at = override.need("path")
		path = at.text()
	}
	if !strings.HasPrefix(path, "/") && at.present() {
		at.problem("path %q must begin with /", path)
	}
	return path
}

func (f *file) checkPlaceholders(v value, op manifest.Operation) {
	for _, match := range placeholder.FindAllStringSubmatch(op.Path, -1) {
		declared := slices.ContainsFunc(op.Parameters, func(p manifest.Parameter) bool {
			return p.In == "path" && p.Name == match[1]
		})
		if !declared {
			v.problem("path %s has {%s}, but no parameter with in: path has that name", op.Path, match[1])
		}
	}
}

func (f *file) addOperation(entity string, op manifest.Operation, v value) {
	key := entity + "." + op.Action
	if line, twice := f.declared[key]; twice {
		v.problem("%s is already declared on line %d", key, line)
		return
	}
	f.declared[key] = v.node.Line
	e := f.entityNamed(entity)
	e.Operations = append(e.Operations, op)
	if e.Summary == "" {
		e.Summary = v.get("x-airbyte-ai-hints").get("summary").text()
	}
}

// entityNamed finds the entity, or adds it at the end.
func (f *file) entityNamed(name string) *manifest.Entity {
	i, known := f.entity[name]
	if !known {
		i = len(f.doc.Entities)
		f.entity[name] = i
		f.doc.Entities = append(f.doc.Entities, manifest.Entity{Name: name})
	}
	return &f.doc.Entities[i]
}
