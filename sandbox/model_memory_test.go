package sandbox_test

import (
	"strings"
	"testing"

	"github.com/tmc/langchaingo/agents"
	"github.com/tmc/langchaingo/chains"
	"github.com/tmc/langchaingo/llms/openai"
	"github.com/tmc/langchaingo/memory"

	"github.com/agentsdk-go/airbyte/tools/langchaingo"
)

// TestModelReadsPastAMemory: langchaingo's agent puts its memory before the
// question, and the model must not take it for the question.
func TestModelReadsPastAMemory(t *testing.T) {
	t.Parallel()
	b := newBot(t)
	llm, err := openai.New(openai.WithBaseURL(b.model.base), openai.WithToken("any-key"), openai.WithModel("any"))
	if err != nil {
		t.Fatal(err)
	}
	executor := agents.NewExecutor(langchaingo.NewAgent(llm, b.set), agents.WithMemory(memory.NewConversationBuffer()))
	for _, turn := range []struct{ question, want string }{
		{"What is the state of issue 1042?", "[scripted model] The issue is #1042 "},
		{"Delete the tag billing", `[scripted model] I changed nothing: my script has no rule for "Delete the tag billing".`},
		{"List the teams.", "[scripted model] I found 8 teams; "},
		{"Close issue 1448", "[scripted model] I closed issue 1448 (id "},
	} {
		answer, err := chains.Run(t.Context(), executor, turn.question)
		if err != nil {
			t.Fatal(err)
		}
		if !strings.HasPrefix(answer, turn.want) {
			t.Errorf("%s: it says %q", turn.question, answer)
		}
	}
}
