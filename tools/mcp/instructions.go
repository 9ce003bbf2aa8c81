package mcp

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/tidwall/gjson"

	"github.com/agentsdk-go/airbyte/connector"
	"github.com/agentsdk-go/airbyte/tools"
)

// MaxInstructions is how many bytes the instructions have at most that NewServer
// makes: Claude Code cuts those of a server after 2 KB.
const MaxInstructions = 2048

// Instructions returns what NewServer tells clients of the set with these options,
// for a program that makes its server itself and adds the tools with AddTools. It
// then needs WithoutResources, unless it has the resources that the text names.
// Errors are those of NewServer.
func Instructions(s *tools.Set, opts ...Option) (string, error) {
	if s == nil {
		return "", configError("Instructions got no set")
	}
	cfg, err := newConfig(opts)
	if err != nil {
		return "", err
	}
	sources, err := sourcesOf(s)
	if err != nil {
		return "", err
	}
	return cmp.Or(cfg.instructions, instructionsOf(s, sources, cfg.resources)), nil
}

// source is a connector with the tools of a set that call it.
type source struct {
	connector string
	tools     []*tools.Tool
	guide     string // the full guidance on the tools, "" for none
}

// sourcesOf returns the connectors of a set, in the order of their tools.
func sourcesOf(s *tools.Set) ([]source, error) {
	var all []source
	for _, t := range s.Tools() {
		name := t.Connector()
		if name == "" {
			continue
		}
		i := slices.IndexFunc(all, func(c source) bool { return c.connector == name })
		if i < 0 {
			i, all = len(all), append(all, source{connector: name})
		}
		all[i].tools = append(all[i].tools, t)
	}
	for i := range all {
		own, err := tools.NewSet(all[i].tools...)
		if err != nil {
			return nil, err
		}
		all[i].guide = own.Instructions()
	}
	return all, nil
}

// guideURI is the address of a connector's guidance.
func guideURI(connectorName string) string {
	return fmt.Sprintf("airbyte://%s/guide", slug(connectorName))
}

// instructionsOf is what a client is told of the tools: the set's own text where
// it is short enough, else the rules, then where more is, then as many names of
// entities as fit. The rules come first, because it is the end that clients cut.
func instructionsOf(s *tools.Set, sources []source, resources bool) string {
	if full := s.Instructions(); len(full) <= MaxInstructions {
		return full
	}
	var b strings.Builder
	for _, c := range sources {
		b.WriteString(c.howToCall() + "\n")
	}
	b.WriteString("Rules:\n")
	for _, rule := range rulesOf(s) {
		b.WriteString("- " + rule + "\n")
	}
	if resources {
		b.WriteString(whereMoreIs(sources))
	}
	for i, c := range sources {
		room := (MaxInstructions - b.Len()) / (len(sources) - i)
		b.WriteString(c.names(room))
	}
	text := strings.TrimSuffix(b.String(), "\n")
	if len(text) > MaxInstructions { // of so many connectors that not even their rules fit
		text = strings.ToValidUTF8(text[:MaxInstructions], "")
		text = text[:strings.LastIndexByte(text, '\n')+1]
	}
	return strings.TrimSuffix(text, "\n")
}

// howToCall tells which tools a connector has.
func (c source) howToCall() string {
	name := title(c.connector)
	if len(c.tools) > 1 {
		return fmt.Sprintf("%s: %d tools, each for one action of one entity, such as %s. Their schemas tell the parameters.",
			name, len(c.tools), c.tools[0].Name())
	}
	t := c.tools[0]
	if !gjson.GetBytes(t.Schema(), "properties.entity").Exists() {
		return fmt.Sprintf("%s: the tool %s.", name, t.Name())
	}
	return fmt.Sprintf(`%s: call %s with {"entity": "...", "action": "...", "params": {...}}. The schema of its entity, action and params tells what there is.`,
		name, t.Name())
}

// rulesOf are those that hold for every connector, the most important first.
func rulesOf(s *tools.Set) []string {
	var rules []string
	changes := func(t *tools.Tool) bool { return t.Effect() != connector.Read }
	if slices.ContainsFunc(s.Tools(), changes) {
		rules = append(rules, "Change or delete only what the user has asked for. Where the outcome of a change is unknown, read the record before you repeat it.")
	}
	return append(rules,
		"A list comes in pages: while meta.has_more is true, repeat the call with cursor set to meta.cursor (in params where the tool has params). Stop after three pages unless the user wants all.",
		"meta.truncated means that rows are missing which no cursor brings: narrow the call as meta.hint says.",
		"After an error follow its hint; allowed and did_you_mean hold legal values. Repeat a call unchanged only where retryable is true.",
		"Times are RFC 3339 with a zone, such as 2026-01-31T00:00:00Z.")
}

// whereMoreIs names the resources with the full guidance.
func whereMoreIs(sources []source) string {
	var parts []string
	for _, c := range sources {
		if !c.hasGuide() {
			continue
		}
		part := "resource " + guideURI(c.connector)
		if c.hasEntities() {
			part += " (all of it), " + fmt.Sprintf("airbyte://%s/entities/<entity> (one entity)", slug(c.connector))
		}
		parts = append(parts, part)
	}
	return "More: " + strings.Join(parts, "; ") + ".\n"
}

func (c source) hasGuide() bool { return c.guide != "" }

func (c source) hasEntities() bool {
	return slices.ContainsFunc(c.tools, func(t *tools.Tool) bool { return len(t.Entities()) > 0 })
}

// names lists the entities of a connector in at most room bytes, whole names only.
func (c source) names(room int) string {
	var all []string
	for _, t := range c.tools {
		for _, e := range t.Entities() {
			if !slices.Contains(all, e.Name) {
				all = append(all, e.Name)
			}
		}
	}
	if len(all) == 0 {
		return ""
	}
	label := "Entities of " + title(c.connector) + ": "
	for kept := len(all); kept > 0; kept-- {
		text := label + strings.Join(all[:kept], ", ")
		if left := len(all) - kept; left > 0 {
			text += fmt.Sprintf(", and %d more", left)
		}
		if text += "\n"; len(text) <= room {
			return text
		}
	}
	return ""
}
