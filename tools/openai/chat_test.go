package openai_test

import (
	"encoding/json"
	"errors"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/openai/openai-go/v3"

	openaitools "github.com/agentsdk-go/airbyte/tools/openai"
)

func question(text string) openai.ChatCompletionNewParams {
	return openai.ChatCompletionNewParams{
		Model:    "scripted",
		Messages: []openai.ChatCompletionMessageParamUnion{openai.UserMessage(text)},
	}
}

func TestRunChatSingleCall(t *testing.T) {
	t.Parallel()
	m, client := newModel(
		t, chatPath,
		chatReply(t, "Let me look.", toolCall{"call_a", "search", `{"text":"login"}`}),
		chatReply(t, "There is one: LOGIN."),
		chatReply(t, "You are welcome."),
	)
	params := question("What is open?")
	run, err := openaitools.RunChat(t.Context(), client, searchSet(t), params)
	if err != nil {
		t.Fatal(err)
	}
	if run.Text != "There is one: LOGIN." || run.Rounds != 2 || run.Completion.ID != "chatcmpl-1" {
		t.Errorf("got text %q, rounds %d", run.Text, run.Rounds)
	}
	if u := run.Usage; u.TotalTokens != 30 || u.PromptTokens != 20 || u.CompletionTokens != 10 || u.PromptTokensDetails.CachedTokens != 8 {
		t.Errorf("usage is not the sum: %+v", u)
	}
	goldenJSON(t, "run_chat_1.json", m.Requests()[0])
	goldenJSON(t, "run_chat_2.json", m.Requests()[1])

	params.Messages = append(run.Messages, openai.UserMessage("Thanks!"))
	if _, err := openaitools.RunChat(t.Context(), client, searchSet(t), params); err != nil {
		t.Fatal(err)
	}
	goldenJSON(t, "run_chat_continued.json", m.Requests()[2])
}

// toolMessages lists what the nth request answers to calls, as id=content.
func (m *model) toolMessages(n int) []string {
	m.t.Helper()
	var got []string
	for _, entry := range m.request(n)["messages"].([]any) {
		message := entry.(map[string]any)
		if message["role"] == "tool" {
			got = append(got, message["tool_call_id"].(string)+"="+message["content"].(string))
		}
	}
	return got
}

func TestRunChatAnswersModelMistakes(t *testing.T) {
	t.Parallel()
	tests := map[string]struct {
		call     toolCall
		want     string // in the tool message
		replayed string // arguments in the history
	}{
		"tool error":         {toolCall{"c1", "broken", `{"text":"a"}`}, "index is being rebuilt", `{"text":"a"}`},
		"unknown tool":       {toolCall{"c1", "serach", `{"text":"a"}`}, `"error"`, `{"text":"a"}`},
		"cut JSON":           {toolCall{"c1", "search", `{"text":"a`}, `"error"`, `{"malformed_arguments":"{\"text\":\"a"}`},
		"no arguments":       {toolCall{"c1", "search", ``}, ``, `{}`},
		"array":              {toolCall{"c1", "search", `[1]`}, `"error"`, `{"malformed_arguments":"[1]"}`},
		"object in a fence":  {toolCall{"c1", "search", "```json\n{\"text\":\"a\"}\n```"}, ``, `{"text":"a"}`},
		"open fence":         {toolCall{"c1", "search", "```json\n{\"text\":\"a\"}"}, ``, `{"text":"a"}`},
		"object in a string": {toolCall{"c1", "search", `"{\"text\":\"a\"}"`}, ``, `{"text":"a"}`},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			m, client := newModel(t, chatPath, chatReply(t, "", test.call), chatReply(t, "Sorry."))
			run, err := openaitools.RunChat(t.Context(), client, searchSet(t), question("?"))
			if err != nil {
				t.Fatal(err)
			}
			got := m.toolMessages(2)
			if len(got) != 1 || !strings.HasPrefix(got[0], "c1=") || !strings.Contains(got[0], test.want) {
				t.Errorf("got tool messages %q, want one with %q", got, test.want)
			}
			replayed := run.Messages[1].OfAssistant.ToolCalls[0].OfFunction.Function.Arguments
			if replayed != test.replayed {
				t.Errorf("history has arguments %q, want %q", replayed, test.replayed)
			}
		})
	}
}

func TestRunChatEndsWithoutAnswer(t *testing.T) {
	t.Parallel()
	message := func(text, refusal string) map[string]any {
		return map[string]any{"role": "assistant", "content": text, "refusal": refusal}
	}
	cut := message("The fir", "")
	cut["tool_calls"] = []any{map[string]any{"id": "c1", "type": "function", "function": map[string]any{"name": "search", "arguments": `{"te`}}}
	tests := map[string]struct {
		finish  string
		message map[string]any
		want    error
		history int
	}{
		"refusal":        {"stop", message("", "I can't help with that."), openaitools.ErrRefused, 2},
		"length":         {"length", cut, openaitools.ErrLength, 2},
		"content filter": {"content_filter", message("", ""), openaitools.ErrContentFilter, 1},
		"nothing":        {"stop", message("", ""), openaitools.ErrNoAnswer, 1},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			_, client := newModel(t, chatPath, chatCompletion(t, test.finish, test.message))
			run, err := openaitools.RunChat(t.Context(), client, searchSet(t), question("?"))
			if !errors.Is(err, test.want) {
				t.Fatalf("got error %v, want %v", err, test.want)
			}
			if run.Text != test.message["content"] || run.Refusal != test.message["refusal"] {
				t.Errorf("got text %q, refusal %q", run.Text, run.Refusal)
			}
			if len(run.Messages) != test.history || strings.Contains(encode(t, run.Messages), "tool_calls") {
				t.Errorf("history cannot be continued: %s", encode(t, run.Messages))
			}
		})
	}
}

func TestRunChatNoChoices(t *testing.T) {
	t.Parallel()
	_, client := newModel(t, chatPath, `{"id":"chatcmpl-1","choices":[]}`)
	run, err := openaitools.RunChat(t.Context(), client, searchSet(t), question("?"))
	if !errors.Is(err, openaitools.ErrNoAnswer) || run.Completion == nil {
		t.Errorf("got error %v", err)
	}
}

func TestRunChatMaxRounds(t *testing.T) {
	t.Parallel()
	again := chatReply(t, "", toolCall{"c1", "search", `{"text":"a"}`})
	_, client := newModel(t, chatPath, again, again)
	run, err := openaitools.RunChat(t.Context(), client, searchSet(t), question("?"), openaitools.WithMaxRounds(2))
	if !errors.Is(err, openaitools.ErrMaxRounds) {
		t.Fatalf("got error %v", err)
	}
	// The calls of the second round are not run and not in the history.
	if run.Rounds != 2 || len(run.Messages) != 3 || run.Usage.TotalTokens != 30 {
		t.Errorf("got %d rounds, %d messages, %d tokens", run.Rounds, len(run.Messages), run.Usage.TotalTokens)
	}
}

func TestRunChatAPIError(t *testing.T) {
	t.Parallel()
	_, client := newModel(
		t, chatPath,
		chatReply(t, "", toolCall{"c1", "search", `{"text":"a"}`}),
		`{"error":{"message":"too many tokens","type":"invalid_request_error"}}`,
	)
	run, err := openaitools.RunChat(t.Context(), client, searchSet(t), question("?"))
	var apiError *openai.Error
	if !errors.As(err, &apiError) || apiError.StatusCode != 400 || !strings.Contains(err.Error(), "round 2") {
		t.Fatalf("got error %v", err)
	}
	if run.Rounds != 1 || len(run.Messages) != 3 {
		t.Errorf("got %d rounds, %d messages, want the run so far", run.Rounds, len(run.Messages))
	}
}

func TestRunChatGivesMissingIDs(t *testing.T) {
	t.Parallel()
	m, client := newModel(
		t, chatPath,
		chatReply(t, "", toolCall{"", "search", `{"text":"a"}`}, toolCall{"", "search", `{"text":"b"}`}),
		chatReply(t, "Done."),
		chatReply(t, "", toolCall{"", "search", `{"text":"c"}`}),
		chatReply(t, "Done."),
	)
	run, err := openaitools.RunChat(t.Context(), client, searchSet(t), question("?"))
	if err != nil {
		t.Fatal(err)
	}
	got := m.toolMessages(2)
	if len(got) != 2 || !strings.HasPrefix(got[0], "call_1_1=") || !strings.HasPrefix(got[1], "call_1_2=") {
		t.Errorf("got %q", got)
	}
	if id := run.Messages[1].OfAssistant.ToolCalls[1].OfFunction.ID; id != "call_1_2" {
		t.Errorf("history has id %q", id)
	}

	params := question("?")
	params.Messages = append(run.Messages, openai.UserMessage("And c?"))
	if _, err := openaitools.RunChat(t.Context(), client, searchSet(t), params); err != nil {
		t.Fatal(err)
	}
	if got := m.toolMessages(4); len(got) != 3 || !strings.HasPrefix(got[2], "call_6_1=") {
		t.Errorf("after going on: got %q, want an id of its own", got)
	}
}

func TestRunChatToolChoiceForcesOnce(t *testing.T) {
	t.Parallel()
	tests := map[string]struct {
		choice openai.ChatCompletionToolChoiceOptionUnionParam
		second any
	}{
		"required": {openai.ChatCompletionToolChoiceOptionUnionParam{OfAuto: openai.String("required")}, nil},
		"one tool": {openai.ToolChoiceOptionFunctionToolChoice(openai.ChatCompletionNamedToolChoiceFunctionParam{Name: "search"}), nil},
		"auto":     {openai.ChatCompletionToolChoiceOptionUnionParam{OfAuto: openai.String("auto")}, "auto"},
		"allowed tools": {
			openai.ToolChoiceOptionAllowedTools(openai.ChatCompletionAllowedToolsParam{
				Mode:  openai.ChatCompletionAllowedToolsModeRequired,
				Tools: []map[string]any{{"type": "function", "function": map[string]any{"name": "search"}}},
			}),
			map[string]any{"type": "allowed_tools", "allowed_tools": map[string]any{
				"mode":  "auto",
				"tools": []any{map[string]any{"type": "function", "function": map[string]any{"name": "search"}}},
			}},
		},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			m, client := newModel(t, chatPath, chatReply(t, "", toolCall{"c1", "search", `{"text":"a"}`}), chatReply(t, "Done."))
			params := question("?")
			params.ToolChoice = test.choice
			if _, err := openaitools.RunChat(t.Context(), client, searchSet(t), params); err != nil {
				t.Fatal(err)
			}
			if m.request(1)["tool_choice"] == nil {
				t.Error("first round has no tool_choice")
			}
			if diff := cmp.Diff(test.second, m.request(2)["tool_choice"]); diff != "" {
				t.Errorf("tool_choice of the second round (-want +got):\n%s", diff)
			}
		})
	}
}

// Servers put fields of their own into tool calls and refuse a history without
// them.
func TestRunChatReplaysExtraFields(t *testing.T) {
	t.Parallel()
	const call = `{"id":"c1","type":"function","function":{"name":"search","arguments":"{\"text\":\"a\"}"},"extra_content":{"signature":"s1"}}`
	var whole any
	if err := json.Unmarshal([]byte(call), &whole); err != nil {
		t.Fatal(err)
	}
	streamed := strings.Replace(call, "{", `{"index":0,`, 1)
	tests := map[string]struct {
		reply string
		opts  []openaitools.RunOption
	}{
		"whole": {chatCompletion(t, "tool_calls", map[string]any{"role": "assistant", "tool_calls": []any{whole}}), nil},
		"streamed": {
			sse(chunk(`{"role":"assistant","tool_calls":[`+streamed+`]}`, ""), chunk(`{}`, `"tool_calls"`), done),
			[]openaitools.RunOption{openaitools.WithOnText(func(string) {})},
		},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			final := chatReply(t, "Done.")
			if test.opts != nil {
				final = sse(chunk(`{"role":"assistant","content":"Done."}`, `"stop"`), done)
			}
			m, client := newModel(t, chatPath, test.reply, final)
			if _, err := openaitools.RunChat(t.Context(), client, searchSet(t), question("?"), test.opts...); err != nil {
				t.Fatal(err)
			}
			assistant := m.request(2)["messages"].([]any)[1].(map[string]any)
			if diff := cmp.Diff([]any{whole}, assistant["tool_calls"]); diff != "" {
				t.Errorf("tool calls of the history (-want +got):\n%s", diff)
			}
		})
	}
}
