package openai_test

import (
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/openai/openai-go/v3"
	"github.com/openai/openai-go/v3/option"

	openaitools "github.com/agentsdk-go/airbyte/tools/openai"
)

func chunk(delta, finish string) string {
	if finish == "" {
		finish = "null"
	}
	return `{"id":"chatcmpl-1","object":"chat.completion.chunk","created":1,"model":"scripted",` +
		`"choices":[{"index":0,"delta":` + delta + `,"finish_reason":` + finish + `}]}`
}

const (
	usageChunk = `{"id":"","object":"chat.completion.chunk","created":1,"model":"scripted","choices":[],` +
		`"usage":{"prompt_tokens":10,"completion_tokens":5,"total_tokens":15}}`
	done = "[DONE]"
)

func TestRunChatStreams(t *testing.T) {
	t.Parallel()
	m, client := newModel(
		t, chatPath,
		sse(
			chunk(`{"role":"assistant","content":"Let me "}`, ""),
			chunk(`{"content":"look."}`, ""),
			chunk(`{"tool_calls":[{"index":0,"id":"a","type":"function","function":{"name":"search","arguments":""}}]}`, ""),
			chunk(`{"tool_calls":[{"index":0,"function":{"arguments":"{\"te"}}]}`, ""),
			chunk(`{"tool_calls":[{"index":1,"id":"b","function":{"name":"search","arguments":"{\"text\""}}]}`, ""),
			chunk(`{"tool_calls":[{"index":0,"function":{"arguments":"xt\":\"one\"}"}}]}`, ""),
			chunk(`{"tool_calls":[{"index":1,"function":{"arguments":":\"two\"}"}}]}`, ""),
			chunk(`{}`, `"tool_calls"`),
			usageChunk, done,
		),
		sse(chunk(`{"role":"assistant","content":"ONE "}`, ""), chunk(`{"content":"and TWO."}`, ""), chunk(`{}`, `"stop"`), usageChunk, done),
	)
	var deltas []string
	run, err := openaitools.RunChat(
		t.Context(), client, searchSet(t), question("?"),
		openaitools.WithOnText(func(delta string) { deltas = append(deltas, delta) }),
	)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff([]string{"Let me ", "look.", "ONE ", "and TWO."}, deltas); diff != "" {
		t.Errorf("deltas (-want +got):\n%s", diff)
	}
	if run.Text != "ONE and TWO." || run.Usage.TotalTokens != 30 || run.Rounds != 2 {
		t.Errorf("got text %q, %d tokens, %d rounds", run.Text, run.Usage.TotalTokens, run.Rounds)
	}
	goldenJSON(t, "run_chat_stream_2.json", m.Requests()[1])
}

func TestRunChatStreamNumberedFromOne(t *testing.T) {
	t.Parallel()
	m, client := newModel(
		t, chatPath,
		sse(
			chunk(`{"role":"assistant","tool_calls":[{"index":1,"id":"a","type":"function","function":{"name":"search","arguments":"{\"text\":\"one\"}"}}]}`, ""),
			chunk(`{}`, `"tool_calls"`), done,
		),
		sse(chunk(`{"role":"assistant","content":"ONE."}`, `"stop"`), done),
	)
	_, err := openaitools.RunChat(t.Context(), client, searchSet(t), question("?"), openaitools.WithOnText(func(string) {}))
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff([]string{`a={"data":{"hits":["ONE"]}}`}, m.toolMessages(2)); diff != "" {
		t.Errorf("tool messages (-want +got):\n%s", diff)
	}
}

func TestRunChatStreamFails(t *testing.T) {
	t.Parallel()
	tests := map[string]struct {
		reply string
		want  string
	}{
		"connection lost": {sse(chunk(`{"role":"assistant","content":"The fir"}`, "")), "before the answer was complete"},
		"empty":           {sse(done), "before the answer was complete"},
		"error event":     {sse(`{"error":{"message":"overloaded"}}`), "overloaded"},
		"two answers": {
			sse(chunk(`{"content":"a"}`, ""), strings.Replace(chunk(`{"content":"b"}`, ""), "chatcmpl-1", "chatcmpl-2", 1)),
			"mixes several answers",
		},
		"refused request": {`{"error":{"message":"no such model"}}`, "400 Bad Request"},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			_, client := newModel(t, chatPath, test.reply)
			run, err := openaitools.RunChat(t.Context(), client, searchSet(t), question("?"), openaitools.WithOnText(func(string) {}))
			if err == nil || !strings.Contains(err.Error(), test.want) {
				t.Fatalf("got error %v, want %q in it", err, test.want)
			}
			if run.Rounds != 0 || len(run.Messages) != 1 {
				t.Errorf("half an answer was booked: %d rounds, %d messages", run.Rounds, len(run.Messages))
			}
		})
	}
}

func event(t *testing.T, fields map[string]any) string {
	t.Helper()
	b, err := json.Marshal(fields)
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}

func TestRunResponseStreams(t *testing.T) {
	t.Parallel()
	call := callItem("c1", "search", `{"text":"one"}`)
	empty := responseObject("resp_2", "completed")
	m, client := newModel(
		t, responsePath,
		sse(
			event(t, map[string]any{"type": "response.created", "response": responseObject("resp_1", "in_progress")}),
			event(t, map[string]any{"type": "response.function_call_arguments.delta", "output_index": 0, "delta": `{"te`}),
			event(t, map[string]any{"type": "response.output_item.done", "output_index": 0, "item": call}),
			event(t, map[string]any{"type": "response.completed", "response": responseObject("resp_1", "completed", call)}),
		),
		// The items in their own events alone.
		sse(
			event(t, map[string]any{"type": "response.output_text.delta", "delta": "It is "}),
			event(t, map[string]any{"type": "response.output_text.delta", "delta": "ONE."}),
			event(t, map[string]any{"type": "response.output_item.done", "output_index": 0, "item": messageItem("It is ONE.")}),
			event(t, map[string]any{"type": "response.completed", "response": empty}),
		),
	)
	var text strings.Builder
	run, err := openaitools.RunResponse(
		t.Context(), client, searchSet(t), ask("?"),
		openaitools.WithOnText(func(delta string) { text.WriteString(delta) }),
	)
	if err != nil {
		t.Fatal(err)
	}
	if text.String() != "It is ONE." || run.Text != "It is ONE." || run.Usage.TotalTokens != 30 {
		t.Errorf("streamed %q, got text %q, %d tokens", text.String(), run.Text, run.Usage.TotalTokens)
	}
	goldenJSON(t, "run_response_stream_2.json", m.Requests()[1])
}

func TestRunResponseStreamFails(t *testing.T) {
	t.Parallel()
	tests := map[string]struct {
		reply string
		want  string
	}{
		"connection lost": {sse(`{"type":"response.output_text.delta","delta":"The fir"}`), "before the answer was complete"},
		"error event":     {sse(`{"type":"error","code":"server_error","message":"overloaded"}`), "overloaded"},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			_, client := newModel(t, responsePath, test.reply)
			run, err := openaitools.RunResponse(t.Context(), client, searchSet(t), ask("?"), openaitools.WithOnText(func(string) {}))
			if err == nil || !strings.Contains(err.Error(), test.want) {
				t.Fatalf("got error %v, want %q in it", err, test.want)
			}
			if run.Rounds != 0 {
				t.Errorf("half an answer was booked as round %d", run.Rounds)
			}
		})
	}
}

// A caller who wants to ask again must be able to tell a lost stream from a
// refused request, whichever way the connection ended.
func TestStreamCut(t *testing.T) {
	t.Parallel()
	endings := map[string]struct {
		end   func()
		cause error // beside ErrStreamCut
	}{
		"closed":  {end: func() {}},
		"aborted": {end: func() { panic(http.ErrAbortHandler) }, cause: io.ErrUnexpectedEOF},
	}
	runs := map[string]struct {
		event string
		run   func(openai.Client, openaitools.RunOption) error
	}{
		"chat": {chunk(`{"role":"assistant","content":"The fir"}`, ""), func(client openai.Client, opt openaitools.RunOption) error {
			_, err := openaitools.RunChat(t.Context(), client, searchSet(t), question("?"), opt)
			return err
		}},
		"responses": {`{"type":"response.output_text.delta","delta":"The fir"}`, func(client openai.Client, opt openaitools.RunOption) error {
			_, err := openaitools.RunResponse(t.Context(), client, searchSet(t), ask("?"), opt)
			return err
		}},
	}
	for ended, ending := range endings {
		for name, test := range runs {
			t.Run(name+"/"+ended, func(t *testing.T) {
				t.Parallel()
				server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
					w.Header().Set("Content-Type", "text/event-stream")
					_, _ = io.WriteString(w, sse(test.event))
					_ = http.NewResponseController(w).Flush()
					ending.end()
				}))
				t.Cleanup(server.Close)
				client := openai.NewClient(option.WithBaseURL(server.URL), option.WithAPIKey("test-key"), option.WithMaxRetries(0))
				var text string
				err := test.run(client, openaitools.WithOnText(func(delta string) { text += delta }))
				if !errors.Is(err, openaitools.ErrStreamCut) || ending.cause != nil && !errors.Is(err, ending.cause) {
					t.Errorf("got error %v, want ErrStreamCut and %v", err, ending.cause)
				}
				if text != "The fir" {
					t.Errorf("streamed %q", text)
				}
			})
		}
	}
}

func TestNoStreamIsNotACutOne(t *testing.T) {
	t.Parallel()
	server := httptest.NewServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { panic(http.ErrAbortHandler) }))
	t.Cleanup(server.Close)
	client := openai.NewClient(option.WithBaseURL(server.URL), option.WithAPIKey("test-key"), option.WithMaxRetries(0))
	_, err := openaitools.RunChat(t.Context(), client, searchSet(t), question("?"), openaitools.WithOnText(func(string) {}))
	if err == nil || errors.Is(err, openaitools.ErrStreamCut) {
		t.Errorf("got error %v, want another one than ErrStreamCut", err)
	}
}
