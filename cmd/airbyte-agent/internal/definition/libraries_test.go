package definition_test

import (
	"context"
	"encoding/json"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/agentsdk-go/airbyte/cmd/airbyte-agent/internal/definition"
	"github.com/agentsdk-go/airbyte/tools"
	"github.com/agentsdk-go/airbyte/tools/langchaingo"
	"github.com/agentsdk-go/airbyte/tools/openai"
)

// What is printed must be what the libraries send, to the byte.
func TestForWritesWhatTheLibrariesWrite(t *testing.T) {
	t.Parallel()
	libraries := map[string]func(*tools.Set) any{
		definition.OpenAI:          func(s *tools.Set) any { return openai.ChatTools(s) },
		definition.OpenAIResponses: func(s *tools.Set) any { return openai.ResponseTools(s) },
		definition.LangChainGo:     func(s *tools.Set) any { return langchaingo.LLMTools(s) },
	}
	sets := map[string]*tools.Set{
		"none":       nil,
		"functions":  newMixed(t),
		"characters": newOdd(t),
		"execute":    newPylon(t, tools.WithDescriptionBudget(0)),
		"no text":    newPylon(t, tools.WithoutGeneratedDescription()),
		"per action": newPylon(t, tools.WithPerAction()),
	}
	for framework, write := range libraries {
		for name, set := range sets {
			t.Run(framework+" "+name, func(t *testing.T) {
				t.Parallel()
				want, err := json.Marshal(write(set))
				if err != nil {
					t.Fatal(err)
				}
				if diff := cmp.Diff(string(want), string(define(t, framework, set))); diff != "" {
					t.Errorf("definitions (-library +ours):\n%s", diff)
				}
			})
		}
	}
}

// newOdd returns a set with text that encoders differ in.
func newOdd(t *testing.T) *tools.Set {
	t.Helper()
	type input struct {
		Odd string `json:"odd" jsonschema:"enum=<b>,enum=a&b,enum=\"quoted\",enum=\\,default=é"`
	}
	odd := "Line one\nline\u2028two\ttab \u0001 <&> \"quoted\" \\ é 日本 👩‍👦 " + strings.Repeat("x", 600)
	fn, err := tools.Func("odd", odd, func(context.Context, input) (string, error) { return "", nil })
	if err != nil {
		t.Fatal(err)
	}
	set, err := tools.NewSet(fn)
	if err != nil {
		t.Fatal(err)
	}
	return set
}
