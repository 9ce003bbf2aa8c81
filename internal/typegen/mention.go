package main

import (
	"regexp"

	"github.com/agentsdk-go/airbyte/internal/manifest"
)

// methodsByAction are the methods of the package by the names that descriptions
// give them: issues.api_search is Issues.Search.
type methodsByAction map[string]string

func newMethodsByAction(doc *manifest.Document) methodsByAction {
	out := methodsByAction{}
	for i := range doc.Entities {
		e := &doc.Entities[i]
		for j := range e.Operations {
			action := e.Operations[j].Action
			out[e.Name+"."+action] = goName(e.Name) + "." + methodNames[action]
		}
	}
	return out
}

var mention = regexp.MustCompile(`\b[a-z0-9_]+\.[a-z_]+\b`)

// named is text with the names of actions as a Go program has them. What only
// looks like an action stays.
func (m methodsByAction) named(text string) string {
	return mention.ReplaceAllStringFunc(text, func(name string) string {
		if method, ok := m[name]; ok {
			return method
		}
		return name
	})
}
