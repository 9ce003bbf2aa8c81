// Hosted connects to a customer's Pylon data through the Airbyte Agent API,
// searches it, reads one issue and walks all accounts.
//
//	go run ./examples/hosted
package main

import (
	"context"
	"encoding/json"
	"fmt"
	"log"
	"os"

	"github.com/agentsdk-go/airbyte/connector"
	"github.com/agentsdk-go/airbyte/sandbox"
)

func main() {
	stop, err := sandbox.Fallback(os.Stdout) // offline unless credentials are set; delete it in your program
	if err != nil {
		log.Fatal(err)
	}
	defer stop()
	if err := run(context.Background()); err != nil {
		log.Fatal(err)
	}
}

func run(ctx context.Context) error {
	conn, err := connector.Connect(ctx, "pylon", "")
	if err != nil {
		return err
	}
	defer conn.Close()
	fmt.Printf("connected to %s, %d entities\n", conn.Name(), len(conn.Entities()))

	found, err := conn.Execute(ctx, "issues", "context_store_search", connector.Params{
		"query": map[string]any{
			"filter": map[string]any{"eq": map[string]any{"state": "waiting_on_you"}},
			"sort":   []any{map[string]string{"created_at": "desc"}},
		},
		"limit": 3,
	})
	if err != nil {
		return err
	}
	var issues []struct {
		ID, Title string
		Number    int
	}
	if err := found.Decode(&issues); err != nil {
		return err
	}
	for _, issue := range issues {
		fmt.Printf("#%d waits on us: %s\n", issue.Number, issue.Title)
	}

	accounts := 0
	for record, err := range conn.Records(ctx, "accounts", "list", nil) { // every page
		if err != nil {
			return err
		}
		var account struct{ Name string }
		if err := json.Unmarshal(record, &account); err != nil {
			return err
		}
		accounts++
	}
	fmt.Printf("%d accounts\n", accounts)

	_, err = conn.Execute(ctx, "issues", "fetch", nil) // a wrong call says what is right
	fmt.Println("error:", err)
	return nil
}
