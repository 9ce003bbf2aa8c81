package mcp

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"github.com/modelcontextprotocol/go-sdk/mcp"

	"github.com/agentsdk-go/airbyte/connector"
	"github.com/agentsdk-go/airbyte/tools"
)

// entity is one kind of record of one connector, with the operations that the
// tools of a set can call together.
type entity struct {
	connector.Entity
	connector string
	schema    json.RawMessage // nil when unknown
}

// entitiesOf returns what the tools can call, in their order. A tool per action
// brings one operation, so those of an entity are put together again.
func entitiesOf(s *tools.Set) []entity {
	var all []entity
	at := map[string]int{}
	for _, t := range s.Tools() {
		for _, e := range t.Entities() {
			key := uri(t.Connector(), e.Name)
			i, seen := at[key]
			if !seen {
				schema, _ := t.EntitySchema(e.Name)
				at[key] = len(all)
				e.Actions = slices.Clone(e.Actions)
				all = append(all, entity{Entity: e, connector: t.Connector(), schema: schema})
				continue
			}
			all[i].merge(e.Actions)
		}
	}
	return all
}

func (e *entity) merge(actions []connector.Action) {
	for _, a := range actions {
		if !slices.ContainsFunc(e.Actions, func(has connector.Action) bool { return has.Name == a.Name }) {
			e.Actions = append(e.Actions, a)
		}
	}
}

// uri is the address of an entity's resource.
func uri(connectorName, entityName string) string {
	return fmt.Sprintf("airbyte://%s/entities/%s", slug(connectorName), slug(entityName))
}

// addGuides adds the full guidance on each connector that has one.
func addGuides(server *mcp.Server, sources []source) {
	for _, c := range sources {
		if !c.hasGuide() {
			continue
		}
		addResource(server, &mcp.Resource{
			URI:         guideURI(c.connector),
			Name:        c.connector + " guide",
			Description: "Rules for the tools of " + c.connector + ", and what each entity is for",
			MIMEType:    "text/markdown",
		}, c.guide)
	}
}

func addResources(server *mcp.Server, entities []entity) {
	for _, e := range entities {
		address := uri(e.connector, e.Name)
		addResource(server, &mcp.Resource{
			URI:         address,
			Name:        e.connector + " " + e.Name,
			Description: e.Description,
			MIMEType:    "text/markdown",
		}, e.describe())
		if e.schema != nil {
			addResource(server, &mcp.Resource{
				URI:         address + "/schema",
				Name:        e.connector + " " + e.Name + " schema",
				Description: "JSON Schema of one record of " + e.Name,
				MIMEType:    "application/schema+json",
			}, string(e.schema))
		}
	}
}

// addResource adds a resource whose text never changes.
func addResource(server *mcp.Server, r *mcp.Resource, text string) {
	r.Size = int64(len(text))
	server.AddResource(r, func(context.Context, *mcp.ReadResourceRequest) (*mcp.ReadResourceResult, error) {
		return &mcp.ReadResourceResult{Contents: []*mcp.ResourceContents{{URI: r.URI, MIMEType: r.MIMEType, Text: text}}}, nil
	})
}

// describe tells what the entity is and how its operations are called, in
// Markdown.
func (e *entity) describe() string {
	var b strings.Builder
	fmt.Fprintf(&b, "# %s of %s\n", e.Name, e.connector)
	for _, part := range []struct{ label, text string }{
		{"", e.Description},
		{"When to use it: ", e.WhenToUse},
		{"How to find records: ", e.SearchStrategy},
	} {
		if part.text != "" {
			fmt.Fprintf(&b, "\n%s%s\n", part.label, part.text)
		}
	}
	b.WriteString("\n## Operations\n\n")
	for _, a := range e.Actions {
		fmt.Fprintf(&b, "- `%s` (%s)", a.Signature(e.Name), a.Effect)
		if a.Description != "" {
			b.WriteString(": " + strings.Join(strings.Fields(a.Description), " "))
		}
		b.WriteByte('\n')
	}
	if len(e.Relationships) > 0 {
		b.WriteString("\n## Keys\n\n")
		for _, r := range e.Relationships {
			fmt.Fprintf(&b, "- %s is %s.%s\n", r.ForeignKey, r.Target, r.TargetKey)
		}
	}
	return b.String()
}
