package openai_test

import (
	"context"
	"fmt"
	"log"

	"github.com/openai/openai-go/v3"
	"github.com/openai/openai-go/v3/option"
	"github.com/openai/openai-go/v3/responses"

	"github.com/agentsdk-go/airbyte/connector"
	"github.com/agentsdk-go/airbyte/sandbox"
	"github.com/agentsdk-go/airbyte/tools"
	openaitools "github.com/agentsdk-go/airbyte/tools/openai"
)

// connect gives the examples a client and a tool set that work offline: the
// sandbox stands in for Airbyte, Pylon and the model. A program has
// openai.NewClient() and connector.Connect(ctx, "pylon", "default").
func connect(ctx context.Context, box *sandbox.Sandbox) (openai.Client, *tools.Set) {
	conn, err := connector.Connect(
		ctx, "pylon", sandbox.Workspace,
		connector.WithBaseURL(box.PlatformURL()),
		connector.WithCredentials(sandbox.ClientID, sandbox.ClientSecret),
	)
	if err != nil {
		log.Fatal(err)
	}
	set, err := tools.New(conn)
	if err != nil {
		log.Fatal(err)
	}
	return openai.NewClient(option.WithBaseURL(box.ModelURL()), option.WithAPIKey("none")), set
}

func start() *sandbox.Sandbox {
	box, err := sandbox.Start()
	if err != nil {
		log.Fatal(err)
	}
	return box
}

func ExampleRunChat() {
	ctx := context.Background()
	box := start()
	defer box.Close()
	client, set := connect(ctx, box)

	run, err := openaitools.RunChat(ctx, client, set, openai.ChatCompletionNewParams{
		Model: "gpt-5",
		Messages: []openai.ChatCompletionMessageParamUnion{
			openai.SystemMessage(set.Instructions()),
			openai.UserMessage("Who am I?"),
		},
	}, openaitools.WithOnStep(func(step openaitools.Step) {
		if step.Kind == openaitools.StepCall {
			fmt.Println(step.Call.Name, step.Call.Arguments)
		}
	}))
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(run.Text)
	fmt.Println(run.Rounds, "rounds,", len(run.Messages), "messages")
	// Output:
	// pylon_execute {"action":"get","entity":"me","params":{}}
	// [scripted model] The user behind these credentials is Northlight Analytics: id 6d497734-d4cc-4234-8425-8522cddf5bda.
	// 2 rounds, 5 messages
}

func ExampleRunResponse() {
	ctx := context.Background()
	box := start()
	defer box.Close()
	client, set := connect(ctx, box)

	params := responses.ResponseNewParams{
		Model:        "gpt-5",
		Instructions: openai.String(set.Instructions()),
		Input:        responses.ResponseNewParamsInputUnion{OfString: openai.String("Who am I?")},
	}
	run, err := openaitools.RunResponse(ctx, client, set, params)
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(run.Text)

	params.PreviousResponseID = openai.String(run.Response.ID)
	params.Input.OfString = openai.String("Which ticket forms are there?")
	if run, err = openaitools.RunResponse(ctx, client, set, params); err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(run.Text)
	// Output:
	// [scripted model] The user behind these credentials is Northlight Analytics: id 6d497734-d4cc-4234-8425-8522cddf5bda.
	// [scripted model] I found 4 ticket forms:
	// - Report a bug
	// - Billing question
	// - Security review
	// - Feature idea 💡
}

// A loop of one's own, for what the runner does not do.
func ExampleChatCall() {
	ctx := context.Background()
	box := start()
	defer box.Close()
	client, set := connect(ctx, box)

	params := openai.ChatCompletionNewParams{
		Model:    "gpt-5",
		Messages: []openai.ChatCompletionMessageParamUnion{openai.UserMessage("Who am I?")},
		Tools:    openaitools.ChatTools(set),
	}
	for {
		completion, err := client.Chat.Completions.New(ctx, params)
		if err != nil {
			fmt.Println(err)
			return
		}
		message := completion.Choices[0].Message
		if len(message.ToolCalls) == 0 {
			fmt.Println(message.Content)
			return
		}
		params.Messages = append(params.Messages, message.ToParam())
		for _, call := range message.ToolCalls {
			result, err := openaitools.ChatCall(ctx, set, call)
			if err != nil {
				fmt.Println(err)
				return
			}
			params.Messages = append(params.Messages, result)
		}
	}
	// Output:
	// [scripted model] The user behind these credentials is Northlight Analytics: id 6d497734-d4cc-4234-8425-8522cddf5bda.
}

func ExampleResponseCall() {
	ctx := context.Background()
	box := start()
	defer box.Close()
	client, set := connect(ctx, box)

	params := responses.ResponseNewParams{
		Model: "gpt-5",
		Input: responses.ResponseNewParamsInputUnion{OfString: openai.String("Who am I?")},
		Tools: openaitools.ResponseTools(set),
	}
	for {
		response, err := client.Responses.New(ctx, params)
		if err != nil {
			fmt.Println(err)
			return
		}
		var results responses.ResponseInputParam
		for _, item := range response.Output {
			if item.Type != "function_call" {
				continue
			}
			result, err := openaitools.ResponseCall(ctx, set, item.AsFunctionCall())
			if err != nil {
				fmt.Println(err)
				return
			}
			results = append(results, result)
		}
		if len(results) == 0 {
			fmt.Println(response.OutputText())
			return
		}
		params.PreviousResponseID = openai.String(response.ID)
		params.Input = responses.ResponseNewParamsInputUnion{OfInputItemList: results}
	}
	// Output:
	// [scripted model] The user behind these credentials is Northlight Analytics: id 6d497734-d4cc-4234-8425-8522cddf5bda.
}

func ExampleChatTools() {
	box := start()
	defer box.Close()
	_, set := connect(context.Background(), box)

	for _, def := range openaitools.ChatTools(set) {
		fmt.Println(def.GetFunction().Name, "- strict:", def.GetFunction().Strict.Value)
	}
	// Output:
	// pylon_execute - strict: false
}

func ExampleResponseTools() {
	box := start()
	defer box.Close()
	_, set := connect(context.Background(), box)

	for _, def := range openaitools.ResponseTools(set) {
		fmt.Println(def.OfFunction.Name, "- strict:", def.OfFunction.Strict.Value)
	}
	// Output:
	// pylon_execute - strict: false
}
