package openai

import (
	"encoding/json"
	"fmt"
	"slices"

	"github.com/openai/openai-go/v3/packages/param"
	"github.com/openai/openai-go/v3/responses"
	"github.com/tidwall/gjson"

	"github.com/agentsdk-go/airbyte/internal/replay"
)

// inputItems is the input in its list form.
func inputItems(input responses.ResponseNewParamsInputUnion) responses.ResponseInputParam {
	if input.OfString.Valid() {
		return responses.ResponseInputParam{
			responses.ResponseInputItemParamOfMessage(input.OfString.Value, responses.EasyInputMessageRoleUser),
		}
	}
	return input.OfInputItemList
}

// responseCalls lists the calls that a set or a handler can answer. A call of
// another kind is an error, unless the server has answered it itself.
func responseCalls(response *responses.Response) ([]Call, error) {
	var calls []Call
	for _, item := range response.Output {
		switch item.Type {
		case "function_call":
			calls = append(calls, Call{ID: item.CallID, Name: item.Name, Arguments: item.Arguments.OfString})
		case "custom_tool_call":
			calls = append(calls, Call{ID: item.CallID, Name: item.Name, Arguments: item.Input, Custom: true})
		case "computer_call", "local_shell_call", "shell_call", "apply_patch_call", "tool_search_call", "mcp_approval_request":
			if !answered(response.Output, item) {
				return nil, fmt.Errorf("%w: the model sent a %s; carry it out and continue from the run's Response", ErrUnhandledCall, item.Type)
			}
		}
	}
	return calls, nil
}

// answered reports whether the output itself holds the result of a call, as it
// does for tools that the server hosts.
func answered(output []responses.ResponseOutputItemUnion, call responses.ResponseOutputItemUnion) bool {
	if call.Type == "tool_search_call" && call.Execution == "server" {
		return true
	}
	return slices.ContainsFunc(output, func(item responses.ResponseOutputItemUnion) bool {
		return item.CallID != "" && item.CallID == call.CallID && item.Type != call.Type
	})
}

func callOutput(call Call, text string) responses.ResponseInputItemUnionParam {
	if call.Custom {
		return customOutput(call.ID, text)
	}
	return functionOutput(call.ID, text)
}

// messages is what may stay of an output that was cut: calls that nobody is
// going to answer, and reasoning without what it led to, cannot be sent again.
func messages(output []responses.ResponseOutputItemUnion) []responses.ResponseOutputItemUnion {
	return slices.DeleteFunc(slices.Clone(output), func(item responses.ResponseOutputItemUnion) bool {
		return item.Type != "message"
	})
}

// withoutLostReasoning leaves out the reasoning items that only the server that
// did not store them could resolve.
func withoutLostReasoning(output []responses.ResponseOutputItemUnion) (kept []responses.ResponseOutputItemUnion, lost bool) {
	kept = slices.DeleteFunc(slices.Clone(output), func(item responses.ResponseOutputItemUnion) bool {
		return item.Type == "reasoning" && item.EncryptedContent == ""
	})
	return kept, len(kept) < len(output)
}

// historyItems turns the model's items into input, byte for byte but for two
// things: arguments that are not an object are made one, and dropIDs takes the
// ids away, because the API refuses an item by id whose reasoning item is missing.
func historyItems(output []responses.ResponseOutputItemUnion, dropIDs bool) responses.ResponseInputParam {
	items := make(responses.ResponseInputParam, 0, len(output))
	for _, item := range output {
		raw := inputItem(item.RawJSON(), dropIDs)
		items = append(items, param.Override[responses.ResponseInputItemUnionParam](raw))
	}
	return items
}

func inputItem(raw string, dropID bool) json.RawMessage {
	item := gjson.Parse(raw)
	isCall := item.Get("type").Str == "function_call"
	b := []byte{'{'}
	item.ForEach(func(key, value gjson.Result) bool {
		if key.Str == "id" && dropID {
			return true
		}
		text := value.Raw
		if key.Str == "arguments" && isCall {
			if object := replay.Arguments(value.Str); object != value.Str {
				text = string(gjson.AppendJSONString(nil, object))
			}
		}
		if len(b) > 1 {
			b = append(b, ',')
		}
		b = append(b, key.Raw...)
		b = append(b, ':')
		b = append(b, text...)
		return true
	})
	return append(b, '}')
}
