package openai_test

import (
	"strings"
	"testing"

	"github.com/openai/openai-go/v3"
	"github.com/openai/openai-go/v3/option"
	"github.com/openai/openai-go/v3/responses"

	"github.com/agentsdk-go/airbyte/connector"
	"github.com/agentsdk-go/airbyte/sandbox"
	"github.com/agentsdk-go/airbyte/tools"
	openaitools "github.com/agentsdk-go/airbyte/tools/openai"
)

// newPylon returns the tools of the sandbox's Pylon connector and a client of
// its model, which refuses what OpenAI's own endpoint refuses.
func newPylon(t *testing.T, opts ...tools.Option) (openai.Client, *tools.Set) {
	t.Helper()
	box := sandbox.Test(t)
	conn, err := connector.Connect(
		t.Context(), "pylon", sandbox.Workspace,
		connector.WithBaseURL(box.PlatformURL()),
		connector.WithCredentials(sandbox.ClientID, sandbox.ClientSecret),
	)
	if err != nil {
		t.Fatal(err)
	}
	set, err := tools.New(conn, opts...)
	if err != nil {
		t.Fatal(err)
	}
	client := openai.NewClient(option.WithBaseURL(box.ModelURL()), option.WithAPIKey("none"), option.WithMaxRetries(0))
	return client, set
}

// transcript books the tool calls and the streamed text of a run.
type transcript struct {
	results []openaitools.Step
	text    strings.Builder
}

func (tr *transcript) options(stream bool) []openaitools.RunOption {
	opts := []openaitools.RunOption{openaitools.WithOnStep(func(step openaitools.Step) {
		if step.Kind == openaitools.StepResult {
			tr.results = append(tr.results, step)
		}
	})}
	if stream {
		opts = append(opts, openaitools.WithOnText(func(delta string) { tr.text.WriteString(delta) }))
	}
	return opts
}

func (tr *transcript) check(t *testing.T, answer string, stream bool) {
	t.Helper()
	if len(tr.results) == 0 {
		t.Error("the model called no tool")
	}
	for _, step := range tr.results {
		if step.Output.IsError {
			t.Errorf("%s %s: %s", step.Call.Name, step.Call.Arguments, step.Output.Text)
		}
	}
	if answer == "" || stream && !strings.HasSuffix(tr.text.String(), answer) {
		t.Errorf("got answer %q, streamed %q", answer, tr.text.String())
	}
}

const openIssues = "Which issues are waiting on us?"

func TestSandboxChat(t *testing.T) {
	t.Parallel()
	for name, stream := range map[string]bool{"whole": false, "streamed": true} {
		for shape, opts := range toolsets {
			t.Run(name+" "+shape, func(t *testing.T) {
				t.Parallel()
				client, set := newPylon(t, opts...)
				params := question(openIssues)
				for range 2 { // the second run continues the first
					var tr transcript
					run, err := openaitools.RunChat(t.Context(), client, set, params, tr.options(stream)...)
					if err != nil {
						t.Fatal(err)
					}
					tr.check(t, run.Text, stream)
					params.Messages = append(run.Messages, openai.UserMessage(openIssues))
				}
			})
		}
	}
}

func TestSandboxResponse(t *testing.T) {
	t.Parallel()
	for name, stream := range map[string]bool{"whole": false, "streamed": true} {
		for kept, store := range map[string]bool{"stored": true, "not stored": false} {
			t.Run(name+" "+kept, func(t *testing.T) {
				t.Parallel()
				client, set := newPylon(t)
				params := ask(openIssues)
				params.Store = openai.Bool(store)
				for range 2 {
					var tr transcript
					run, err := openaitools.RunResponse(t.Context(), client, set, params, tr.options(stream)...)
					if err != nil {
						t.Fatal(err)
					}
					tr.check(t, run.Text, stream)
					if store {
						params.PreviousResponseID = openai.String(run.Response.ID)
						continue
					}
					next := responses.ResponseInputItemParamOfMessage(openIssues, responses.EasyInputMessageRoleUser)
					params.Input = responses.ResponseNewParamsInputUnion{OfInputItemList: append(run.Items, next)}
				}
			})
		}
	}
}

// toolsets are the shapes in which a connector shows itself.
var toolsets = map[string][]tools.Option{
	"one tool":   nil,
	"per action": {tools.WithPerAction()},
}
