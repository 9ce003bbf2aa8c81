package main

import (
	"slices"
	"strings"

	"github.com/agentsdk-go/airbyte/internal/manifest"
)

// withHosted is what holds in open source mode, and after it what is different
// when Airbyte hosts the connector.
func withHosted(direct, hosted string) string {
	same := sentences(direct)
	other := slices.DeleteFunc(sentences(hosted), func(s string) bool { return slices.Contains(same, s) })
	if len(other) == 0 {
		return direct
	}
	return strings.TrimSpace(direct + " Hosted: " + strings.Join(other, " "))
}

// sentences splits a text after each period that a blank follows.
func sentences(text string) []string {
	var out []string
	for part := range strings.SplitAfterSeq(text, ". ") {
		if part = strings.TrimSpace(part); part != "" {
			out = append(out, part)
		}
	}
	return out
}

// strategy is how to find a record of the entity.
func strategy(e *manifest.Entity) string {
	if e.Direct == nil || e.Direct.SearchStrategy == "" {
		return e.SearchStrategy
	}
	return withHosted(e.Direct.SearchStrategy, e.SearchStrategy)
}
