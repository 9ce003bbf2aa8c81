// Openai-chat answers one question about Pylon support data with openai-go's
// Chat Completions.
//
//	go run ./examples/openai-chat "Which issues are waiting on us?"
//
// With -direct it calls Pylon itself, with the token in PYLON_API_TOKEN, instead
// of going through Airbyte.
package main

import (
	"cmp"
	"context"
	"flag"
	"fmt"
	"log"
	"os"
	"strings"

	"github.com/openai/openai-go/v3"

	"github.com/agentsdk-go/airbyte/connector"
	"github.com/agentsdk-go/airbyte/connector/pylon"
	"github.com/agentsdk-go/airbyte/sandbox"
	"github.com/agentsdk-go/airbyte/tools"
	openaitools "github.com/agentsdk-go/airbyte/tools/openai"
)

func main() {
	direct := flag.Bool("direct", false, "call Pylon itself, with the token in PYLON_API_TOKEN")
	flag.Parse()
	offline := sandbox.Fallback // unless credentials are set; delete it in your program
	if *direct {
		offline = sandbox.FallbackDirect
	}
	stop, err := offline(os.Stdout)
	if err != nil {
		log.Fatal(err)
	}
	defer stop()
	question := cmp.Or(strings.Join(flag.Args(), " "), "Which issues are waiting on us?")
	if err := run(context.Background(), *direct, question); err != nil {
		log.Fatal(err)
	}
}

// open returns a connector to Pylon in one of the two modes. All that follows
// is the same in both.
func open(ctx context.Context, direct bool) (*connector.Connector, error) {
	if !direct {
		return connector.Connect(ctx, "pylon", "") // AIRBYTE_CLIENT_ID, AIRBYTE_CLIENT_SECRET
	}
	conn, err := pylon.Open(pylon.Auth{}) // PYLON_API_TOKEN
	if err != nil {
		return nil, err
	}
	return conn.Connector, nil
}

func run(ctx context.Context, direct bool, question string) error {
	conn, err := open(ctx, direct)
	if err != nil {
		return err
	}
	defer conn.Close()
	set, err := tools.New(conn, tools.WithReadOnly()) // without it the model may write, too
	if err != nil {
		return err
	}
	answer, err := openaitools.RunChat(ctx, openai.NewClient(), set, openai.ChatCompletionNewParams{ // OPENAI_API_KEY
		Model: cmp.Or(os.Getenv("OPENAI_MODEL"), "gpt-5-mini"),
		Messages: []openai.ChatCompletionMessageParamUnion{
			openai.SystemMessage("You answer questions about our support data.\n" + set.Instructions()),
			openai.UserMessage(question),
		},
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
