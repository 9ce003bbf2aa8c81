// Langchaingo-agent answers one question about Pylon support data with a
// langchaingo agent.
//
//	go run ./examples/langchaingo-agent "How many accounts do we have?"
package main

import (
	"cmp"
	"context"
	"fmt"
	"log"
	"os"
	"strings"

	"github.com/tmc/langchaingo/agents"
	"github.com/tmc/langchaingo/chains"
	"github.com/tmc/langchaingo/llms/openai"

	"github.com/agentsdk-go/airbyte/connector"
	"github.com/agentsdk-go/airbyte/sandbox"
	"github.com/agentsdk-go/airbyte/tools"
	"github.com/agentsdk-go/airbyte/tools/langchaingo"
)

func main() {
	stop, err := sandbox.Fallback(os.Stdout) // offline unless credentials are set; delete it in your program
	if err != nil {
		log.Fatal(err)
	}
	defer stop()
	question := cmp.Or(strings.Join(os.Args[1:], " "), "Which support teams do we have?")
	if err := run(context.Background(), question); err != nil {
		log.Fatal(err)
	}
}

func run(ctx context.Context, question string) error {
	conn, err := connector.Connect(ctx, "pylon", "") // AIRBYTE_CLIENT_ID, AIRBYTE_CLIENT_SECRET
	if err != nil {
		return err
	}
	defer conn.Close()
	set, err := tools.New(conn, tools.WithReadOnly()) // without it the model may write, too
	if err != nil {
		return err
	}
	model, err := openai.New(openai.WithModel(cmp.Or(os.Getenv("OPENAI_MODEL"), "gpt-5-mini"))) // OPENAI_API_KEY
	if err != nil {
		return err
	}
	// The stock agents work as well: agents.NewOpenAIFunctionsAgent(model, langchaingo.Tools(set)).
	executor := agents.NewExecutor(langchaingo.NewAgent(model, set), agents.WithMaxIterations(15))
	answer, err := chains.Run(ctx, executor, question)
	if err != nil {
		return err
	}
	fmt.Println(answer)
	return nil
}
