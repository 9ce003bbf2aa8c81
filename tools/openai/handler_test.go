package openai_test

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"

	"github.com/openai/openai-go/v3"
	"github.com/openai/openai-go/v3/responses"

	"github.com/agentsdk-go/airbyte/tools"
	openaitools "github.com/agentsdk-go/airbyte/tools/openai"
)

// ownChatTools are definitions that the set does not have.
func ownChatTools() []openai.ChatCompletionToolUnionParam {
	return []openai.ChatCompletionToolUnionParam{
		openai.ChatCompletionFunctionTool(openai.FunctionDefinitionParam{Name: "clock"}),
		openai.ChatCompletionCustomTool(openai.ChatCompletionCustomToolCustomParam{Name: "notes"}),
	}
}

func clockAndNotes(_ context.Context, call openaitools.Call) (tools.Output, error) {
	switch call.Name {
	case "clock":
		return tools.Output{Text: "noon"}, nil
	case "notes":
		return tools.Output{Text: fmt.Sprintf("noted %s, custom=%v", call.Arguments, call.Custom)}, nil
	default:
		return tools.Output{}, fmt.Errorf("handler got %q, which the params do not have", call.Name)
	}
}

func TestRunChatOwnTools(t *testing.T) {
	t.Parallel()
	message := map[string]any{"role": "assistant", "tool_calls": []any{
		map[string]any{"id": "c1", "type": "function", "function": map[string]any{"name": "clock", "arguments": "{}"}},
		map[string]any{"id": "c2", "type": "custom", "custom": map[string]any{"name": "notes", "input": "milk"}},
		map[string]any{"id": "c3", "type": "function", "function": map[string]any{"name": "search", "arguments": `{"text":"a"}`}},
		map[string]any{"id": "c4", "type": "function", "function": map[string]any{"name": "serach", "arguments": `{}`}},
	}}
	m, client := newModel(t, chatPath, chatCompletion(t, "tool_calls", message), chatReply(t, "Done."))
	params := question("?")
	params.Tools = ownChatTools()
	if _, err := openaitools.RunChat(t.Context(), client, searchSet(t), params, openaitools.WithHandler(clockAndNotes)); err != nil {
		t.Fatal(err)
	}
	got := m.toolMessages(2)
	if len(got) != 4 || got[0] != "c1=noon" || got[1] != "c2=noted milk, custom=true" ||
		!strings.Contains(got[2], `"A"`) || !strings.Contains(got[3], `"error"`) {
		t.Errorf("got %q", got)
	}
	goldenJSON(t, "run_chat_own_tools.json", m.Requests()[1])
}

func TestRunResponseOwnTools(t *testing.T) {
	t.Parallel()
	m, client := newModel(
		t, responsePath,
		responseReply(
			t, "resp_1", callItem("c1", "clock", "{}"),
			map[string]any{"type": "custom_tool_call", "id": "ctc_1", "call_id": "c2", "name": "notes", "input": "milk"},
			callItem("c3", "zone", "{}"),
		),
		responseReply(t, "resp_2", messageItem("Done.")),
	)
	params := ask("?")
	params.Tools = []responses.ToolUnionParam{
		{OfFunction: &responses.FunctionToolParam{Name: "clock"}},
		{OfCustom: &responses.CustomToolParam{Name: "notes"}},
		{OfNamespace: &responses.NamespaceToolParam{Name: "time", Tools: []responses.NamespaceToolToolUnionParam{
			{OfFunction: &responses.NamespaceToolToolFunctionParam{Name: "zone"}},
		}}},
	}
	handler := func(ctx context.Context, call openaitools.Call) (tools.Output, error) {
		if call.Name == "zone" {
			return tools.Output{Text: "UTC"}, nil
		}
		return clockAndNotes(ctx, call)
	}
	if _, err := openaitools.RunResponse(t.Context(), client, searchSet(t), params, openaitools.WithHandler(handler)); err != nil {
		t.Fatal(err)
	}
	goldenJSON(t, "run_response_own_tools.json", m.Requests()[1])
}

func TestOwnToolsNeedAHandler(t *testing.T) {
	t.Parallel()
	_, client := newModel(t, chatPath)
	params := question("?")
	params.Tools = ownChatTools()
	_, err := openaitools.RunChat(t.Context(), client, searchSet(t), params)
	if !errors.Is(err, openaitools.ErrUnhandledCall) || !strings.Contains(err.Error(), `"clock"`) {
		t.Errorf("got error %v", err)
	}
	_, responseClient := newModel(t, responsePath)
	_, err = openaitools.RunResponse(t.Context(), responseClient, searchSet(t), responses.ResponseNewParams{
		Tools: []responses.ToolUnionParam{{OfCustom: &responses.CustomToolParam{Name: "notes"}}},
	})
	if !errors.Is(err, openaitools.ErrUnhandledCall) || !strings.Contains(err.Error(), `"notes"`) {
		t.Errorf("got error %v", err)
	}
}

func TestHandlerPanicIsAnError(t *testing.T) {
	t.Parallel()
	_, client := newModel(t, chatPath, chatReply(t, "", toolCall{"c1", "clock", "{}"}))
	params := question("?")
	params.Tools = ownChatTools()
	_, err := openaitools.RunChat(
		t.Context(), client, searchSet(t), params,
		openaitools.WithHandler(func(context.Context, openaitools.Call) (tools.Output, error) { panic("clock stopped") }),
	)
	var panicked *tools.PanicError
	if !errors.As(err, &panicked) || panicked.Tool != "clock" || panicked.Value != "clock stopped" {
		t.Errorf("got error %v, want a panic of the handler", err)
	}
}

// Definitions that the caller already added are not sent twice, and their calls
// still reach the set.
func TestSetToolsInParamsAreNotDoubled(t *testing.T) {
	t.Parallel()
	m, client := newModel(t, chatPath, chatReply(t, "", toolCall{"c1", "search", `{"text":"a"}`}), chatReply(t, "Done."))
	set := searchSet(t)
	params := question("?")
	params.Tools = openaitools.ChatTools(set)
	if _, err := openaitools.RunChat(t.Context(), client, set, params); err != nil {
		t.Fatal(err)
	}
	if n := len(m.request(1)["tools"].([]any)); n != len(set.Tools()) {
		t.Errorf("%d tools sent, want %d", n, len(set.Tools()))
	}

	m, client = newModel(t, responsePath, responseReply(t, "resp_1", callItem("c1", "search", `{"text":"a"}`)), responseReply(t, "resp_2", messageItem("Done.")))
	response := ask("?")
	response.Tools = openaitools.ResponseTools(set)
	if _, err := openaitools.RunResponse(t.Context(), client, set, response); err != nil {
		t.Fatal(err)
	}
	if n := len(m.request(1)["tools"].([]any)); n != len(set.Tools()) {
		t.Errorf("%d tools sent, want %d", n, len(set.Tools()))
	}
}
