package sandbox

import (
	"errors"
	"strings"

	"github.com/agentsdk-go/airbyte/internal/catalog"
	"github.com/agentsdk-go/airbyte/internal/manifest"
)

// skillPart is one block of a skill's text. Which members a block has depends
// on its type.
type skillPart struct {
	Type    string     `json:"type"`
	Text    string     `json:"text,omitempty"`
	Level   int        `json:"level,omitempty"`
	Items   []string   `json:"items,omitempty"`
	Headers []string   `json:"headers,omitempty"`
	Rows    [][]string `json:"rows,omitempty"`
}

func heading(level int, text string) skillPart {
	return skillPart{Type: "heading", Text: text, Level: level}
}
func paragraph(text string) skillPart   { return skillPart{Type: "paragraph", Text: text} }
func bullets(items ...string) skillPart { return skillPart{Type: "list", Items: items} }
func grid(headers []string, rows [][]string) skillPart {
	return skillPart{Type: "table", Headers: headers, Rows: rows}
}

func pylonManifest() (*manifest.Document, error) {
	doc, ok := catalog.Lookup(pylonSlug)
	if !ok {
		return nil, errors.New("the catalog has no Pylon manifest")
	}
	return doc, nil
}

const searchAction = "context_store_search"

// hostedActions are the actions that the platform offers on an entity.
func hostedActions(entity manifest.Entity) []string {
	var actions []string
	for _, op := range entity.Operations {
		if !op.DirectOnly {
			actions = append(actions, op.Action)
		}
	}
	if entity.Search != nil {
		actions = append(actions, searchAction)
	}
	return actions
}

// overview is what the docs show when no section is asked for.
func overview(title string, doc *manifest.Document) []skillPart {
	var rows [][]string
	for _, entity := range doc.Entities {
		if actions := hostedActions(entity); len(actions) > 0 {
			rows = append(rows, []string{entity.Name, strings.Join(actions, ", "), entity.Summary})
		}
	}
	return []skillPart{
		heading(2, title),
		paragraph(doc.Description),
		grid([]string{"entity", "actions", "summary"}, rows),
		paragraph("The data behind this connector is made up by a simulator. Ask for a section to read an entity's parameters."),
	}
}

// entityTopics makes one section for each entity that the platform offers.
func entityTopics(doc *manifest.Document) []topic {
	topics := []topic{}
	for _, entity := range doc.Entities {
		if len(hostedActions(entity)) > 0 {
			topics = append(topics, topic{
				ID:        "entity:" + entity.Name,
				Title:     entity.Name,
				Summary:   entity.Summary,
				Available: true,
				content:   entityContent(entity),
			})
		}
	}
	return topics
}

func entityContent(entity manifest.Entity) []skillPart {
	parts := []skillPart{heading(2, entity.Name)}
	for _, text := range []string{entity.Summary, entity.WhenToUse, entity.SearchStrategy} {
		if text != "" {
			parts = append(parts, paragraph(text))
		}
	}
	for _, op := range entity.Operations {
		if !op.DirectOnly {
			parts = append(parts, operationContent(entity.Name, op)...)
		}
	}
	if entity.Search != nil {
		parts = append(parts, searchContent(entity)...)
	}
	if len(entity.ExampleQuestions) > 0 {
		parts = append(parts, heading(3, "Questions it answers"), bullets(entity.ExampleQuestions...))
	}
	return parts
}

func operationContent(entity string, op manifest.Operation) []skillPart {
	parts := []skillPart{heading(3, entity+"."+op.Action)}
	if op.Description != "" {
		parts = append(parts, paragraph(op.Description))
	}
	var rows [][]string
	for _, p := range op.Parameters {
		if !p.DirectOnly {
			rows = append(rows, []string{p.Name, p.Type, yesNo(p.Required), p.Description})
		}
	}
	if len(rows) == 0 {
		return append(parts, paragraph("It takes no parameters."))
	}
	return append(parts, grid([]string{"parameter", "type", "required", "description"}, rows))
}

func searchContent(entity manifest.Entity) []skillPart {
	var rows [][]string
	for _, field := range entity.Search.Fields {
		rows = append(rows, []string{field.Name, field.Type, field.Description})
	}
	return []skillPart{
		heading(3, entity.Name+"."+searchAction),
		paragraph("params: query with filter and sort, limit, cursor, fields. A filter puts the operator outside: {\"eq\": {\"id\": \"…\"}}."),
		grid([]string{"field", "type", "description"}, rows),
	}
}

func yesNo(b bool) string {
	if b {
		return "yes"
	}
	return "no"
}
