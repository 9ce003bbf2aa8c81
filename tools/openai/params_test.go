package openai_test

import (
	"strings"
	"testing"

	"github.com/openai/openai-go/v3"
	"github.com/openai/openai-go/v3/responses"

	openaitools "github.com/agentsdk-go/airbyte/tools/openai"
)

// Slices with room behind their end must not be written to: the caller may use
// one for several runs at once.
func TestParamsAreNotChanged(t *testing.T) {
	t.Parallel()
	set := searchSet(t)
	chat := question("?")
	chat.Messages = append(make([]openai.ChatCompletionMessageParamUnion, 0, 9), chat.Messages...)
	chat.Tools = append(make([]openai.ChatCompletionToolUnionParam, 0, 9), openaitools.ChatTools(set)[0])
	_, client := newModel(t, chatPath, apis["chat"].replies(t, toolCall{"c1", "search", `{"text":"a"}`})...)
	if _, err := openaitools.RunChat(t.Context(), client, set, chat); err != nil {
		t.Fatal(err)
	}

	response := ask("?")
	response.Store = openai.Bool(false)
	response.Input = responses.ResponseNewParamsInputUnion{OfInputItemList: append(
		make(responses.ResponseInputParam, 0, 9), responses.ResponseInputItemParamOfMessage("?", responses.EasyInputMessageRoleUser),
	)}
	response.Tools = append(make([]responses.ToolUnionParam, 0, 9), openaitools.ResponseTools(set)[0])
	response.Include = append(make([]responses.ResponseIncludable, 0, 9), responses.ResponseIncludableMessageOutputTextLogprobs)
	_, client = newModel(
		t, responsePath,
		responseReply(t, "resp_1", reasoningItem(""), callItem("c1", "search", `{"text":"a"}`)), responseReply(t, "resp_2", messageItem("Done.")),
	)
	if _, err := openaitools.RunResponse(t.Context(), client, set, response); err != nil {
		t.Fatal(err)
	}

	behind := map[string]any{
		"chat messages":    chat.Messages[1:9],
		"chat tools":       chat.Tools[1:9],
		"response input":   response.Input.OfInputItemList[1:9],
		"response tools":   response.Tools[1:9],
		"response include": response.Include[1:9],
	}
	for name, room := range behind {
		if got := strings.Trim(encode(t, room), `[]nul",`); got != "" {
			t.Errorf("%s: the run wrote %s", name, got)
		}
	}
}
