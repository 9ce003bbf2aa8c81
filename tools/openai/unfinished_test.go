package openai_test

import (
	"context"
	"errors"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/openai/openai-go/v3"
	"github.com/openai/openai-go/v3/responses"

	"github.com/agentsdk-go/airbyte/connector"
	"github.com/agentsdk-go/airbyte/tools"
	openaitools "github.com/agentsdk-go/airbyte/tools/openai"
)

// brokenRun makes a run whose first round ends in an error, goes on from the
// history that it left, and returns the error and the results that the model
// then reads, as id=text.
type brokenRun func(ctx context.Context, t *testing.T, s *tools.Set, calls []toolCall, opts ...openaitools.RunOption) ([]string, error)

var brokenRuns = map[string]brokenRun{
	"chat": brokenChat,
	"responses": func(ctx context.Context, t *testing.T, s *tools.Set, calls []toolCall, opts ...openaitools.RunOption) ([]string, error) {
		t.Helper()
		return brokenResponse(ctx, t, s, ask("?"), calls, opts...)
	},
	"responses not stored": func(ctx context.Context, t *testing.T, s *tools.Set, calls []toolCall, opts ...openaitools.RunOption) ([]string, error) {
		t.Helper()
		params := ask("?")
		params.Store = openai.Bool(false)
		return brokenResponse(ctx, t, s, params, calls, opts...)
	},
}

func brokenChat(ctx context.Context, t *testing.T, s *tools.Set, calls []toolCall, opts ...openaitools.RunOption) ([]string, error) {
	t.Helper()
	m, client := newModel(t, chatPath, chatReply(t, "I try.", calls...), chatReply(t, "Done."))
	params := question("?")
	run, broken := openaitools.RunChat(ctx, client, s, params, opts...)
	params.Messages = append(run.Messages, openai.UserMessage("Go on."))
	if _, err := openaitools.RunChat(t.Context(), client, s, params); err != nil {
		t.Fatal(err)
	}
	assistant := m.request(2)["messages"].([]any)[1].(map[string]any)
	if n := len(assistant["tool_calls"].([]any)); n != len(calls) {
		t.Errorf("history has %d calls, want %d", n, len(calls))
	}
	return m.toolMessages(2), broken
}

func brokenResponse(
	ctx context.Context, t *testing.T, s *tools.Set, params responses.ResponseNewParams, calls []toolCall, opts ...openaitools.RunOption,
) ([]string, error) {
	t.Helper()
	var items []map[string]any
	for _, c := range calls {
		items = append(items, callItem(c.id, c.name, c.args))
	}
	m, client := newModel(t, responsePath, responseReply(t, "resp_1", items...), responseReply(t, "resp_2", messageItem("Done.")))
	run, broken := openaitools.RunResponse(ctx, client, s, params, opts...)
	params.Input = responses.ResponseNewParamsInputUnion{OfInputItemList: append(
		run.Items, responses.ResponseInputItemParamOfMessage("Go on.", responses.EasyInputMessageRoleUser),
	)}
	if _, err := openaitools.RunResponse(t.Context(), client, s, params); err != nil {
		t.Fatal(err)
	}
	asked, results := 0, []string(nil)
	for _, entry := range m.request(2)["input"].([]any) {
		switch item := entry.(map[string]any); item["type"] {
		case "function_call":
			asked++
		case "function_call_output":
			results = append(results, item["call_id"].(string)+"="+item["output"].(string))
		}
	}
	if asked != len(calls) {
		t.Errorf("history has %d calls, want %d", asked, len(calls))
	}
	return results, broken
}

// kinds shortens results to the kind of their failure; others stay whole.
func kinds(t *testing.T, results []string) []string {
	t.Helper()
	var got []string
	for _, result := range results {
		id, text, _ := strings.Cut(result, "=")
		var envelope struct {
			Error struct{ Kind, Message string }
		}
		decode(t, text, &envelope)
		switch failure := envelope.Error; {
		case failure.Kind == "":
			got = append(got, result)
		case strings.Contains(failure.Message, "before this call began"):
			got = append(got, id+" not begun")
		case strings.Contains(failure.Message, "outcome is unknown"):
			got = append(got, id+" "+failure.Kind+", outcome unknown")
		default:
			got = append(got, id+" "+failure.Kind)
		}
	}
	return got
}

const note = `{"data":{"hits":["written"]}}`

// A note that was written must be in the history when another call of its round
// panics: a model that does not see it writes it again.
func TestFinishedCallsSurviveAPanic(t *testing.T) {
	t.Parallel()
	for name, run := range brokenRuns {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			written := 0
			set := newSet(
				t,
				newTool(t, "note", func(context.Context, query) (found, error) {
					written++
					return found{Hits: []string{"written"}}, nil
				}),
				newTool(t, "boom", func(context.Context, query) (found, error) { panic("boom") }),
			)
			results, err := run(t.Context(), t, set, []toolCall{
				{"c1", "note", `{"text":"a"}`}, {"c2", "boom", `{"text":"b"}`}, {"c3", "note", `{"text":"c"}`},
			}, openaitools.WithConcurrency(1))
			if _, panicked := errors.AsType[*tools.PanicError](err); !panicked {
				t.Errorf("got error %v, want a panic of the tool", err)
			}
			if diff := cmp.Diff([]string{"c1=" + note, "c2 failed, outcome unknown", "c3 not begun"}, kinds(t, results)); diff != "" {
				t.Errorf("results (-want +got):\n%s", diff)
			}
			if written != 1 {
				t.Errorf("the note was written %d times", written)
			}
		})
	}
}

func TestFinishedCallsSurviveACancel(t *testing.T) {
	t.Parallel()
	for name, run := range brokenRuns {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
			defer cancel()
			reading := make(chan struct{})
			read, err := tools.Func("look", "Reads.", func(ctx context.Context, _ query) (found, error) {
				close(reading)
				<-ctx.Done()
				return found{}, ctx.Err()
			}, tools.WithEffect(connector.Read))
			if err != nil {
				t.Fatal(err)
			}
			written := make(chan struct{})
			set := newSet(
				t, read,
				newTool(t, "note", func(context.Context, query) (found, error) {
					defer close(written)
					return found{Hits: []string{"written"}}, nil
				}),
				newTool(t, "change", func(ctx context.Context, _ query) (found, error) {
					<-reading
					<-written
					cancel()
					<-ctx.Done()
					return found{}, ctx.Err()
				}),
			)
			results, err := run(ctx, t, set, []toolCall{
				{"c1", "note", `{"text":"a"}`}, {"c2", "change", `{"text":"b"}`}, {"c3", "look", `{"text":"c"}`},
			})
			if !errors.Is(err, context.Canceled) {
				t.Errorf("got error %v, want context.Canceled", err)
			}
			if diff := cmp.Diff([]string{"c1=" + note, "c2 canceled, outcome unknown", "c3 canceled"}, kinds(t, results)); diff != "" {
				t.Errorf("results (-want +got):\n%s", diff)
			}
		})
	}
}

// The step function ends the run when it panics, but a call that was over by
// then has its result.
func TestFinishedCallsSurviveAPanicOfTheStepFunction(t *testing.T) {
	t.Parallel()
	for kind, want := range map[openaitools.StepKind]string{
		openaitools.StepCall: "c1 not begun", openaitools.StepResult: `c1={"data":{"hits":["A"]}}`,
	} {
		for name, run := range brokenRuns {
			t.Run(name+"/"+string(kind), func(t *testing.T) {
				t.Parallel()
				onStep := func(step openaitools.Step) {
					if step.Kind == kind {
						panic("in the callback")
					}
				}
				results, err := run(t.Context(), t, searchSet(t), []toolCall{{"c1", "search", `{"text":"a"}`}}, openaitools.WithOnStep(onStep))
				if err == nil || !strings.Contains(err.Error(), "in the callback") {
					t.Errorf("got error %v", err)
				}
				if diff := cmp.Diff([]string{want}, kinds(t, results)); diff != "" {
					t.Errorf("results (-want +got):\n%s", diff)
				}
			})
		}
	}
}

// hanging is a service that ends the run as soon as it is asked.
type hanging struct{ cancel context.CancelFunc }

func (h hanging) RoundTrip(req *http.Request) (*http.Response, error) {
	h.cancel()
	<-req.Context().Done()
	return nil, req.Context().Err()
}

// The execute tool can destroy, but what counts is the action that was called.
func TestCanceledActionsOfTheExecuteTool(t *testing.T) {
	t.Parallel()
	tests := map[string]struct{ args, want string }{
		"read":  {`{"entity":"messages","action":"list","params":{"id":"iss_1"}}`, "c1 canceled"},
		"write": {`{"entity":"issues","action":"update","params":{"id":"iss_1","state":"closed"}}`, "c1 canceled, outcome unknown"},
	}
	for name, run := range brokenRuns {
		for effect, test := range tests {
			t.Run(name+"/"+effect, func(t *testing.T) {
				t.Parallel()
				ctx, cancel := context.WithCancel(t.Context())
				defer cancel()
				conn, err := connector.Connect(ctx, "pylon", "default", connector.WithConnectorID("id"),
					connector.WithCredentials("id", "secret"), connector.WithHTTPClient(&http.Client{Transport: hanging{cancel}}))
				if err != nil {
					t.Fatal(err)
				}
				set, err := tools.New(conn)
				if err != nil {
					t.Fatal(err)
				}
				results, err := run(ctx, t, set, []toolCall{{"c1", "pylon_execute", test.args}})
				if !errors.Is(err, context.Canceled) {
					t.Errorf("got error %v, want context.Canceled", err)
				}
				if diff := cmp.Diff([]string{test.want}, kinds(t, results)); diff != "" {
					t.Errorf("results (-want +got):\n%s", diff)
				}
			})
		}
	}
}
