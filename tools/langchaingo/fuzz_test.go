package langchaingo_test

import (
	"encoding/json"
	"regexp"
	"testing"

	"github.com/tmc/langchaingo/llms"
	"github.com/tmc/langchaingo/schema"

	"github.com/agentsdk-go/airbyte/tools/langchaingo"
)

// Whatever a model wrote, its history holds arguments that are a JSON object
// and a name that providers accept: anything else fails every later request of
// the run.
func FuzzHistoryStaysValid(f *testing.F) {
	for _, arguments := range []string{
		"", "null", "{}", berlin, `{"city":`, `[1]`, `"{\"city\":\"Berlin\"}"`, "```json\n{}\n```", "```", `"`, "\x00\xff", "7",
	} {
		f.Add("weather", arguments)
	}
	f.Add("functions.wéather", berlin)
	f.Add("", berlin)
	legal := regexp.MustCompile(`^[a-zA-Z0-9_-]{1,64}$`)
	f.Fuzz(func(t *testing.T, name, arguments string) {
		model := &answeringModel{responses: []*llms.ContentResponse{
			answerOf(&llms.ContentChoice{ToolCalls: []llms.ToolCall{
				{ID: "call_a", FunctionCall: &llms.FunctionCall{Name: name, Arguments: arguments}},
			}}),
			answerOf(&llms.ContentChoice{Content: "Done."}),
		}}
		agent := langchaingo.NewAgent(model, weatherSet(t))
		inputs := map[string]string{"input": "How warm is it?"}
		actions, _, err := agent.Plan(t.Context(), nil, inputs)
		if err != nil || len(actions) != 1 {
			t.Fatalf("actions = %v, error = %v", actions, err)
		}
		steps := []schema.AgentStep{{Action: actions[0], Observation: "{}"}}
		if _, _, err := agent.Plan(t.Context(), steps, inputs); err != nil {
			t.Fatal(err)
		}
		replayed, ok := model.last[2].Parts[0].(llms.ToolCall)
		if !ok {
			t.Fatalf("no call in the history: %v", model.last)
		}
		var object map[string]any
		if err := json.Unmarshal([]byte(replayed.FunctionCall.Arguments), &object); err != nil || object == nil {
			t.Errorf("arguments %q became %q: %v", arguments, replayed.FunctionCall.Arguments, err)
		}
		if !legal.MatchString(replayed.FunctionCall.Name) {
			t.Errorf("name %q became %q", name, replayed.FunctionCall.Name)
		}
	})
}

// Whatever a text agent hands over, the tool answers with text and no Go error,
// which would end the run.
func FuzzToolInput(f *testing.F) {
	for _, input := range []string{
		"", berlin, oslo, "Berlin", "`" + berlin + "`", "```\n" + berlin + "\n```\nObservation: x", "\nObservation:", "`", "``", "[",
	} {
		f.Add(input)
	}
	tool := langchaingo.Tools(weatherSet(f))[0]
	f.Fuzz(func(t *testing.T, input string) {
		observation, err := tool.Call(t.Context(), input)
		if err != nil {
			t.Fatal(err)
		}
		if !json.Valid([]byte(observation)) {
			t.Errorf("observation of %q is not JSON: %q", input, observation)
		}
	})
}
