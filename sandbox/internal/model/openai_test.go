package model_test

import (
	"errors"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/openai/openai-go/v3"
	"github.com/openai/openai-go/v3/option"
	"github.com/openai/openai-go/v3/packages/param"
	"github.com/openai/openai-go/v3/shared"
)

const (
	twoQuestions = "List the teams and the tags."
	twoAnswers   = "[scripted model] I found 1 team:\n- Support\n\nI found 1 tag:\n- vip"
	oneTeam      = `{"data":[{"id":"t1","name":"Support"}]}`
	oneTagRow    = `{"data":[{"id":"g1","value":"vip"}]}`
)

var twoCalls = []string{
	`pylon_execute {"action":"list","entity":"teams","params":{}}`,
	`pylon_execute {"action":"list","entity":"tags","params":{}}`,
}

func outputFor(arguments string) string {
	if strings.Contains(arguments, "tags") {
		return oneTagRow
	}
	return oneTeam
}

func newClient(t *testing.T) openai.Client {
	t.Helper()
	return openai.NewClient(
		option.WithBaseURL(newServer(t).URL+"/v1"),
		option.WithAPIKey("any"),
		option.WithMaxRetries(0),
	)
}

var executeParameters = map[string]any{
	"type": "object",
	"properties": map[string]any{
		"entity": map[string]any{"type": "string"},
		"action": map[string]any{"type": "string"},
		"params": map[string]any{"type": "object", "additionalProperties": true},
	},
}

func chatParams() openai.ChatCompletionNewParams {
	return openai.ChatCompletionNewParams{
		Model:    "gpt-test",
		Messages: []openai.ChatCompletionMessageParamUnion{openai.UserMessage(twoQuestions)},
		Tools: []openai.ChatCompletionToolUnionParam{openai.ChatCompletionFunctionTool(shared.FunctionDefinitionParam{
			Name: "pylon_execute", Strict: param.NewOpt(false), Parameters: executeParameters,
		})},
	}
}

// chatLoop runs the tool loop with a way to complete.
func chatLoop(t *testing.T, complete func(openai.ChatCompletionNewParams) openai.ChatCompletion) (calls []string, last openai.ChatCompletion) {
	t.Helper()
	params := chatParams()
	for range 3 {
		last = complete(params)
		message := last.Choices[0].Message
		if len(message.ToolCalls) == 0 {
			return calls, last
		}
		if got := last.Choices[0].FinishReason; got != "tool_calls" {
			t.Errorf("finish reason %q with tool calls", got)
		}
		params.Messages = append(params.Messages, message.ToParam())
		for _, made := range message.ToolCalls {
			calls = append(calls, made.Function.Name+" "+made.Function.Arguments)
			params.Messages = append(params.Messages, openai.ToolMessage(outputFor(made.Function.Arguments), made.ID))
		}
	}
	t.Fatal("no answer after three rounds")
	return nil, last
}

func checkChat(t *testing.T, calls []string, last openai.ChatCompletion) {
	t.Helper()
	if diff := cmp.Diff(twoCalls, calls); diff != "" {
		t.Errorf("calls (-want +got):\n%s", diff)
	}
	if diff := cmp.Diff(twoAnswers, last.Choices[0].Message.Content); diff != "" {
		t.Errorf("answer (-want +got):\n%s", diff)
	}
	if last.Choices[0].FinishReason != "stop" || last.Model != "gpt-test" || last.Created != testNow.Unix() {
		t.Errorf("finish %q, model %q, created %d", last.Choices[0].FinishReason, last.Model, last.Created)
	}
	if last.Usage.PromptTokens == 0 || last.Usage.TotalTokens != last.Usage.PromptTokens+last.Usage.CompletionTokens {
		t.Errorf("usage does not add up: %+v", last.Usage)
	}
}

func TestOpenAIChat(t *testing.T) {
	t.Parallel()
	client := newClient(t)
	calls, last := chatLoop(t, func(params openai.ChatCompletionNewParams) openai.ChatCompletion {
		completion, err := client.Chat.Completions.New(t.Context(), params)
		if err != nil {
			t.Fatal(err)
		}
		return *completion
	})
	checkChat(t, calls, last)
}

func TestOpenAIChatStream(t *testing.T) {
	t.Parallel()
	client := newClient(t)
	calls, last := chatLoop(t, func(params openai.ChatCompletionNewParams) openai.ChatCompletion {
		params.StreamOptions.IncludeUsage = param.NewOpt(true)
		stream := client.Chat.Completions.NewStreaming(t.Context(), params)
		var all openai.ChatCompletionAccumulator
		for stream.Next() {
			if !all.AddChunk(stream.Current()) {
				t.Fatal("a chunk does not fit the ones before it")
			}
		}
		if err := stream.Err(); err != nil {
			t.Fatal(err)
		}
		return all.ChatCompletion
	})
	checkChat(t, calls, last)
}

func TestOpenAIError(t *testing.T) {
	t.Parallel()
	client := newClient(t)
	params := chatParams()
	params.Tools[0].OfFunction.Function.Name = "bad.name"
	_, err := client.Chat.Completions.New(t.Context(), params)
	var apiErr *openai.Error
	if !errors.As(err, &apiErr) {
		t.Fatalf("want an API error, got %v", err)
	}
	if apiErr.StatusCode != 400 || apiErr.Code != "invalid_value" || apiErr.Param != "tools[0].function.name" || apiErr.Type != "invalid_request_error" {
		t.Errorf("status %d, code %q, param %q, type %q", apiErr.StatusCode, apiErr.Code, apiErr.Param, apiErr.Type)
	}
}

func TestOpenAIModels(t *testing.T) {
	t.Parallel()
	client := newClient(t)
	page, err := client.Models.List(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if len(page.Data) != 1 || page.Data[0].ID != "sandbox-scripted" {
		t.Errorf("models: %+v", page.Data)
	}
	one, err := client.Models.Get(t.Context(), "sandbox-scripted")
	if err != nil || one.ID != "sandbox-scripted" {
		t.Errorf("model %+v, error %v", one, err)
	}
}
