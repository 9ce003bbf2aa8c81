package request

import (
	"errors"
	"fmt"
	"regexp"
	"strings"

	"github.com/agentsdk-go/airbyte/internal/envelope"
	"github.com/agentsdk-go/airbyte/internal/manifest"
)

// graphqlBody is a query or mutation with variables.
type graphqlBody struct {
	query     []string // JSON-escaped pieces; a selection stands between any two
	selection selection
	variables []variable
	hasVars   bool
	operation string // raw JSON, "" when the operation has no name
}

const fieldsName = "fields"

func compileGraphQL(g *manifest.GraphQL, s *slots) (body, error) {
	if g == nil {
		return nil, broken("the graphql body has no query")
	}
	out := &graphqlBody{query: splitQuery(g.Query)}
	if len(out.query) > 1 {
		var err error
		if out.selection, err = compileSelection(g, s); err != nil {
			return nil, err
		}
	}
	if g.OperationName != "" {
		out.operation = string(envelope.AppendString(nil, g.OperationName))
	}
	if len(g.Variables) == 0 {
		return out, nil
	}
	out.hasVars = true
	var err error
	if out.variables, err = compileVariables(g, s); err != nil {
		return nil, broken("graphql variables: " + err.Error())
	}
	return out, nil
}

// fieldsSlot is the one placeholder that a query has; other braces belong to
// GraphQL.
var fieldsSlot = regexp.MustCompile(`\{\{\s*` + fieldsName + `\s*\}\}`)

func splitQuery(query string) []string {
	pieces := fieldsSlot.Split(query, -1)
	for i, piece := range pieces {
		pieces[i] = escapeText(piece)
	}
	return pieces
}

// nextToken splits s after its first {{ name }}; without any, all of it is
// literal.
func nextToken(s string) (literal, name, rest string, err error) {
	literal, after, found := strings.Cut(s, "{{")
	if !found {
		return s, "", "", nil
	}
	inside, after, closed := strings.Cut(after, "}}")
	if !closed {
		return "", "", "", errors.New("{{ without }}")
	}
	name = strings.TrimSpace(inside)
	if name == "" || strings.ContainsAny(name, "{} \t\r\n") {
		return "", "", "", fmt.Errorf("{{%s}} is no name of a parameter", inside)
	}
	return literal, name, after, nil
}

// escapeText is s as the inside of a JSON string.
func escapeText(s string) string {
	quoted := envelope.AppendString(nil, s)
	return string(quoted[1 : len(quoted)-1])
}

func (b *graphqlBody) build(args *arguments) (payload, error) {
	out := make([]byte, 0, 1024)
	out = append(out, `{"query":"`...)
	out = append(out, b.query[0]...)
	for _, piece := range b.query[1:] {
		var err error
		if out, err = b.selection.append(out, args); err != nil {
			return payload{}, err
		}
		out = append(out, piece...)
	}
	out = append(out, '"')
	if b.hasVars {
		out = append(out, `,"variables":`...)
		out = appendVariables(out, b.variables, args)
	}
	if b.operation != "" {
		out = append(out, `,"operationName":`...)
		out = append(out, b.operation...)
	}
	return payload{data: append(out, '}'), contentType: jsonType}, nil
}
