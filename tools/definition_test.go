package tools_test

import (
	"encoding/json"
	"errors"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/agentsdk-go/airbyte/connector"
	"github.com/agentsdk-go/airbyte/internal/golden"
	"github.com/agentsdk-go/airbyte/tools"
)

func TestDefinitions(t *testing.T) {
	t.Parallel()
	conn := offline(t)
	tests := []struct {
		name string
		opts []tools.Option
	}{
		{"execute", nil},
		{"execute_read_only", []tools.Option{tools.WithReadOnly()}},
		{"execute_described", []tools.Option{tools.WithDescription("Ask about support issues."), tools.WithName("support")}},
		{"execute_user_text_only", []tools.Option{tools.WithDescription("Ask about support issues."), tools.WithoutGeneratedDescription()}},
		{"execute_small_budget", []tools.Option{tools.WithDescriptionBudget(200)}},
		{"execute_no_budget", []tools.Option{tools.WithDescriptionBudget(0), tools.WithAllow("issues.*", "messages.list")}},
		{"execute_issues_without_delete", []tools.Option{tools.WithAllow("issues.*"), tools.WithDeny("*.delete")}},
		{"per_action", []tools.Option{tools.WithPerAction()}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			var text strings.Builder
			for _, tool := range newSet(t, conn, tt.opts...).Tools() {
				text.WriteString(definition(t, tool))
			}
			golden.Check(t, "definitions/"+tt.name+".txt", text.String())
		})
	}
}

func TestInstructions(t *testing.T) {
	t.Parallel()
	conn := offline(t)
	golden.Check(t, "instructions/all.txt", newSet(t, conn).Instructions()+"\n")
	golden.Check(t, "instructions/read_only.txt", newSet(t, conn, tools.WithReadOnly()).Instructions()+"\n")
	golden.Check(t, "instructions/per_action.txt", newSet(t, conn, tools.WithPerAction(), tools.WithAllow("tags.*")).Instructions()+"\n")
}

// TestDefinitionsSuitProviders holds every tool to what OpenAI, Anthropic and
// langchaingo's providers accept.
func TestDefinitionsSuitProviders(t *testing.T) {
	t.Parallel()
	conn := offline(t)
	for _, set := range []*tools.Set{newSet(t, conn), newSet(t, conn, tools.WithPerAction())} {
		if n := len(set.Tools()); n == 0 || n > 128 {
			t.Errorf("%d tools; OpenAI takes at most 128", n)
		}
		for _, tool := range set.Tools() {
			if n := utf8.RuneCountInString(tool.Description()); n == 0 || n > tools.DefaultDescriptionBudget {
				t.Errorf("%s: description of %d characters", tool.Name(), n)
			}
			var schema struct {
				Type                 string
				Properties           map[string]map[string]any
				Required             []string
				AdditionalProperties *bool
			}
			if err := json.Unmarshal(tool.Schema(), &schema); err != nil {
				t.Fatal(err)
			}
			if schema.Type != "object" || schema.Properties == nil || schema.Required == nil || schema.AdditionalProperties == nil {
				t.Errorf("%s: type, properties, required and additionalProperties must all be there: %s", tool.Name(), tool.Schema())
			}
			for name, property := range schema.Properties {
				if _, ok := property["type"].(string); !ok {
					t.Errorf("%s: the type of %s is not one string: %v", tool.Name(), name, property["type"])
				}
				if property["type"] == "array" && property["items"] == nil {
					t.Errorf("%s: array %s has no items", tool.Name(), name)
				}
			}
		}
	}
}

func TestHash(t *testing.T) {
	t.Parallel()
	conn := offline(t)
	all, again, readOnly := newSet(t, conn), newSet(t, offline(t)), newSet(t, conn, tools.WithReadOnly())
	if all.Hash() != again.Hash() {
		t.Error("equal sets have different hashes")
	}
	if all.Hash() == readOnly.Hash() {
		t.Error("different sets have the same hash")
	}
	golden.Check(t, "hash.txt", all.Hash()+"\n") // the same in every process, or prompt caches miss
}

func TestNewRefuses(t *testing.T) {
	t.Parallel()
	conn := offline(t)
	tests := []struct {
		name string
		opts []tools.Option
		want string
	}{
		{"illegal name", []tools.Option{tools.WithName("pylon execute")}, "not legal"},
		{"long name", []tools.Option{tools.WithName(strings.Repeat("x", 65))}, "not legal"},
		{"allow without globs", []tools.Option{tools.WithAllow()}, "WithAllow got no globs"},
		{"malformed glob", []tools.Option{tools.WithAllow("[")}, "malformed"},
		{"empty glob", []tools.Option{tools.WithDeny("")}, "malformed"},
		{"glob that matches nothing", []tools.Option{tools.WithDeny("isues.*")}, `glob "isues.*" matches no operation`},
		{"nothing left", []tools.Option{tools.WithAllow("issues.delete"), tools.WithReadOnly()}, "leaves no operation"},
		{"description over the budget", []tools.Option{tools.WithDescription(strings.Repeat("é", 1025))}, "1025 characters"},
		{"negative retries", []tools.Option{tools.WithRetries(-1)}, "retries is -1"},
		{"negative budget", []tools.Option{tools.WithDescriptionBudget(-1)}, "description budget is -1"},
		{"negative output", []tools.Option{tools.WithMaxOutput(-1)}, "max output is -1"},
		{"capabilities", []tools.Option{tools.WithCapabilities(conn)}, "are for Func"},
		{"effect", []tools.Option{tools.WithEffect(connector.Read)}, "are for Func"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			_, err := tools.New(conn, tt.opts...)
			if !errors.Is(err, connector.ErrConfig) || !strings.Contains(err.Error(), tt.want) {
				t.Errorf("New = %v, want ErrConfig with %q", err, tt.want)
			}
		})
	}
	if _, err := tools.New(nil); !errors.Is(err, connector.ErrConfig) {
		t.Errorf("New(nil) = %v, want ErrConfig", err)
	}
}

func TestSetNames(t *testing.T) {
	t.Parallel()
	conn := offline(t)
	upper := newSet(t, conn, tools.WithName("Pylon_Execute"))
	_, err := tools.Join(newSet(t, conn), upper)
	if !errors.Is(err, connector.ErrConfig) || !strings.Contains(err.Error(), "same ignoring case") {
		t.Errorf("Join = %v, want ErrConfig about names", err)
	}
	if _, err := tools.Join(newSet(t, conn), newSet(t, conn)); err == nil || !strings.Contains(err.Error(), "two tools are named") {
		t.Errorf("Join = %v, want an error about the same name", err)
	}
	both, err := tools.Join(newSet(t, conn), nil, newSet(t, conn, tools.WithName("other")))
	if err != nil || len(both.Tools()) != 2 || both.Tools()[1].Name() != "other" {
		t.Errorf("Join = %v, %v, want two tools in order", both, err)
	}
	if _, err := tools.NewSet(nil); !errors.Is(err, connector.ErrConfig) {
		t.Errorf("NewSet(nil) = %v, want ErrConfig", err)
	}
}
