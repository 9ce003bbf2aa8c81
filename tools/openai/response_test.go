package openai_test

import (
	"errors"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/openai/openai-go/v3"
	"github.com/openai/openai-go/v3/responses"

	openaitools "github.com/agentsdk-go/airbyte/tools/openai"
)

func ask(text string) responses.ResponseNewParams {
	return responses.ResponseNewParams{
		Model: "scripted",
		Input: responses.ResponseNewParamsInputUnion{OfString: openai.String(text)},
	}
}

func TestRunResponseStored(t *testing.T) {
	t.Parallel()
	m, client := newModel(
		t, responsePath,
		responseReply(t, "resp_1", reasoningItem(""), callItem("c1", "search", `{"text":"login"}`)),
		responseReply(t, "resp_2", messageItem("There is one: LOGIN.")),
	)
	run, err := openaitools.RunResponse(t.Context(), client, searchSet(t), ask("What is open?"))
	if err != nil {
		t.Fatal(err)
	}
	if run.Text != "There is one: LOGIN." || run.Rounds != 2 || run.Response.ID != "resp_2" {
		t.Errorf("got text %q, rounds %d, response %q", run.Text, run.Rounds, run.Response.ID)
	}
	u := run.Usage
	if u.TotalTokens != 30 || u.InputTokens != 20 || u.OutputTokens != 10 || u.InputTokensDetails.CachedTokens != 8 || u.OutputTokensDetails.ReasoningTokens != 4 {
		t.Errorf("usage is not the sum: %+v", u)
	}
	goldenJSON(t, "run_response_1.json", m.Requests()[0])
	goldenJSON(t, "run_response_2.json", m.Requests()[1])
}

func TestRunResponseNotStored(t *testing.T) {
	t.Parallel()
	m, client := newModel(
		t, responsePath,
		responseReply(t, "resp_1", reasoningItem("gAAA"), callItem("c1", "search", `{"text":"login`)),
		responseReply(t, "resp_2", messageItem("There is one: LOGIN.")),
		responseReply(t, "resp_3", messageItem("You are welcome.")),
	)
	params := ask("What is open?")
	params.Store = openai.Bool(false)
	params.Reasoning.Effort = openai.ReasoningEffortLow
	run, err := openaitools.RunResponse(t.Context(), client, searchSet(t), params)
	if err != nil {
		t.Fatal(err)
	}
	goldenJSON(t, "run_response_not_stored.json", m.Requests()[1])

	next := append(run.Items, responses.ResponseInputItemParamOfMessage("Thanks!", responses.EasyInputMessageRoleUser))
	params.Input = responses.ResponseNewParamsInputUnion{OfInputItemList: next}
	if _, err := openaitools.RunResponse(t.Context(), client, searchSet(t), params); err != nil {
		t.Fatal(err)
	}
	goldenJSON(t, "run_response_continued.json", m.Requests()[2])
}

// A reasoning item without its encrypted content cannot be sent again; the run
// goes on without it and asks for the content from then on.
func TestRunResponseNotStoredLosesReasoning(t *testing.T) {
	t.Parallel()
	m, client := newModel(
		t, responsePath,
		responseReply(t, "resp_1", reasoningItem(""), callItem("c1", "search", `{"text":"a"}`)),
		responseReply(t, "resp_2", messageItem("Done.")),
	)
	params := ask("?")
	params.Store = openai.Bool(false)
	if _, err := openaitools.RunResponse(t.Context(), client, searchSet(t), params); err != nil {
		t.Fatal(err)
	}
	if m.request(1)["include"] != nil {
		t.Error("a model that may not reason was asked for reasoning")
	}
	if diff := cmp.Diff([]any{"reasoning.encrypted_content"}, m.request(2)["include"]); diff != "" {
		t.Error(diff)
	}
	body := m.Requests()[1]
	if strings.Contains(body, "rs_1") || strings.Contains(body, "fc_c1") {
		t.Errorf("request names items that the server does not have: %s", body)
	}
}

func TestRunResponseConversation(t *testing.T) {
	t.Parallel()
	m, client := newModel(
		t, responsePath,
		responseReply(t, "resp_1", callItem("c1", "search", `{"text":"a"}`)),
		responseReply(t, "resp_2", messageItem("Done.")),
	)
	params := ask("?")
	params.Conversation = responses.ResponseNewParamsConversationUnion{OfString: openai.String("conv_1")}
	if _, err := openaitools.RunResponse(t.Context(), client, searchSet(t), params); err != nil {
		t.Fatal(err)
	}
	second := m.request(2)
	if second["conversation"] != "conv_1" || second["previous_response_id"] != nil || len(second["input"].([]any)) != 1 {
		t.Errorf("second request does not continue the conversation: %s", m.Requests()[1])
	}
}

func TestRunResponseAnswersModelMistakes(t *testing.T) {
	t.Parallel()
	tests := map[string]struct {
		item map[string]any
		want string
	}{
		"tool error":   {callItem("c1", "broken", `{"text":"a"}`), "index is being rebuilt"},
		"unknown tool": {callItem("c1", "serach", `{}`), `\"error\"`},
		"bad JSON":     {callItem("c1", "search", `{"text":`), `\"error\"`},
		"custom call": {
			map[string]any{"type": "custom_tool_call", "id": "ctc_1", "call_id": "c1", "name": "search", "input": "a"},
			"called as a custom tool",
		},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			m, client := newModel(t, responsePath, responseReply(t, "resp_1", test.item), responseReply(t, "resp_2", messageItem("Sorry.")))
			if _, err := openaitools.RunResponse(t.Context(), client, searchSet(t), ask("?")); err != nil {
				t.Fatal(err)
			}
			item := m.request(2)["input"].([]any)[0].(map[string]any)
			if item["type"] != strings.Replace(test.item["type"].(string), "call", "call_output", 1) || item["call_id"] != "c1" {
				t.Errorf("call is not answered by its output item: %v", item)
			}
			if !strings.Contains(m.Requests()[1], test.want) {
				t.Errorf("got %v, want %s in it", item, test.want)
			}
		})
	}
}

func TestRunResponseEndsWithoutAnswer(t *testing.T) {
	t.Parallel()
	with := func(object map[string]any, key string, value any) map[string]any {
		object[key] = value
		return object
	}
	incomplete := func(reason string, items ...map[string]any) map[string]any {
		return with(responseObject("resp_1", "incomplete", items...), "incomplete_details", map[string]any{"reason": reason})
	}
	failed := with(responseObject("resp_1", "failed"), "error", map[string]any{"code": "server_error", "message": "overloaded"})
	tests := map[string]struct {
		reply map[string]any
		want  error  // nil: any
		text  string // in the error
	}{
		"refusal":        {responseObject("resp_1", "completed", refusalItem("I can't help.")), openaitools.ErrRefused, "I can't help."},
		"length":         {incomplete("max_output_tokens", messageItem("The fir"), callItem("c1", "search", `{"te`)), openaitools.ErrLength, ""},
		"content filter": {incomplete("content_filter"), openaitools.ErrContentFilter, ""},
		"other reason":   {incomplete("moon_phase"), nil, "moon_phase"},
		"failed":         {failed, nil, "server_error: overloaded"},
		"background":     {responseObject("resp_1", "queued"), nil, "queued"},
		"nothing":        {responseObject("resp_1", "completed"), openaitools.ErrNoAnswer, ""},
		"computer call":  {responseObject("resp_1", "completed", map[string]any{"type": "computer_call", "id": "cu_1", "call_id": "c1"}), openaitools.ErrUnhandledCall, "computer_call"},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			_, client := newModel(t, responsePath, encode(t, test.reply))
			run, err := openaitools.RunResponse(t.Context(), client, searchSet(t), ask("?"))
			if err == nil || (test.want != nil && !errors.Is(err, test.want)) || !strings.Contains(err.Error(), test.text) {
				t.Fatalf("got error %v, want %v with %q", err, test.want, test.text)
			}
			if run.Rounds != 1 || run.Response == nil || strings.Contains(encode(t, run.Items), "function_call") {
				t.Errorf("run so far cannot be continued: %s", encode(t, run.Items))
			}
		})
	}
}

func TestRunResponseHostedToolsAreNotCalls(t *testing.T) {
	t.Parallel()
	_, client := newModel(
		t, responsePath,
		responseReply(
			t, "resp_1",
			map[string]any{"type": "web_search_call", "id": "ws_1", "status": "completed", "action": map[string]any{"type": "search", "query": "a"}},
			map[string]any{"type": "shell_call", "id": "sh_1", "call_id": "s1", "status": "completed", "action": map[string]any{"commands": []string{"ls"}}},
			map[string]any{"type": "tool_search_call", "id": "ts_1", "call_id": "s2", "execution": "server", "arguments": map[string]any{}},
			map[string]any{"type": "shell_call_output", "id": "so_1", "call_id": "s1", "output": []any{}},
			messageItem("Done."),
		),
	)
	params := ask("?")
	params.Tools = []responses.ToolUnionParam{responses.ToolParamOfWebSearch(responses.WebSearchToolTypeWebSearch)}
	run, err := openaitools.RunResponse(t.Context(), client, searchSet(t), params)
	if err != nil {
		t.Fatal(err)
	}
	if run.Text != "Done." || len(run.Items) != 6 {
		t.Errorf("got text %q, %d items", run.Text, len(run.Items))
	}
}

func TestRunResponseMaxRounds(t *testing.T) {
	t.Parallel()
	again := responseReply(t, "resp_1", callItem("c1", "search", `{"text":"a"}`))
	_, client := newModel(t, responsePath, again, again)
	run, err := openaitools.RunResponse(t.Context(), client, searchSet(t), ask("?"), openaitools.WithMaxRounds(2))
	if !errors.Is(err, openaitools.ErrMaxRounds) {
		t.Fatalf("got error %v", err)
	}
	if run.Rounds != 2 || len(run.Items) != 3 || run.Usage.TotalTokens != 30 {
		t.Errorf("got %d rounds, %d items, %d tokens", run.Rounds, len(run.Items), run.Usage.TotalTokens)
	}
}

func TestRunResponseToolChoiceForcesOnce(t *testing.T) {
	t.Parallel()
	tests := map[string]struct {
		choice responses.ResponseNewParamsToolChoiceUnion
		second any
	}{
		"required": {responses.ResponseNewParamsToolChoiceUnion{OfToolChoiceMode: openai.Opt(responses.ToolChoiceOptionsRequired)}, nil},
		"one tool": {responses.ResponseNewParamsToolChoiceUnion{OfFunctionTool: &responses.ToolChoiceFunctionParam{Name: "search"}}, nil},
		"auto":     {responses.ResponseNewParamsToolChoiceUnion{OfToolChoiceMode: openai.Opt(responses.ToolChoiceOptionsAuto)}, "auto"},
		"allowed tools": {
			responses.ResponseNewParamsToolChoiceUnion{OfAllowedTools: &responses.ToolChoiceAllowedParam{
				Mode: responses.ToolChoiceAllowedModeRequired, Tools: []map[string]any{{"type": "function", "name": "search"}},
			}},
			map[string]any{"type": "allowed_tools", "mode": "auto", "tools": []any{map[string]any{"type": "function", "name": "search"}}},
		},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			m, client := newModel(t, responsePath, responseReply(t, "resp_1", callItem("c1", "search", `{"text":"a"}`)), responseReply(t, "resp_2", messageItem("Done.")))
			params := ask("?")
			params.ToolChoice = test.choice
			if _, err := openaitools.RunResponse(t.Context(), client, searchSet(t), params); err != nil {
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
