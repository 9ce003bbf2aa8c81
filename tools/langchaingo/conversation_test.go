package langchaingo_test

import (
	"context"
	"errors"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/tmc/langchaingo/llms"
	"github.com/tmc/langchaingo/schema"

	"github.com/agentsdk-go/airbyte/connector"
	"github.com/agentsdk-go/airbyte/tools"
	"github.com/agentsdk-go/airbyte/tools/langchaingo"
)

func TestRunGoesOnFromItsConversation(t *testing.T) {
	t.Parallel()
	model, server := chatModel(t,
		chatCalls("I look.", fn("", "weather", berlin)), chatText("7 degrees."),
		chatCalls("", fn("", "weather", lisbon)), chatText("Lisbon is warmer."))
	var conversation []llms.MessageContent
	keep := langchaingo.WithConversation(&conversation)
	for _, question := range []string{"How warm is Berlin?", "And Lisbon?"} {
		if _, err := langchaingo.Run(t.Context(), model, weatherSet(t), question, keep); err != nil {
			t.Fatal(err)
		}
	}
	system := server.last()[0].Content
	want := []wireMessage{
		{Role: "system", Content: system},
		{Role: "user", Content: "How warm is Berlin?"},
		{Role: "assistant", Content: "I look.", ToolCalls: []wireCall{fn("call_1", "weather", berlin)}},
		{Role: "tool", ToolCallID: "call_1", Content: `{"data":{"city":"Berlin","celsius":7}}`},
		{Role: "assistant", Content: "7 degrees."},
		{Role: "user", Content: "And Lisbon?"},
		{Role: "assistant", ToolCalls: []wireCall{fn("call_2", "weather", lisbon)}},
		{Role: "tool", ToolCallID: "call_2", Content: `{"data":{"city":"Lisbon","celsius":19}}`},
	}
	if diff := cmp.Diff(want, server.last()); diff != "" {
		t.Errorf("last request (-want +got):\n%s", diff)
	}
	if n := len(conversation); n != len(want) { // the answer more, the system message less
		t.Errorf("conversation has %d messages, want %d", n, len(want))
	}
}

// A slice with room behind its end must not be written to: two runs may start
// from the same one.
func TestRunDoesNotWriteIntoTheGivenConversation(t *testing.T) {
	t.Parallel()
	model, _ := chatModel(t, chatText("7 degrees."))
	room := make([]llms.MessageContent, 9)
	room[0] = llms.TextParts(llms.ChatMessageTypeHuman, "How warm is Berlin?")
	conversation := room[:1]
	_, err := langchaingo.Run(t.Context(), model, weatherSet(t), "Please.", langchaingo.WithConversation(&conversation))
	if err != nil {
		t.Fatal(err)
	}
	if room[1].Parts != nil || len(conversation) != 3 {
		t.Errorf("room behind the end: %v; conversation: %v", room[1], conversation)
	}
}

// stopped makes a run that ends in an error during its first turn, goes on from
// the conversation without a new question, and returns the error and the results
// that the model then reads.
func stopped(ctx context.Context, t *testing.T, set *tools.Set, calls ...wireCall) ([]string, error) {
	t.Helper()
	model, server := chatModel(t, chatCalls("", calls...), chatText("Done."))
	var conversation []llms.MessageContent
	keep := langchaingo.WithConversation(&conversation)
	_, stopped := langchaingo.Run(ctx, model, set, "Do it.", keep)
	if _, err := langchaingo.Run(t.Context(), model, set, "", keep); err != nil {
		t.Fatal(err)
	}
	messages := server.last()
	if diff := cmp.Diff(calls, messages[2].ToolCalls); diff != "" {
		t.Errorf("calls in the history (-want +got):\n%s", diff)
	}
	var results []string
	for i, message := range messages[3:] {
		if message.Role != "tool" || message.ToolCallID != calls[i].ID {
			t.Errorf("message %d of the history does not answer %s: %+v", 3+i, calls[i].ID, message)
		}
		results = append(results, message.Content)
	}
	return results, stopped
}

func checkResults(t *testing.T, got []string, want ...string) {
	t.Helper()
	if len(got) != len(want) {
		t.Fatalf("results: %q, want %d", got, len(want))
	}
	for i := range want {
		if !strings.Contains(got[i], want[i]) {
			t.Errorf("result %d: %s, want %s in it", i, got[i], want[i])
		}
	}
}

const (
	canceledWrite = `{"error":{"kind":"canceled","message":"the run ended during this call, so it was not finished and its outcome is unknown`
	canceledRead  = `{"error":{"kind":"canceled","message":"the run ended during this call, so it was not finished","hint":"it only reads`
	failedWrite   = `{"error":{"kind":"failed","message":"the program failed during this call, so it was not finished and its outcome is unknown`
	notBegun      = `{"error":{"kind":"canceled","message":"the run ended before this call began`
)

// What a finished call changed must be in the history when another call of its
// turn panics: a model that does not see it does it again.
func TestFinishedCallsSurviveAPanic(t *testing.T) {
	t.Parallel()
	set := setOf(t, func(ctx context.Context, in place) (weather, error) {
		if in.City == "Oslo" {
			panic("no Oslo")
		}
		return lookUpWeather(ctx, in)
	})
	results, err := stopped(t.Context(), t, set, fn("call_a", "weather", berlin), fn("call_b", "weather", oslo))
	if panicked, ok := errors.AsType[*tools.PanicError](err); !ok || panicked.Tool != "weather" {
		t.Errorf("error = %v, want a panic of the tool", err)
	}
	checkResults(t, results, `"celsius":7`, failedWrite)
}

func TestFinishedCallsSurviveACancel(t *testing.T) {
	t.Parallel()
	ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
	defer cancel()
	hang := func(begun chan<- struct{}) func(context.Context, place) (weather, error) {
		return func(ctx context.Context, _ place) (weather, error) {
			begun <- struct{}{}
			<-ctx.Done()
			return weather{}, ctx.Err()
		}
	}
	const hanging = 2
	begun := make(chan struct{}, hanging)
	set := setWith(t,
		funcOf(t, "read", hang(begun), tools.WithEffect(connector.Read)),
		funcOf(t, "write", hang(begun)),
		funcOf(t, "cancel", func(context.Context, place) (weather, error) {
			for range hanging {
				<-begun
			}
			cancel()
			return weather{City: "Berlin", Celsius: 7}, nil
		}))
	results, err := stopped(ctx, t, set,
		fn("call_a", "read", berlin), fn("call_b", "write", berlin), fn("call_c", "cancel", berlin))
	if !errors.Is(err, context.Canceled) {
		t.Errorf("error = %v, want context.Canceled", err)
	}
	checkResults(t, results, canceledRead, canceledWrite, `"celsius":7`)
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
		"read":  {`{"entity":"messages","action":"list","params":{"id":"iss_1"}}`, canceledRead},
		"write": {`{"entity":"issues","action":"update","params":{"id":"iss_1","state":"closed"}}`, canceledWrite},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
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
			results, err := stopped(ctx, t, set, fn("call_a", "pylon_execute", test.args))
			if !errors.Is(err, context.Canceled) {
				t.Errorf("error = %v, want context.Canceled", err)
			}
			checkResults(t, results, test.want)
		})
	}
}

// A call that waits for its turn when the context ends has not begun, and the
// model may make it again without a look first.
func TestWaitingCallsAreNotBegun(t *testing.T) {
	t.Parallel()
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	model := &answeringModel{responses: []*llms.ContentResponse{
		answerOf(&llms.ContentChoice{ToolCalls: []llms.ToolCall{toolCall("weather", berlin)}}),
	}}
	var conversation []llms.MessageContent
	_, err := langchaingo.Run(ctx, model, weatherSet(t), "How warm is it?", langchaingo.WithConversation(&conversation),
		langchaingo.WithCallbacks(&canceller{cancel: cancel}))
	if !errors.Is(err, context.Canceled) {
		t.Errorf("error = %v, want context.Canceled", err)
	}
	result, ok := conversation[2].Parts[0].(llms.ToolCallResponse)
	if !ok || !strings.HasPrefix(result.Content, notBegun) {
		t.Errorf("result = %+v, want %s", conversation[2], notBegun)
	}
}

// canceller ends the context when the agent has decided on a call.
type canceller struct {
	recorder
	cancel context.CancelFunc
}

func (c *canceller) HandleAgentAction(context.Context, schema.AgentAction) { c.cancel() }

func TestRunRejectsWhatItCannotRun(t *testing.T) {
	t.Parallel()
	tests := map[string]struct {
		set      *tools.Set
		question string
		opts     []langchaingo.Option
		want     string
	}{
		"nil set":     {question: "?", want: "the tool set is nil"},
		"no question": {set: weatherSet(t), question: " ", want: "the question is empty"},
		"no rounds":   {set: weatherSet(t), question: "?", opts: []langchaingo.Option{langchaingo.WithMaxRounds(0)}, want: "WithMaxRounds(0): must be at least 1"},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			_, err := langchaingo.Run(t.Context(), echoModel{}, test.set, test.question, test.opts...)
			if err == nil || !strings.Contains(err.Error(), test.want) {
				t.Errorf("error = %v, want %q", err, test.want)
			}
		})
	}
}

func TestNilOptionsAreSkipped(t *testing.T) {
	t.Parallel()
	answer, err := langchaingo.Run(t.Context(), echoModel{}, weatherSet(t), "How warm is it?", nil,
		langchaingo.WithCallbacks(nil), langchaingo.WithCallOptions(nil), langchaingo.WithConversation(nil))
	if err != nil || !strings.Contains(answer, `"celsius":7`) {
		t.Errorf("answer = %q, error = %v", answer, err)
	}
}

func TestNilSetHasNoTools(t *testing.T) {
	t.Parallel()
	if n := len(langchaingo.Tools(nil)) + len(langchaingo.LLMTools(nil)); n != 0 {
		t.Errorf("%d tools", n)
	}
	answer, err := langchaingo.Call(t.Context(), nil, toolCall("weather", berlin))
	if err != nil || !strings.Contains(answer.Content, "not_found") {
		t.Errorf("answer = %+v, error = %v", answer, err)
	}
	model := &answeringModel{responses: []*llms.ContentResponse{answerOf(&llms.ContentChoice{Content: "Hello."})}}
	agent := langchaingo.NewAgent(model, nil)
	_, finish, err := agent.Plan(t.Context(), nil, map[string]string{"input": "Hello?"})
	if err != nil || finish.ReturnValues["output"] != "Hello." || len(agent.GetTools()) != 0 || len(model.options.Tools) != 0 {
		t.Errorf("finish = %v, error = %v", finish, err)
	}
}
