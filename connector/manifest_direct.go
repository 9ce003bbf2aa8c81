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
	entities := m.view(func(e *manifest.Entity) []Action {
		actions := make([]Action, 0, len(e.Operations))
		for i := range e.Operations {
			op := e.Operations[i].AsDirect()
			actions = append(actions, Action{
				Name:        op.Action,
				Description: advice(op.Description, op.WhenToUse),
				Effect:      direct.EffectOf(op),
				Parameters:  directParameters(op, filled),
			})
		}
		return actions
	})
	for i := range entities {
		if strategy := m.directStrategy(entities[i].Name); strategy != "" {
			entities[i].SearchStrategy = strategy
		}
	}
	return entities
}

// advice is what a manifest says of an operation, and of when to use it.
func advice(description, whenToUse string) string {
	if description == "" || whenToUse == "" {
		return description + whenToUse
	}
	return strings.TrimSuffix(description, ".") + ". " + whenToUse
}

// directStrategy is how to find a record where the hosted platform's own search
// is not there, "" where that makes no difference.
func (m *Manifest) directStrategy(entity string) string {
	for i := range m.doc.Entities {
		if e := &m.doc.Entities[i]; e.Name == entity && e.Direct != nil {
			return e.Direct.SearchStrategy
		}
	}
	return ""
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
