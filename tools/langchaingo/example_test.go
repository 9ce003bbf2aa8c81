package langchaingo_test

import (
	"context"
	"fmt"
	"log"

	"github.com/tmc/langchaingo/agents"
	"github.com/tmc/langchaingo/callbacks"
	"github.com/tmc/langchaingo/chains"
	"github.com/tmc/langchaingo/llms"
	"github.com/tmc/langchaingo/llms/openai"

	"github.com/agentsdk-go/airbyte/connector"
	"github.com/agentsdk-go/airbyte/sandbox"
	"github.com/agentsdk-go/airbyte/tools"
	"github.com/agentsdk-go/airbyte/tools/langchaingo"
)

// The sandbox stands in for Airbyte and for the model. Without the lines that
// name it, the program asks the real services.
func ExampleNewAgent() {
	ctx := context.Background()
	box, err := sandbox.Start()
	if err != nil {
		log.Fatal(err)
	}
	defer box.Close()

	pylon, err := connector.Connect(ctx, "pylon", "default",
		connector.WithBaseURL(box.PlatformURL()),
		connector.WithCredentials(sandbox.ClientID, sandbox.ClientSecret))
	if err != nil {
		log.Panic(err)
	}
	set, err := tools.New(pylon)
	if err != nil {
		log.Panic(err)
	}
	model, err := openai.New(openai.WithBaseURL(box.ModelURL()), openai.WithToken("sandbox"), openai.WithModel("gpt-4o-mini"))
	if err != nil {
		log.Panic(err)
	}

	agent := langchaingo.NewAgent(model, set)
	executor := agents.NewExecutor(agent, agents.WithMaxIterations(15))
	answer, err := chains.Run(ctx, executor, "List the teams.")
	if err != nil {
		log.Panic(err)
	}
	fmt.Println(answer)
	// Output:
	// [scripted model] I found 8 teams; the first 5:
	// - Frontline Support
	// - Billing
	// - Integrations
	// - Platform Engineering
	// - Customer Success
}

// sandboxSetup does what ExampleNewAgent shows.
func sandboxSetup() (model *openai.LLM, set *tools.Set, stop func()) {
	box, err := sandbox.Start()
	if err != nil {
		log.Panic(err)
	}
	pylon, err := connector.Connect(context.Background(), "pylon", "default",
		connector.WithBaseURL(box.PlatformURL()),
		connector.WithCredentials(sandbox.ClientID, sandbox.ClientSecret))
	if err != nil {
		log.Panic(err)
	}
	set, err = tools.New(pylon)
	if err != nil {
		log.Panic(err)
	}
	model, err = openai.New(openai.WithBaseURL(box.ModelURL()), openai.WithToken("sandbox"), openai.WithModel("gpt-4o-mini"))
	if err != nil {
		log.Panic(err)
	}
	return model, set, box.Close
}

func ExampleRun() {
	model, set, stop := sandboxSetup()
	defer stop()

	answer, err := langchaingo.Run(context.Background(), model, set, "List the teams.",
		langchaingo.WithSystemPrompt("You help a support team. Answer briefly."),
		langchaingo.WithCallOptions(llms.WithTemperature(0.2)),
		langchaingo.WithMaxRounds(5))
	if err != nil {
		log.Panic(err)
	}
	fmt.Println(answer)
	// Output:
	// [scripted model] I found 8 teams; the first 5:
	// - Frontline Support
	// - Billing
	// - Integrations
	// - Platform Engineering
	// - Customer Success
}

// The second run reads what the first said and did.
func ExampleWithConversation() {
	model, set, stop := sandboxSetup()
	defer stop()

	var conversation []llms.MessageContent
	for _, question := range []string{"List the teams.", "Thank you."} {
		_, err := langchaingo.Run(context.Background(), model, set, question, langchaingo.WithConversation(&conversation))
		if err != nil {
			log.Panic(err)
		}
	}
	for _, message := range conversation[:5] {
		fmt.Println(message.Role)
	}
	// Output:
	// human
	// ai
	// tool
	// ai
	// human
}

// A stock agent takes the tools as they are.
func ExampleTools() {
	model, set, stop := sandboxSetup()
	defer stop()

	agent := agents.NewOpenAIFunctionsAgent(model, langchaingo.Tools(set),
		agents.NewOpenAIOption().WithSystemMessage(set.Instructions()))
	answer, err := chains.Run(context.Background(), agents.NewExecutor(agent), "List the teams.")
	if err != nil {
		log.Panic(err)
	}
	fmt.Println(answer)
	// Output:
	// [scripted model] I found 8 teams; the first 5:
	// - Frontline Support
	// - Billing
	// - Integrations
	// - Platform Engineering
	// - Customer Success
}

// A loop of one's own: ask, call, hand the results back, ask again.
func ExampleCall() {
	model, set, stop := sandboxSetup()
	defer stop()
	ctx := context.Background()
	options := llms.WithTools(langchaingo.LLMTools(set))
	messages := []llms.MessageContent{llms.TextParts(llms.ChatMessageTypeHuman, "List the teams.")}

	for range 5 {
		res, err := model.GenerateContent(ctx, messages, options)
		if err != nil {
			log.Panic(err)
		}
		choice := res.Choices[0]
		if len(choice.ToolCalls) == 0 {
			fmt.Println(choice.Content)
			return
		}
		asked := llms.MessageContent{Role: llms.ChatMessageTypeAI}
		var answers []llms.MessageContent
		for _, call := range choice.ToolCalls {
			answer, err := langchaingo.Call(ctx, set, call)
			if err != nil {
				log.Panic(err)
			}
			asked.Parts = append(asked.Parts, call)
			answers = append(answers, llms.MessageContent{
				Role: llms.ChatMessageTypeTool, Parts: []llms.ContentPart{answer},
			})
		}
		messages = append(append(messages, asked), answers...)
	}
	// Output:
	// [scripted model] I found 8 teams; the first 5:
	// - Frontline Support
	// - Billing
	// - Integrations
	// - Platform Engineering
	// - Customer Success
}

func ExampleLLMTools() {
	_, set, stop := sandboxSetup()
	defer stop()
	for _, tool := range langchaingo.LLMTools(set) {
		fmt.Println(tool.Type, tool.Function.Name, "strict:", tool.Function.Strict)
	}
	// Output:
	// function pylon_execute strict: false
}

// toolLog prints the calls of a run.
type toolLog struct{ callbacks.SimpleHandler }

func (toolLog) HandleToolStart(_ context.Context, input string) { fmt.Println("call", input) }
func (toolLog) HandleToolEnd(context.Context, string)           { fmt.Println("done") }
func (toolLog) HandleToolError(_ context.Context, err error)    { fmt.Println("failed:", err) }

func ExampleWithCallbacks() {
	model, set, stop := sandboxSetup()
	defer stop()

	agent := langchaingo.NewAgent(model, set, langchaingo.WithCallbacks(toolLog{}))
	_, err := chains.Run(context.Background(), agents.NewExecutor(agent), "List the teams.")
	if err != nil {
		log.Panic(err)
	}
	// Output:
	// call {"action":"list","entity":"teams","params":{}}
	// done
}

// A text agent puts descriptions into its prompt, where no limit applies.
func ExampleWithDescriptionBudget() {
	_, set, stop := sandboxSetup()
	defer stop()
	short := langchaingo.Tools(set)[0].Description()
	full := langchaingo.ToolsWith(set, langchaingo.WithDescriptionBudget(0))[0].Description()
	fmt.Println(len(short) <= 1024, len(full) > 1024)
	// Output:
	// true true
}

// Parallel calls go back one by one, for models whose client would lose them.
func ExampleWithSequentialHistory() {
	model, set, stop := sandboxSetup()
	defer stop()
	answer, err := langchaingo.Run(context.Background(), model, set, "List the teams.", langchaingo.WithSequentialHistory())
	if err != nil {
		log.Panic(err)
	}
	fmt.Println(answer != "")
	// Output:
	// true
}
