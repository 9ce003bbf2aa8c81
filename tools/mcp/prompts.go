package mcp

import (
	"context"
	"fmt"
	"regexp"
	"strings"

	"github.com/modelcontextprotocol/go-sdk/mcp"
)

// question is something that a user may ask, and the entity that it is about.
type question struct {
	name, text, entity string
}

// questionsOf returns the example questions of the entities, each text once.
func questionsOf(entities []entity) []question {
	var all []question
	asked, named := map[string]bool{}, map[string]bool{}
	for _, e := range entities {
		for _, text := range e.ExampleQuestions {
			if asked[text] {
				continue
			}
			asked[text] = true
			short := shortened(slug(text))
			name := short
			for n := 2; named[name]; n++ {
				name = fmt.Sprintf("%s-%d", short, n)
			}
			named[name] = true
			all = append(all, question{name: name, text: text, entity: e.Name})
		}
	}
	return all
}

func addPrompts(server *mcp.Server, questions []question) {
	for _, q := range questions {
		server.AddPrompt(&mcp.Prompt{
			Name:        q.name,
			Title:       q.text,
			Description: "A question about " + q.entity,
		}, func(context.Context, *mcp.GetPromptRequest) (*mcp.GetPromptResult, error) {
			return &mcp.GetPromptResult{Messages: []*mcp.PromptMessage{{Role: "user", Content: &mcp.TextContent{Text: q.text}}}}, nil
		})
	}
}

// notInSlug is what a slug has no place for.
var notInSlug = regexp.MustCompile(`[^a-z0-9_]+`)

// slug makes a name of a text, out of a-z, 0-9, _ and -.
func slug(text string) string {
	name := strings.Trim(notInSlug.ReplaceAllString(strings.ToLower(text), "-"), "-")
	if name == "" {
		return "unnamed"
	}
	return name
}

// shortened cuts a slug between words, for the menus that show it.
func shortened(slug string) string {
	const most = 60
	if len(slug) <= most {
		return slug
	}
	slug = slug[:most]
	if i := strings.LastIndexByte(slug, '-'); i > 0 {
		return slug[:i]
	}
	return slug
}
