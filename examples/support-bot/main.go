// Support-bot is a chat in the terminal about Pylon support data: it streams
// its answers and shows each tool call as it happens.
//
//	go run ./examples/support-bot
package main

import (
	"bufio"
	"cmp"
	"context"
	"fmt"
	"log"
	"os"
	"os/signal"
	"strings"

	"github.com/openai/openai-go/v3"

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
	if err := chat(context.Background()); err != nil {
		log.Fatal(err)
	}
}

func chat(ctx context.Context) error {
	conn, err := connector.Connect(ctx, "pylon", "") // AIRBYTE_CLIENT_ID, AIRBYTE_CLIENT_SECRET
	if err != nil {
		return err
	}
	defer conn.Close()
	set, err := tools.New(conn, tools.WithDeny("*.delete"))
	if err != nil {
		return err
	}
	client := openai.NewClient() // OPENAI_API_KEY
	history := []openai.ChatCompletionMessageParamUnion{openai.SystemMessage("You are a support assistant.\n" + set.Instructions())}
	lines := bufio.NewScanner(os.Stdin)
	for fmt.Print("you: "); lines.Scan(); fmt.Print("\nyou: ") {
		if strings.TrimSpace(lines.Text()) == "" {
			continue
		}
		question := openai.UserMessage(lines.Text())
		ctx, done := signal.NotifyContext(ctx, os.Interrupt) // Ctrl-C ends this answer, at the prompt it ends the program
		run, err := openaitools.RunChat(ctx, client, set, openai.ChatCompletionNewParams{
			Model:    cmp.Or(os.Getenv("OPENAI_MODEL"), "gpt-5-mini"),
			Messages: append(history, question),
		}, openaitools.WithOnStep(show), openaitools.WithOnText(func(delta string) { fmt.Print(delta) }))
		done()
		if err != nil {
			fmt.Println("error:", err)
			continue
		}
		history = run.Messages
	}
	fmt.Println()
	return lines.Err()
}

func show(s openaitools.Step) {
	switch s.Kind {
	case openaitools.StepCall:
		fmt.Printf("  → %s %s\n", s.Call.Name, s.Call.Arguments)
	case openaitools.StepResult:
		fmt.Printf("  ← %d characters in %v\n", len(s.Output.Text), s.Duration.Round(1e6))
	}
}
