// Package langchaingo gives langchaingo agents the tools of a
// [github.com/agentsdk-go/airbyte/tools.Set].
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
//		"github.com/tmc/langchaingo/agents"
//		"github.com/tmc/langchaingo/chains"
//		"github.com/tmc/langchaingo/llms/openai"
//
//		"github.com/agentsdk-go/airbyte/connector"
//		"github.com/agentsdk-go/airbyte/tools"
//		"github.com/agentsdk-go/airbyte/tools/langchaingo"
//	)
//
//	func main() {
//		ctx := context.Background()
//		pylon, err := connector.Connect(ctx, "pylon", "default") // AIRBYTE_CLIENT_ID, AIRBYTE_CLIENT_SECRET
//		if err != nil {
//			log.Fatal(err)
//		}
//		defer pylon.Close()
//		set, err := tools.New(pylon, tools.WithReadOnly())
//		if err != nil {
//			log.Fatal(err)
//		}
//		model, err := openai.New(openai.WithModel("gpt-4o-mini")) // OPENAI_API_KEY
//		if err != nil {
//			log.Fatal(err)
//		}
//		agent := langchaingo.NewAgent(model, set)
//		executor := agents.NewExecutor(agent, agents.WithMaxIterations(15))
//		answer, err := chains.Run(ctx, executor, "Which support issues are waiting for us?")
//		if err != nil {
//			log.Fatal(err)
//		}
//		fmt.Println(answer)
//	}
//
// # Which entry to take
//
//   - [NewAgent] is an agents.Agent for models that support tools. It sends the
//     real schemas and keeps parallel calls together in the history. Take it
//     unless something speaks against it.
//   - [Run] is the same in one call, without an executor, and runs the calls of
//     one turn concurrently. [WithConversation] lets a next run go on from it.
//   - [Tools] are for the stock agents: agents.NewOpenAIFunctionsAgent,
//     agents.NewOneShotAgent and agents.NewConversationalAgent. Those send one
//     string instead of a schema, so the description carries the JSON shape;
//     [ToolsWith] and [WithDescriptionBudget] say how much of it.
//     OpenAIFunctionsAgent takes the advice of the set through
//     agents.NewOpenAIOption().WithSystemMessage(set.Instructions()). It works
//     with llms/openai and llms/mistral only: with other models langchaingo drops
//     its functions without a word.
//   - [LLMTools] and [Call] are the parts of a loop of your own around
//     GenerateContent.
//
// # Failures
//
// What a model can mend or should know - wrong arguments, an unknown tool, a
// refusal of the service, an outage - is an observation: it reads the text and
// goes on. What only the program can mend, a cancelled context above all, is a
// Go error and ends the run, as the executor does with every Go error of a
// tool.
//
// # Models
//
// langchaingo's clients differ in what they keep of a turn with several calls,
// so the agent writes each turn back in the shape in which the client delivered
// it: llms/openai and llms/bedrock get one message with all calls and one
// message per result; llms/googleai gets all results in one message;
// llms/anthropic, whose client sends only the first part of a message, gets the
// calls one after another. llms/mistral loses parallel calls without showing
// it: use [WithSequentialHistory] there. llms/ollama has no tools in this
// version: use [Tools] with agents.NewOneShotAgent.
//
// Gemini's API has refused object properties that list no members, as the open
// params of a connector's execute tool; tools.WithPerAction makes tools without
// one.
//
// # Memory
//
// Give the executor a memory with agents.WithMemory. Its text under "history"
// or "chat_history" goes before the question:
//
//	agents.NewExecutor(agent, agents.WithMemory(memory.NewConversationBuffer()))
//
// An executor keeps one conversation in its memory, so make one executor per
// conversation; the agent may be shared.
//
// [Run] keeps the conversation itself, tool calls and results included, where
// [WithConversation] points:
//
//	var conversation []llms.MessageContent
//	answer, err := langchaingo.Run(ctx, model, set, question, langchaingo.WithConversation(&conversation))
//
// After a run that was stopped in the middle of its calls it says what they had
// done by then, so that the model does not do it twice. An executor drops that.
package langchaingo
