// Quickstart asks a model one question about Pylon support data.
package main

import (
	"context"
	"fmt"
	"log"
	"os"

	"github.com/openai/openai-go/v3"

	"github.com/agentsdk-go/airbyte/connector"
	"github.com/agentsdk-go/airbyte/sandbox"
	"github.com/agentsdk-go/airbyte/tools"
	openaitools "github.com/agentsdk-go/airbyte/tools/openai"
)

func main() {
	stop := must(sandbox.Fallback(os.Stdout)) // runs offline until you set credentials; delete it then
	defer stop()
	ctx := context.Background()

	conn := must(connector.Connect(ctx, "pylon", "")) // AIRBYTE_CLIENT_ID, AIRBYTE_CLIENT_SECRET
	set := must(tools.New(conn, tools.WithReadOnly()))
	run := must(openaitools.RunChat(ctx, openai.NewClient(), set, openai.ChatCompletionNewParams{ // OPENAI_API_KEY
		Model: "gpt-5-mini",
		Messages: []openai.ChatCompletionMessageParamUnion{
			openai.SystemMessage(set.Instructions()),
			openai.UserMessage("Which issues are waiting on us?"),
		},
	}))
	fmt.Println(run.Text)
}

func must[T any](value T, err error) T {
	if err != nil {
		log.Fatal(err)
	}
	return value
}
