package loader

import (
	"cmp"
	"net/http"
	"regexp"
	"slices"
	"strings"

	"github.com/agentsdk-go/airbyte/internal/action"
	"github.com/agentsdk-go/airbyte/internal/manifest"
)

var (
	methods = []string{"get", "post", "put", "delete", "patch"} // in the order of reading: the later wins
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
		item.onlyKeys(pathKeys)
		shared := item.get("parameters")
		for _, method := range methods {
			if v := item.get(method); v.node != nil {
				f.readOperation(path, method, v, shared)
			}
		}
		for _, method := range idleMethods {
			if v := item.get(method); v.node != nil {
				v.onlyKeys(opKeys)
				operationKey(path, method, v)
			}
		}
	}
}

// operationKey is the entity and the action, by which an operation is called.
func operationKey(path, method string, v value) (entity, action string) {
	for _, key := range []string{"x-airbyte-entity", "x-airbyte-action"} {
		if child := v.get(key); !child.present() || strings.TrimSpace(child.node.Value) == "" && child.node.Content == nil {
			at := v
			if child.present() {
				at = child
			}
			at.problem("%s is missing from %s %s", key, strings.ToUpper(method), path)
		}
	}
	return v.get("x-airbyte-entity").text(), v.get("x-airbyte-action").oneOf(actions...)
}

func (f *file) readOperation(path, method string, v, shared value) {
	if !v.isMapping() {
		v.problem("must be a mapping")
		return
	}
	v.onlyKeys(opKeys)
	entity, name := operationKey(path, method, v)
	op := manifest.Operation{
		Action:            name,
		ID:                v.get("operationId").text(),
		Description:       describe(v),
		Method:            strings.ToUpper(method),
		Path:              f.effectivePath(path, v),
		PreferredForCheck: v.get("x-airbyte-preferred-for-check").flag(false),
		DirectOnly:        !v.get("x-hosted").flag(true),
		Effect:            v.get("x-effect").oneOf("read", "write", "destroy"),
		NoPages:           v.get("x-airbyte-no-pagination").text() != "",
		RateLimit:         v.get("x-rate-limit-per-minute").whole(1, 0),
		Response:          f.readResponses(v.get("responses")),
		Direct:            f.readOverride(v),
	}
	hints := v.get("x-airbyte-ai-hints")
	hints.onlyKeys(hintKeys)
	op.WhenToUse = hints.get("when_to_use").text()
	op.ExampleQuestions = hints.get("example_questions").texts()
	f.readParameters(&op, v, shared)
	f.readBody(&op, v)
	f.readAnswer(&op, v)
	f.checkPlaceholders(v, op)
	checkEffect(v, &op)
	if entity != "" && name != "" {
		f.addOperation(entity, op, v)
	}
}

// checkEffect holds the operation against what it does to the service.
func checkEffect(v value, op *manifest.Operation) {
	effect := cmp.Or(action.Effect(op.Effect), action.Of(op.Action))
	if op.Action == "" || effect == action.Read { // without an action, the problem is told already
		return
	}
	if op.Method == http.MethodGet {
		v.problem("%s changes something (effect %s), and must not be sent by GET: HTTP clients and proxies repeat a GET by themselves; "+
			"use post, put, patch or delete, or say x-effect: read", op.Action, effect)
	}
	if op.PreferredForCheck {
		op.PreferredForCheck = false
		v.get("x-airbyte-preferred-for-check").warn("%s changes something (effect %s), so no check calls it", op.Action, effect)
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
		override.onlyKeys([]string{"path"})
		at = override.need("path")
		path = at.short()
		if path != "" && path[0] != '/' && !strings.Contains(path, "://") {
			at.warn("path %q does not begin with /; it is put there", path)
			path = "/" + path
		}
	}
	switch {
	case !at.present():
	case len(path) > maxShort:
		at.problem("the path has %d bytes, more than the %d allowed", len(path), maxShort)
		return ""
	case !strings.HasPrefix(path, "/"):
		at.problem("path %q must begin with /", path)
	case strings.ContainsAny(path, "?#"):
		at.problem("path %q must not hold ? or #; declare query parameters, and give the path in x-airbyte-path-override", path)
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
	for _, p := range op.Parameters {
		slot := "{" + p.Name + "}"
		if p.In == "path" && !strings.Contains(op.Path, slot) && !strings.Contains(op.FileURL, slot) {
			v.warn("parameter %q is in: path, but neither path %s nor x-airbyte-file-url has %s", p.Name, op.Path, slot)
		}
	}
}

// addOperation adds the operation to its entity. One of the same name that was
// read before gives way and leaves its place.
func (f *file) addOperation(entity string, op manifest.Operation, v value) {
	e := f.entityNamed(entity)
	if e.Summary == "" {
		e.Summary = v.get("x-airbyte-ai-hints").get("summary").text()
	}
	key := entity + "." + op.Action
	before := f.declared[key]
	f.declared[key] = v.node
	if before == nil {
		e.Operations = append(e.Operations, op)
		return
	}
	i := slices.IndexFunc(e.Operations, func(o manifest.Operation) bool { return o.Action == op.Action })
	v.warn("%s is already declared on line %d as %s %s; this one replaces it", key, before.Line, e.Operations[i].Method, e.Operations[i].Path)
	e.Operations[i] = op
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
