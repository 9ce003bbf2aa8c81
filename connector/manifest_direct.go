package connector

import (
	"slices"
	"strings"

	"github.com/agentsdk-go/airbyte/internal/direct"
	"github.com/agentsdk-go/airbyte/internal/direct/request"
	"github.com/agentsdk-go/airbyte/internal/manifest"
)

// direct returns the entities as the service itself offers them. What filled
// says of a parameter is whether the configuration gives it a value, so that
// no call needs to.
func (m *Manifest) direct(filled func(*manifest.Parameter) bool) []Entity {
	return m.view(func(e *manifest.Entity, seen *Entity) {
		for i := range e.Operations {
			op := e.Operations[i].AsDirect()
			seen.Actions = append(seen.Actions, Action{
				Name:        op.Action,
				Description: advice(op.Description, op.WhenToUse),
				Effect:      direct.EffectOf(op),
				Parameters:  directParameters(op, filled),
			})
		}
		if e.Direct != nil && e.Direct.SearchStrategy != "" {
			seen.SearchStrategy = e.Direct.SearchStrategy
		}
	})
}

// advice is what a manifest says of an operation, and of when to use it.
func advice(description, whenToUse string) string {
	if description == "" || whenToUse == "" {
		return description + whenToUse
	}
	return strings.TrimSuffix(description, ".") + ". " + whenToUse
}

// isHidden reports whether a parameter is left out of signatures: what the
// configuration injects, and a header whose value is nearly always the same.
func isHidden(p *manifest.Parameter) bool {
	return p.Inject != nil || p.In == "header" && len(p.Default) > 0
}

// acceptHidden lets calls give the parameters that no signature shows.
func (m *Manifest) acceptHidden(ops *operations) {
	for i := range m.doc.Entities {
		e := &m.doc.Entities[i]
		for j := range e.Operations {
			declared := &e.Operations[j]
			op := ops.index[e.Name][declared.Action]
			for k := range declared.Parameters {
				if isHidden(&declared.Parameters[k]) {
					p := newParameter(&declared.Parameters[k])
					op.params[p.Name] = &p
				}
			}
		}
	}
}

// directParameters lists what a call may give and signatures show. What has a
// default is optional, but for what a new record or a change of one must say
// itself.
func directParameters(op *manifest.Operation, filled func(*manifest.Parameter) bool) []Parameter {
	params := make([]Parameter, 0, len(op.Parameters)+1)
	for i := range op.Parameters {
		declared := &op.Parameters[i]
		if isHidden(declared) {
			continue
		}
		p := newParameter(declared)
		p.Required = declared.Required && !filled(declared) && (len(declared.Default) == 0 || request.MustGive(op, declared))
		params = append(params, p)
	}
	return append(params, addedParameters(op, params)...)
}

// addedParameters are those that every connector has, whatever its service
// calls them.
func addedParameters(op *manifest.Operation, has []Parameter) []Parameter {
	var added []Parameter
	add := func(p Parameter) {
		if !slices.ContainsFunc(has, func(other Parameter) bool { return other.Name == p.Name }) {
			added = append(added, p)
		}
	}
	if direct.TakesCursor(op) {
		add(Parameter{
			Name: direct.CursorParameter, In: "query", Type: "string",
			Description: "Cursor of the next page, from the meta of the answer before. Leave it out for the first page.",
		})
	}
	if op.Action == "download" {
		add(Parameter{
			Name: direct.RangeParameter, In: "header", Type: "string",
			Description: "Part of the file to get, such as bytes=0-99. Leave it out for the whole file.",
		})
	}
	return added
}
