package openai_test

import (
	"context"
	"encoding/json"
	"testing"

	"github.com/openai/openai-go/v3"
	"github.com/openai/openai-go/v3/responses"

	"github.com/agentsdk-go/airbyte/tools"
	openaitools "github.com/agentsdk-go/airbyte/tools/openai"
	"github.com/agentsdk-go/airbyte/tools/toolstest"
)

// Each way a call can take, alone and inside a run, keeps to the same rules.
func TestConformance(t *testing.T) {
	t.Parallel()
	for name, adapter := range map[string]toolstest.Adapter{
		"ChatCall":     answerChatCall,
		"ResponseCall": answerResponseCall,
		"RunChat":      answerInChat(t),
		"RunResponse":  answerInResponse(t),
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			toolstest.Run(t, adapter)
		})
	}
}

func answerChatCall(ctx context.Context, set *tools.Set, call toolstest.Call) (string, error) {
	message, err := openaitools.ChatCall(ctx, set, openai.ChatCompletionMessageToolCallUnion{
		ID: call.ID, Type: "function",
		Function: openai.ChatCompletionMessageFunctionToolCallFunction{Name: call.Name, Arguments: call.Arguments},
	})
	if err != nil {
		return "", err
	}
	return message.OfTool.Content.OfString.Value, nil
}

func answerResponseCall(ctx context.Context, set *tools.Set, call toolstest.Call) (string, error) {
	item, err := openaitools.ResponseCall(ctx, set, responses.ResponseFunctionToolCall{
		CallID: call.ID, Name: call.Name, Arguments: call.Arguments,
	})
	if err != nil {
		return "", err
	}
	return item.OfFunctionCallOutput.Output.OfString.Value, nil
}

func answerInChat(t *testing.T) toolstest.Adapter {
	t.Helper()
	return func(ctx context.Context, set *tools.Set, call toolstest.Call) (string, error) {
		m := &inMemory{replies: []string{
			chatReply(t, "", toolCall{call.ID, call.Name, call.Arguments}), chatReply(t, "Done."),
		}}
		if _, err := openaitools.RunChat(ctx, m.client(), set, question("?")); err != nil {
			return "", err
		}
		var body struct{ Messages []struct{ Content string } }
		err := json.Unmarshal([]byte(m.bodies[1]), &body)
		return body.Messages[2].Content, err
	}
}

func answerInResponse(t *testing.T) toolstest.Adapter {
	t.Helper()
	return func(ctx context.Context, set *tools.Set, call toolstest.Call) (string, error) {
		m := &inMemory{replies: []string{
			responseReply(t, "resp_1", callItem(call.ID, call.Name, call.Arguments)),
			responseReply(t, "resp_2", messageItem("Done.")),
		}}
		if _, err := openaitools.RunResponse(ctx, m.client(), set, ask("?")); err != nil {
			return "", err
		}
		var body struct{ Input []struct{ Output string } }
		err := json.Unmarshal([]byte(m.bodies[1]), &body)
		return body.Input[0].Output, err
	}
}
