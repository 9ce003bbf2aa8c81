package langchaingo_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/tmc/langchaingo/agents"
	"github.com/tmc/langchaingo/chains"
	"github.com/tmc/langchaingo/llms/openai"

	"github.com/agentsdk-go/airbyte/connector"
	"github.com/agentsdk-go/airbyte/sandbox"
	"github.com/agentsdk-go/airbyte/tools"
	"github.com/agentsdk-go/airbyte/tools/langchaingo"
)

// sandboxed is the hosted Pylon connector and a model, both in one sandbox.
func sandboxed(t *testing.T, opts ...tools.Option) (*openai.LLM, *tools.Set) {
	t.Helper()
	box := sandbox.Test(t)
	conn, err := connector.Connect(t.Context(), "pylon", sandbox.Workspace,
		connector.WithBaseURL(box.PlatformURL()),
		connector.WithCredentials(sandbox.ClientID, sandbox.ClientSecret))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := conn.Close(); err != nil {
			t.Error(err)
		}
	})
	set, err := tools.New(conn, opts...)
	if err != nil {
		t.Fatal(err)
	}
	model, err := openai.New(openai.WithBaseURL(box.ModelURL()), openai.WithToken("sandbox"), openai.WithModel("gpt-4o-mini"))
	if err != nil {
		t.Fatal(err)
	}
	return model, set
}

// The scripted model gets each issue with a call of its own, in one turn.
const question = "What is the state of issues 1042 and 1043?"

func checkAnswer(t *testing.T, answer string) {
	t.Helper()
	for _, want := range []string{"[scripted model]", "#1042", "#1043", "state "} {
		if !strings.Contains(answer, want) {
			t.Errorf("answer = %q, want %q in it", answer, want)
		}
	}
}

func TestSandboxEndToEnd(t *testing.T) {
	t.Parallel()
	run := func(t *testing.T, agent agents.Agent) string {
		t.Helper()
		answer, err := chains.Run(t.Context(), agents.NewExecutor(agent), question)
		if err != nil {
			t.Fatal(err)
		}
		return answer
	}
	tests := map[string]func(*testing.T, *openai.LLM, *tools.Set) string{
		"stock functions agent": func(t *testing.T, model *openai.LLM, set *tools.Set) string {
			t.Helper()
			return run(t, agents.NewOpenAIFunctionsAgent(model, langchaingo.Tools(set)))
		},
		"agent": func(t *testing.T, model *openai.LLM, set *tools.Set) string {
			t.Helper()
			return run(t, langchaingo.NewAgent(model, set))
		},
		"run": func(t *testing.T, model *openai.LLM, set *tools.Set) string {
			t.Helper()
			answer, err := langchaingo.Run(t.Context(), model, set, question)
			if err != nil {
				t.Fatal(err)
			}
			return answer
		},
	}
	for name, ask := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			model, set := sandboxed(t)
			checkAnswer(t, ask(t, model, set))
		})
	}
}

func TestSandboxPerActionTools(t *testing.T) {
	t.Parallel()
	model, set := sandboxed(t, tools.WithPerAction(), tools.WithReadOnly())
	r := &recorder{}
	got, err := langchaingo.Run(t.Context(), model, set, question, langchaingo.WithCallbacks(r))
	if err != nil {
		t.Fatal(err)
	}
	checkAnswer(t, got)
	called := slices.DeleteFunc(r.seen(), func(event string) bool { return !strings.HasPrefix(event, "action ") })
	if diff := cmp.Diff([]string{"action pylon_issues_get", "action pylon_issues_get"}, called); diff != "" {
		t.Errorf("calls (-want +got):\n%s", diff)
	}
}
