package openai

import (
	"github.com/openai/openai-go/v3"

	"github.com/agentsdk-go/airbyte/internal/replay"
)

// assistantMessage is the model's message as it stands in the history, with the
// given calls for its own.
func assistantMessage(message openai.ChatCompletionMessage, calls []Call) openai.ChatCompletionMessageParamUnion {
	p := message.ToAssistantMessageParam()
	p.ToolCalls = nil
	for _, call := range calls {
		p.ToolCalls = append(p.ToolCalls, toolCallParam(call))
	}
	return openai.ChatCompletionMessageParamUnion{OfAssistant: &p}
}

func toolCallParam(call Call) openai.ChatCompletionMessageToolCallUnionParam {
	if call.Custom {
		return openai.ChatCompletionMessageToolCallUnionParam{OfCustom: &openai.ChatCompletionMessageCustomToolCallParam{
			ID:     call.ID,
			Custom: openai.ChatCompletionMessageCustomToolCallCustomParam{Name: call.Name, Input: call.Arguments},
		}}
	}
	function := &openai.ChatCompletionMessageFunctionToolCallParam{
		ID: call.ID,
		Function: openai.ChatCompletionMessageFunctionToolCallFunctionParam{
			Name:      call.Name,
			Arguments: replay.Arguments(call.Arguments),
		},
	}
	function.SetExtraFields(call.extra)
	return openai.ChatCompletionMessageToolCallUnionParam{OfFunction: function}
}

// chatToolNames lists the names of the definitions.
func chatToolNames(defs []openai.ChatCompletionToolUnionParam) []string {
	var names []string
	for _, def := range defs {
		if function := def.GetFunction(); function != nil {
			names = append(names, function.Name)
		}
		if custom := def.GetCustom(); custom != nil {
			names = append(names, custom.Name)
		}
	}
	return names
}

// unforcedChat is the choice without the force to call a tool.
func unforcedChat(choice openai.ChatCompletionToolChoiceOptionUnionParam) openai.ChatCompletionToolChoiceOptionUnionParam {
	allowed := choice.OfAllowedTools
	switch {
	case choice.OfAuto.Value == "required", choice.OfFunctionToolChoice != nil, choice.OfCustomToolChoice != nil:
		return openai.ChatCompletionToolChoiceOptionUnionParam{}
	case allowed != nil && allowed.AllowedTools.Mode == openai.ChatCompletionAllowedToolsModeRequired:
		free := *allowed
		free.AllowedTools.Mode = openai.ChatCompletionAllowedToolsModeAuto
		return openai.ChatCompletionToolChoiceOptionUnionParam{OfAllowedTools: &free}
	default:
		return choice
	}
}
