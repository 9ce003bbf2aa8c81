package catalog_test

import (
	"bytes"
	"encoding/json"
	"testing"

	"github.com/agentsdk-go/airbyte/internal/golden"
	"github.com/agentsdk-go/airbyte/internal/manifest"
)

// hostedEntity is what a hosted connection shows of an entity. The record
// schema is not part of it: Pylon adds keys to its records for both modes.
type hostedEntity struct {
	Name             string                  `json:"name"`
	Summary          string                  `json:"summary"`
	WhenToUse        string                  `json:"when_to_use"`
	Freshness        string                  `json:"freshness"`
	SearchStrategy   string                  `json:"search_strategy"`
	TriggerPhrases   []string                `json:"trigger_phrases"`
	ExampleQuestions []string                `json:"example_questions"`
	Relationships    []manifest.Relationship `json:"relationships"`
	Search           *manifest.Search        `json:"search"`
	Operations       []hostedOperation       `json:"operations"`
}

type hostedOperation struct {
	Action            string            `json:"action"`
	ID                string            `json:"id"`
	Description       string            `json:"description"`
	Method            string            `json:"method"`
	Path              string            `json:"path"`
	PreferredForCheck bool              `json:"preferred_for_check"`
	Parameters        []hostedParameter `json:"parameters"`
}

type hostedParameter struct {
	Name        string            `json:"name"`
	In          string            `json:"in"`
	Type        string            `json:"type"`
	Description string            `json:"description"`
	Required    bool              `json:"required,omitempty"`
	Default     json.RawMessage   `json:"default,omitempty"`
	Enum        []json.RawMessage `json:"enum,omitempty"`
	Examples    []json.RawMessage `json:"examples,omitempty"`
	Items       json.RawMessage   `json:"items,omitempty"`
	Format      string            `json:"format,omitempty"`
}

func hostedView(doc *manifest.Document) []hostedEntity {
	var view []hostedEntity
	for _, e := range doc.Entities {
		operations := hostedOperations(e)
		if operations == nil {
			continue
		}
		view = append(view, hostedEntity{
			Name: e.Name, Summary: e.Summary, WhenToUse: e.WhenToUse, Freshness: e.Freshness,
			SearchStrategy: e.SearchStrategy, TriggerPhrases: e.TriggerPhrases, ExampleQuestions: e.ExampleQuestions,
			Relationships: e.Relationships, Search: e.Search, Operations: operations,
		})
	}
	return view
}

func hostedOperations(e manifest.Entity) []hostedOperation {
	var out []hostedOperation
	for _, op := range e.Operations {
		if op.DirectOnly {
			continue
		}
		shown := hostedOperation{
			Action: op.Action, ID: op.ID, Description: op.Description, Method: op.Method, Path: op.Path,
			PreferredForCheck: op.PreferredForCheck,
		}
		for _, p := range op.Parameters {
			if p.DirectOnly {
				continue
			}
			shown.Parameters = append(shown.Parameters, hostedParameter{
				Name: p.Name, In: p.In, Type: p.Type, Description: p.Description, Required: p.Required,
				Default: p.Default, Enum: p.Enum, Examples: p.Examples, Items: p.Items, Format: p.Format,
			})
		}
		out = append(out, shown)
	}
	return out
}

// Models were tuned on these texts and prompt caches hold them, so what only
// a direct connection has must not change a byte of them.
func TestHostedViewStaysAsItIs(t *testing.T) {
	t.Parallel()
	doc := pylon(t)
	var out bytes.Buffer
	enc := json.NewEncoder(&out)
	enc.SetEscapeHTML(false)
	enc.SetIndent("", "  ")
	view := struct {
		Description string             `json:"description"`
		Questions   manifest.Questions `json:"example_questions"`
		Entities    []hostedEntity     `json:"entities"`
	}{doc.Description, doc.ExampleQuestions, hostedView(doc)}
	if err := enc.Encode(view); err != nil {
		t.Fatal(err)
	}
	golden.Check(t, "hosted.json", out.String())
}
