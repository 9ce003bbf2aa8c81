package openai_test

import (
	"context"
	"errors"
	"fmt"

	"github.com/openai/openai-go/v3"
	"github.com/openai/openai-go/v3/option"

	"github.com/agentsdk-go/airbyte/tools"
	openaitools "github.com/agentsdk-go/airbyte/tools/openai"
)

// A run that ends too early still has what it reached.
func ExampleWithMaxRounds() {
	ctx := context.Background()
	box := start()
	defer box.Close()
	client, set := connect(ctx, box)

	run, err := openaitools.RunChat(ctx, client, set, openai.ChatCompletionNewParams{
		Model:    "gpt-5",
		Messages: []openai.ChatCompletionMessageParamUnion{openai.UserMessage("Who am I?")},
	}, openaitools.WithMaxRounds(1))
	if errors.Is(err, openaitools.ErrMaxRounds) {
		fmt.Println("no answer after", run.Rounds, "round")
	}
	// Output:
	// no answer after 1 round
}

// A service that dislikes bursts, and a gateway that wants a header.
func ExampleWithConcurrency() {
	ctx := context.Background()
	box := start()
	defer box.Close()
	client, set := connect(ctx, box)

	run, err := openaitools.RunChat(
		ctx, client, set, openai.ChatCompletionNewParams{
			Model:    "gpt-5",
			Messages: []openai.ChatCompletionMessageParamUnion{openai.UserMessage("Who am I?")},
		},
		openaitools.WithConcurrency(2),
		openaitools.WithRequestOptions(option.WithHeader("X-Tenant", "acme")),
	)
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(run.Rounds, "rounds")
	// Output:
	// 2 rounds
}

func ExampleWithOnText() {
	ctx := context.Background()
	box := start()
	defer box.Close()
	client, set := connect(ctx, box)

	_, err := openaitools.RunChat(ctx, client, set, openai.ChatCompletionNewParams{
		Model:    "gpt-5",
		Messages: []openai.ChatCompletionMessageParamUnion{openai.UserMessage("Who am I?")},
	}, openaitools.WithOnText(func(delta string) { fmt.Print(delta) }))
	if err != nil {
		fmt.Println(err)
	}
	// Output:
	// [scripted model] The user behind these credentials is Northlight Analytics: id 6d497734-d4cc-4234-8425-8522cddf5bda.
}

// A tool that is defined by hand, beside those of the set.
func ExampleWithHandler() {
	ctx := context.Background()
	box := start()
	defer box.Close()
	client, set := connect(ctx, box)

	handler := func(_ context.Context, call openaitools.Call) (tools.Output, error) {
		return tools.Output{Text: "no answer for " + call.Name}, nil
	}
	run, err := openaitools.RunChat(ctx, client, set, openai.ChatCompletionNewParams{
		Model:    "gpt-5",
		Messages: []openai.ChatCompletionMessageParamUnion{openai.UserMessage("Who am I?")},
		Tools: []openai.ChatCompletionToolUnionParam{
			openai.ChatCompletionFunctionTool(openai.FunctionDefinitionParam{Name: "ask_a_human"}),
		},
	}, openaitools.WithHandler(handler))
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(run.Text)
	// Output:
	// [scripted model] The user behind these credentials is Northlight Analytics: id 6d497734-d4cc-4234-8425-8522cddf5bda.
}
