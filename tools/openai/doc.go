// Package openai gives tool sets to the official OpenAI client, openai-go v3:
// definitions for Chat Completions and for Responses, answers to tool calls, and
// a runner for each API, which the client itself does not have. It is usually
// imported as openaitools.
//
// # A whole program
//
//	package main
//
//	import (
//		"context"
//		"fmt"
//		"log"
//
//		"github.com/agentsdk-go/airbyte/connector"
//		"github.com/agentsdk-go/airbyte/tools"
//		openaitools "github.com/agentsdk-go/airbyte/tools/openai"
//		"github.com/openai/openai-go/v3"
//	)
//
//	func main() {
//		ctx := context.Background()
//		conn, err := connector.Connect(ctx, "pylon", "default") // AIRBYTE_CLIENT_ID, AIRBYTE_CLIENT_SECRET
//		if err != nil {
//			log.Fatal(err)
//		}
//		defer conn.Close()
//		set, err := tools.New(conn)
//		if err != nil {
//			log.Fatal(err)
//		}
//		run, err := openaitools.RunChat(ctx, openai.NewClient(), set, openai.ChatCompletionNewParams{
//			Model: "gpt-5",
//			Messages: []openai.ChatCompletionMessageParamUnion{
//				openai.SystemMessage(set.Instructions()),
//				openai.UserMessage("Which issues are waiting on us, and for how long?"),
//			},
//		})
//		if err != nil {
//			log.Fatal(err)
//		}
//		fmt.Println(run.Text)
//	}
//
// # Going on with the conversation
//
// [ChatRun.Messages] is the history with every tool call answered. Append the
// next question and run again:
//
//	params.Messages = append(run.Messages, openai.UserMessage("And the oldest one?"))
//	run, err = openaitools.RunChat(ctx, client, set, params)
//
// For [RunResponse] set PreviousResponseID to run.Response.ID and send the
// question alone; with Store false, and after an error, append it to
// [ResponseRun.Items] instead.
//
// Both hold after a run that was stopped in the middle of its calls, too. What
// those calls had done by then is in the history, so that the model does not do
// it twice.
//
// # Watching a run
//
// [WithOnText] streams the answer. [WithOnStep] reports each tool call as it
// starts and ends, with its arguments, its result and how long it took.
//
// # When a run ends without an answer
//
// Mistakes of the model do not end a run. An unknown tool, arguments that are
// not JSON, a call that the service refuses: the model reads what was wrong and
// tries again, up to [WithMaxRounds]. A refusal, a cut answer and a filtered one
// are errors ([ErrRefused], [ErrLength], [ErrContentFilter]), so that an empty
// text is never taken for an answer. So is a stream whose connection was lost
// ([ErrStreamCut]). The run so far comes with the error.
//
// A run waits for the tools that it has started, also when its context ends, so
// a tool should honour its context. Tools of a connector do.
//
// # Tools of your own
//
// A Go function becomes a tool with [tools.Func] and joins the set with
// [tools.NewSet] and [tools.Join]. Tools that are defined elsewhere, and custom
// tools with free text input, go into params.Tools and are answered by
// [WithHandler].
//
// # Your own loop
//
// [ChatTools] and [ChatCall], [ResponseTools] and [ResponseCall] are the parts
// that the runners are made of:
//
//	params.Tools = openaitools.ChatTools(set)
//	completion, err := client.Chat.Completions.New(ctx, params)
//	// …
//	message := completion.Choices[0].Message
//	params.Messages = append(params.Messages, message.ToParam())
//	for _, call := range message.ToolCalls {
//		result, err := openaitools.ChatCall(ctx, set, call)
//		if err != nil {
//			return err
//		}
//		params.Messages = append(params.Messages, result)
//	}
package openai
