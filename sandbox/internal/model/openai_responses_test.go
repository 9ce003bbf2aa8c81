package model_test

import (
	"errors"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/openai/openai-go/v3"
	"github.com/openai/openai-go/v3/packages/param"
	"github.com/openai/openai-go/v3/responses"
)

func responseParams() responses.ResponseNewParams {
	return responses.ResponseNewParams{
		Model:        "gpt-test",
		Instructions: param.NewOpt("Be brief."),
		Input:        responses.ResponseNewParamsInputUnion{OfString: param.NewOpt(twoQuestions)},
		Tools: []responses.ToolUnionParam{{OfFunction: &responses.FunctionToolParam{
			Name: "pylon_execute", Strict: param.NewOpt(false), Parameters: executeParameters,
		}}},
	}
}

func functionOutput(callID, output string) responses.ResponseInputItemUnionParam {
	item := responses.ResponseInputItemParamOfFunctionCallOutput(output)
	item.OfFunctionCallOutput.CallID = param.NewOpt(callID)
	return item
}

// responseLoop runs the tool loop on previous_response_id, or on the whole
// history where nothing is stored.
func responseLoop(t *testing.T, store bool, create func(responses.ResponseNewParams) *responses.Response) (calls []string, last *responses.Response) {
	t.Helper()
	params := responseParams()
	params.Store = param.NewOpt(store)
	input := responses.ResponseInputParam{responses.ResponseInputItemParamOfMessage(twoQuestions, "user")}
	for range 3 {
		last = create(params)
		var outputs responses.ResponseInputParam
		for _, item := range last.Output {
			if item.Type != "function_call" {
				continue
			}
			made := item.AsFunctionCall()
			calls = append(calls, made.Name+" "+made.Arguments)
			input = append(input, responses.ResponseInputItemParamOfFunctionCall(made.Arguments, made.CallID, made.Name))
			outputs = append(outputs, functionOutput(made.CallID, outputFor(made.Arguments)))
		}
		if len(outputs) == 0 {
			return calls, last
		}
		input = append(input, outputs...)
		params.Input.OfString = param.Opt[string]{}
		params.Input.OfInputItemList = input
		if store {
			params.Input.OfInputItemList = outputs
			params.PreviousResponseID = param.NewOpt(last.ID)
		}
	}
	t.Fatal("no answer after three rounds")
	return nil, nil
}

func checkResponse(t *testing.T, calls []string, last *responses.Response) {
	t.Helper()
	if diff := cmp.Diff(twoCalls, calls); diff != "" {
		t.Errorf("calls (-want +got):\n%s", diff)
	}
	if diff := cmp.Diff(twoAnswers, last.OutputText()); diff != "" {
		t.Errorf("answer (-want +got):\n%s", diff)
	}
	if last.Status != "completed" || last.Model != "gpt-test" || int64(last.CreatedAt) != testNow.Unix() {
		t.Errorf("status %q, model %q, created %f", last.Status, last.Model, last.CreatedAt)
	}
	if last.Usage.InputTokens == 0 || last.Usage.TotalTokens != last.Usage.InputTokens+last.Usage.OutputTokens {
		t.Errorf("usage does not add up: %+v", last.Usage)
	}
	if len(last.Tools) != 1 || last.Tools[0].Name != "pylon_execute" {
		t.Errorf("the tools are not echoed: %+v", last.Tools)
	}
}

func TestOpenAIResponses(t *testing.T) {
	t.Parallel()
	for name, store := range map[string]bool{"previous response": true, "whole history": false} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			client := newClient(t)
			calls, last := responseLoop(t, store, func(params responses.ResponseNewParams) *responses.Response {
				response, err := client.Responses.New(t.Context(), params)
				if err != nil {
					t.Fatal(err)
				}
				return response
			})
			checkResponse(t, calls, last)
		})
	}
}

func TestOpenAIResponsesStream(t *testing.T) {
	t.Parallel()
	client := newClient(t)
	calls, last := responseLoop(t, true, func(params responses.ResponseNewParams) *responses.Response {
		return streamResponse(t, client, params)
	})
	checkResponse(t, calls, last)
}

// streamResponse checks that the events are numbered without a gap and that the
// pieces add up to what the final response holds.
func streamResponse(t *testing.T, client openai.Client, params responses.ResponseNewParams) *responses.Response {
	t.Helper()
	stream := client.Responses.NewStreaming(t.Context(), params)
	var done *responses.Response
	var text string
	arguments := map[int64]string{}
	for number := int64(0); stream.Next(); number++ {
		event := stream.Current()
		if event.SequenceNumber != number {
			t.Errorf("event %s has number %d, want %d", event.Type, event.SequenceNumber, number)
		}
		switch event := event.AsAny().(type) {
		case responses.ResponseTextDeltaEvent:
			text += event.Delta
		case responses.ResponseFunctionCallArgumentsDeltaEvent:
			arguments[event.OutputIndex] += event.Delta
		case responses.ResponseCompletedEvent:
			done = &event.Response
		}
	}
	if err := stream.Err(); err != nil {
		t.Fatal(err)
	}
	if done == nil {
		t.Fatal("the stream ended without response.completed")
	}
	if done.OutputText() != text {
		t.Errorf("the text deltas are %q, the text is %q", text, done.OutputText())
	}
	for i, item := range done.Output {
		if item.Type == "function_call" && item.AsFunctionCall().Arguments != arguments[int64(i)] {
			t.Errorf("the deltas of call %d are %q, the arguments %q", i, arguments[int64(i)], item.AsFunctionCall().Arguments)
		}
	}
	return done
}

// TestNotStored shows that store false leaves nothing behind.
func TestNotStored(t *testing.T) {
	t.Parallel()
	client := newClient(t)
	params := responseParams()
	params.Store = param.NewOpt(false)
	first, err := client.Responses.New(t.Context(), params)
	if err != nil {
		t.Fatal(err)
	}
	params.PreviousResponseID = param.NewOpt(first.ID)
	_, err = client.Responses.New(t.Context(), params)
	var apiErr *openai.Error
	if !errors.As(err, &apiErr) || apiErr.Code != "previous_response_not_found" {
		t.Errorf("want previous_response_not_found, got %v", err)
	}
}
