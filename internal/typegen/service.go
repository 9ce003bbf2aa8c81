package main

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/agentsdk-go/airbyte/internal/manifest"
)

// serviceName is the Go type of an entity's service.
func serviceName(entity string) string { return goName(entity) + "Service" }

// registry declares which services a connector has.
func (g *generator) registry() string {
	var fields, values strings.Builder
	for i := range g.doc.Entities {
		e := &g.doc.Entities[i]
		if len(e.Operations) == 0 {
			continue
		}
		comment(&fields, summary(e)+".")
		fmt.Fprintf(&fields, "%s *%s\n", goName(e.Name), serviceName(e.Name))
		fmt.Fprintf(&values, "%s: &%s{service{c, %q}},\n", goName(e.Name), serviceName(e.Name), e.Name)
	}
	return "// Connector is a connection to one organization's data in Pylon: a service for\n" +
		"// each entity, and the untyped connector below them. It is safe for concurrent\n// use.\n" +
		"type Connector struct {\n*connector.Connector\n\n" + fields.String() + "}\n\n" +
		"// New returns the typed form of a connector of Pylon, however it was made.\n" +
		"// It panics if c is nil.\n" +
		"func New(c *connector.Connector) *Connector {\nif c == nil {\npanic(\"pylon: New needs a connector, got nil\")\n}\nreturn &Connector{\nConnector: c,\n" + values.String() + "}\n}\n"
}

// serviceFile declares the service of an entity: its methods and what they take.
func (g *generator) serviceFile(e *manifest.Entity) string {
	var b strings.Builder
	name := serviceName(e.Name)
	comment(&b, fmt.Sprintf("%s has the actions on %s.", name, lowerFirst(summary(e))))
	fmt.Fprintf(&b, "type %s struct{ service }\n\n", name)
	for i := range e.Operations {
		m := g.method(e, &e.Operations[i])
		m.declare(&b, g.methods.named(m.op.Description))
		g.parameters(&b, m)
	}
	return b.String()
}

// method is an operation in Go, as open source mode has it.
type method struct {
	entity  string
	service string
	name    string
	op      *manifest.Operation
	path    []string    // names of path parameters, in the order of the path
	rest    []parameter // all others
	answer  answer
}

var methodNames = map[string]string{"list": "List", "api_search": "Search", "get": "Get", "create": "Create", "update": "Update", "delete": "Delete"}

func (g *generator) method(e *manifest.Entity, hosted *manifest.Operation) *method {
	op := hosted.AsDirect()
	m := &method{entity: e.Name, service: serviceName(e.Name), name: methodNames[op.Action], op: op, answer: g.answerOf(e, op)}
	if m.name == "" {
		g.fail("%s.%s: there is no method for this action", e.Name, op.Action)
	}
	for i := range op.Parameters {
		if p := &op.Parameters[i]; p.In == "path" {
			m.path = append(m.path, p.Name)
		} else {
			m.rest = append(m.rest, parameter{p, hosted.Parameters[i].Enum})
		}
	}
	slices.SortFunc(m.path, func(a, b string) int {
		return strings.Index(op.Path, "{"+a+"}") - strings.Index(op.Path, "{"+b+"}")
	})
	return m
}

func (m *method) paramsType() string {
	return goName(m.entity) + m.name + "Params"
}

// signature is what comes between the name and the results.
func (m *method) signature() string {
	args := []string{"ctx context.Context"}
	for _, name := range m.path {
		args = append(args, argumentName(name))
	}
	if len(m.path) > 0 {
		args[len(args)-1] += " string"
	}
	if len(m.rest) > 0 {
		args = append(args, "params "+m.paramsType())
	}
	return "(" + strings.Join(args, ", ") + ")"
}

// call is the arguments of the function that carries the method out.
func (m *method) call() string {
	args := []string{strconv.Quote(m.op.Action)}
	for _, name := range m.path {
		args = append(args, strconv.Quote(name), argumentName(name))
	}
	rest := "nil"
	if len(m.rest) > 0 {
		rest = "params"
	}
	return "ctx, s.call(" + strings.Join(args, ", ") + "), " + rest
}

// declare writes the method, whose comment tells about it.
func (m *method) declare(b *strings.Builder, about string) {
	comment(b, fmt.Sprintf("%s runs %s.%s.", m.name, m.entity, m.op.Action))
	b.WriteString("//\n")
	comment(b, about)
	if notes := m.notes(); notes != "" {
		b.WriteString("//\n")
		comment(b, notes)
	}
	results, function := "error", m.answer.call
	switch m.answer.call {
	case "page":
		results, function = "(*Page["+m.answer.typ+"], error)", "page["+m.answer.typ+"]"
	case "fetchAll":
		results, function = "([]"+m.answer.typ+", error)", "fetchAll["+m.answer.typ+"]"
	case "fetch", "fetchWrapper":
		results, function = "(*"+m.answer.typ+", error)", m.answer.call+"["+m.answer.typ+"]"
	}
	fmt.Fprintf(b, "func (s *%s) %s%s %s {\nreturn %s(%s)\n}\n\n", m.service, m.name, m.signature(), results, function, m.call())
	if m.answer.call == "page" {
		m.declareAll(b)
	}
}

func (m *method) all() string {
	if m.name == "Search" {
		return "SearchAll"
	}
	return "All"
}

func (m *method) declareAll(b *strings.Builder) {
	comment(b, fmt.Sprintf("%s yields the records of %s, fetching pages as the loop asks for them. An error ends it.", m.all(), m.name))
	fmt.Fprintf(b, "func (s *%s) %s%s iter.Seq2[%s, error] {\nreturn each[%s](%s)\n}\n\n",
		m.service, m.all(), m.signature(), m.answer.typ, m.answer.typ, m.call())
}

func (m *method) notes() string {
	var notes []string
	if m.op.DirectOnly {
		notes = append(notes, "Open source mode only.")
	}
	if m.op.RateLimit > 0 {
		notes = append(notes, fmt.Sprintf("Pylon allows %d calls per minute.", m.op.RateLimit))
	}
	return strings.Join(notes, " ")
}

// summary is what the entity is, in a few words.
func summary(e *manifest.Entity) string {
	if e.Summary == "" {
		return phrase(e.Name)
	}
	return e.Summary
}
