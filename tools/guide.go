package tools

import (
	"fmt"
	"strings"

	"github.com/agentsdk-go/airbyte/connector"
	"github.com/agentsdk-go/airbyte/internal/action"
)

// guide returns a connector's part of the instructions for a system prompt.
// tool is the name of the tool it is about, or the form of several names; paging
// says how these take a cursor. The rules come first: hosts cut long texts at the
// end, and an entity can be looked up while a broken rule costs.
func (c *capabilities) guide(tool, paging string) string {
	if len(c.entities) == 0 {
		return c.foreignGuide(tool)
	}
	lines := []string{fmt.Sprintf("%s data, through the tool %s. Rules:", c.title(), tool)}
	for _, rule := range c.rules(paging) {
		lines = append(lines, "- "+rule)
	}
	lines = append(lines, "Entities:")
	for _, e := range c.entities {
		lines = append(lines, c.entityGuide(e)...)
	}
	return strings.Join(lines, "\n")
}

// foreignGuide passes on what the platform says about a connector whose
// operations are not embedded.
func (c *capabilities) foreignGuide(tool string) string {
	text := c.connector.Guide()
	if text == "" {
		return ""
	}
	return fmt.Sprintf("%s data, through the tool %s:\n%s", c.title(), tool, text)
}

func (c *capabilities) entityGuide(e connector.Entity) []string {
	line := "- " + e.Name
	if advice := sentences(e.WhenToUse, e.SearchStrategy); advice != "" {
		line += ": " + advice
	}
	lines := []string{line}
	for _, a := range e.Actions {
		if a.Description != "" && a.Name != action.ContextStoreSearch {
			lines = append(lines, "  "+a.Name+": "+oneLine(a.Description))
		}
	}
	if len(e.Relationships) > 0 {
		keys := make([]string, len(e.Relationships))
		for i, r := range e.Relationships {
			keys[i] = r.ForeignKey + " is " + r.Target + "." + r.TargetKey
		}
		lines = append(lines, "  keys: "+strings.Join(keys, ", "))
	}
	return lines
}

// oneLine takes the line breaks out of a manifest's text, which would end the
// line that a list gives it.
func oneLine(text string) string { return strings.Join(strings.Fields(text), " ") }

// sentences joins texts that may lack their full stop.
func sentences(texts ...string) string {
	var kept []string
	for _, text := range texts {
		if text = oneLine(text); text == "" {
			continue
		}
		if !strings.ContainsAny(text[len(text)-1:], ".!?") {
			text += "."
		}
		kept = append(kept, text)
	}
	return strings.Join(kept, " ")
}

func (c *capabilities) rules(paging string) []string {
	rules := []string{paging + " Stop after three pages unless the user wants all.", truncationAdvice, errorAdvice}
	if len(c.searchable()) > 0 {
		rules = append(rules, searchAdvice)
	}
	if c.effect() != connector.Read {
		rules = append(rules, writeAdvice)
	}
	return append(rules, "Times are RFC3339 with a zone, such as 2026-01-31T00:00:00Z.")
}
