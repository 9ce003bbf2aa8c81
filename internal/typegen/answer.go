package main

import (
	"slices"

	"github.com/agentsdk-go/airbyte/internal/manifest"
)

// answer is how the typed API gives the success of an operation.
type answer struct {
	call string // function of the package that makes the call
	typ  string // Go type of the record, "" when there is none
}

// answerOf reads it off the schema of the answer. Pylon wraps what it sends into
// {data, request_id}; what comes with other members is given whole.
func (g *generator) answerOf(e *manifest.Entity, op *manifest.Operation) answer {
	s, err := g.components.named(op.Response)
	if err != nil {
		g.fail("%s.%s: the answer needs a named schema: %w", e.Name, op.Action, err)
		return answer{}
	}
	data := schema{s.Get("properties.data")}.bare()
	switch {
	case hasMoreThanWrapper(s) && data.Exists():
		return answer{"fetchWrapper", g.record(op.Response)}
	case hasMoreThanWrapper(s):
		return answer{"fetch", g.record(op.Response)}
	case !data.Exists():
		return answer{call: "run"}
	}
	many := data.kind() == "array"
	if many {
		data = schema{data.Get("items")}.bare()
	}
	name := data.ref()
	if name == "" {
		g.fail("%s.%s: data of schema %s must refer to a named schema", e.Name, op.Action, op.Response)
		return answer{}
	}
	if g.components.byName[name].Get("properties.data").Exists() {
		g.fail("%s.%s: schema %s has a member data, by which the wrapper is known", e.Name, op.Action, name)
	}
	typ := g.record(name)
	switch {
	case many && isPaged(op):
		return answer{"page", typ}
	case many:
		return answer{"fetchAll", typ}
	default:
		return answer{"fetch", typ}
	}
}

// record is the type of a schema that keeps its bytes.
func (g *generator) record(name string) string {
	g.records[name] = true
	return g.component(name, read)
}

func isPaged(op *manifest.Operation) bool {
	return op.Records != "" && (op.Action == "list" || op.Action == "api_search")
}

func hasMoreThanWrapper(s schema) bool {
	return slices.ContainsFunc(s.properties(), func(p property) bool {
		return p.name != "data" && p.name != "request_id" && p.name != "pagination"
	})
}
