package langchaingo_test

import (
	"errors"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/tmc/langchaingo/agents"
	"github.com/tmc/langchaingo/llms"
	"github.com/tmc/langchaingo/schema"

	"github.com/agentsdk-go/airbyte/tools/langchaingo"
)

// Programs may hand the agent steps that it did not plan itself.
func TestAgentTakesForeignSteps(t *testing.T) {
	t.Parallel()
	step := func(id, log string) schema.AgentStep {
		action := schema.AgentAction{Tool: "weather", ToolInput: berlin, ToolID: id, Log: log}
		return schema.AgentStep{Action: action, Observation: "{}"}
	}
	tests := map[string]struct {
		steps []schema.AgentStep
		want  []string
	}{
		"free text in the log": {
			steps: []schema.AgentStep{step("a", "I look."), step("b", "I look.")},
			want:  []string{"ai: text call(a)", "tool: result(a)", "ai: text call(b)", "tool: result(b)"},
		},
		"other JSON in the log": {
			steps: []schema.AgentStep{step("a", `{"turn":0}`)},
			want:  []string{"ai: text call(a)", "tool: result(a)"},
		},
		"the rest of a turn": {
			steps: []schema.AgentStep{
				step("b", `{"turn":0,"call":1,"layout":"parallel"}`), step("c", `{"turn":0,"call":2,"layout":"parallel"}`),
			},
			want: []string{"ai: call(b) call(c)", "tool: result(b)", "tool: result(c)"},
		},
		"equal turns of two runs": {
			steps: []schema.AgentStep{
				step("a", `{"turn":0,"call":0,"layout":"parallel"}`), step("b", `{"turn":0,"call":0,"layout":"parallel"}`),
			},
			want: []string{"ai: call(a)", "tool: result(a)", "ai: call(b)", "tool: result(b)"},
		},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			model := &answeringModel{responses: []*llms.ContentResponse{answerOf(&llms.ContentChoice{Content: "Done."})}}
			agent := langchaingo.NewAgent(model, weatherSet(t))
			if _, _, err := agent.Plan(t.Context(), test.steps, map[string]string{"input": "Go on."}); err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(test.want, outline(model.last[2:])); diff != "" {
				t.Errorf("history (-want +got):\n%s", diff)
			}
		})
	}
}

func TestAgentWithoutChoices(t *testing.T) {
	t.Parallel()
	for name, response := range map[string]*llms.ContentResponse{"nil": nil, "empty": {}, "nil choice": answerOf(nil)} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			_, err := ask(t, &answeringModel{responses: []*llms.ContentResponse{response}})
			if !errors.Is(err, langchaingo.ErrEmptyAnswer) || !errors.Is(err, agents.ErrUnableToParseOutput) {
				t.Errorf("error = %v, want ErrEmptyAnswer and agents.ErrUnableToParseOutput", err)
			}
		})
	}
}

func TestAgentShortensHugeMalformedArguments(t *testing.T) {
	t.Parallel()
	huge := `{"city":"` + strings.Repeat("ß", 50_000)
	model, server := chatModel(t, chatCalls("", fn("call_a", "weather", huge)), chatText("Done."))
	if _, err := ask(t, model); err != nil {
		t.Fatal(err)
	}
	if got := server.last()[2].ToolCalls[0].Function.Arguments; len(got) > 5000 || !strings.Contains(got, "…") {
		t.Errorf("replayed %d bytes: %.100s", len(got), got)
	}
}
