// Openai-responses answers one question about Pylon support data with the
// Responses API of openai-go.
//
//	go run ./examples/openai-responses "Which issues are waiting on us?"
package main

import (
	"cmp"
	"context"
	"fmt"
	"log"
	"os"
	"strings"

	"github.com/openai/openai-go/v3"
	"github.com/openai/openai-go/v3/responses"

	"github.com/agentsdk-go/airbyte/connector"
	"github.com/agentsdk-go/airbyte/sandbox"
	"github.com/agentsdk-go/airbyte/tools"
	openaitools "github.com/agentsdk-go/airbyte/tools/openai"
)

func main() {
	stop, err := sandbox.Fallback(os.Stdout) // offline unless credentials are set; delete it in your program
	if err != nil {
		log.Fatal(err)
	}
	defer stop()
	question := cmp.Or(strings.Join(os.Args[1:], " "), "Which issues are waiting on us?")
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
	answer, err := openaitools.RunResponse(ctx, openai.NewClient(), set, responses.ResponseNewParams{ // OPENAI_API_KEY
		Model:        cmp.Or(os.Getenv("OPENAI_MODEL"), "gpt-5-mini"),
		Instructions: openai.String("You answer questions about our support data.\n" + set.Instructions()),
		Input:        responses.ResponseNewParamsInputUnion{OfString: openai.String(question)},
	}, openaitools.WithOnStep(func(s openaitools.Step) {
		if s.Kind == openaitools.StepCall {
			fmt.Printf("→ %s %s\n", s.Call.Name, s.Call.Arguments)
		}
	}))
	if err != nil {
		return err
	}
	fmt.Println(answer.Text)
	return nil
}
