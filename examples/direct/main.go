// Direct reads from Pylon and writes to it with an API token, without Airbyte:
// it finds the oldest issue that waits on us and leaves an internal note on it.
//
//	PYLON_API_TOKEN=... go run ./examples/direct
package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"log"
	"os"

	"github.com/agentsdk-go/airbyte/connector"
	"github.com/agentsdk-go/airbyte/connector/pylon"
	"github.com/agentsdk-go/airbyte/sandbox"
)

func main() {
	stop, err := sandbox.FallbackPylon(os.Stdout) // offline unless PYLON_API_TOKEN is set; delete it in your program
	if err != nil {
		log.Fatal(err)
	}
	defer stop()
	if err := run(context.Background()); err != nil {
		log.Fatal(err)
	}
}

func run(ctx context.Context) error {
	conn, err := pylon.Open(pylon.Auth{}) // PYLON_API_TOKEN
	if err != nil {
		return err
	}
	defer conn.Close()
	waiting := connector.Params{"filter": map[string]any{"field": "state", "operator": "equals", "value": "waiting_on_you"}}
	var oldest struct{ ID, Title, Link string }
	for row, err := range conn.Records(ctx, "issues", "api_search", waiting) { // newest first, all pages
		if err != nil {
			return err
		}
		if err := json.Unmarshal(row, &oldest); err != nil {
			return err
		}
	}
	if oldest.ID == "" {
		fmt.Println("No issue waits on us.")
		return nil
	}
	fmt.Println("waiting longest:", oldest.Title)
	_, err = conn.Execute(ctx, "issue_notes", "create", connector.Params{
		"id":        oldest.ID,
		"body_html": "<p>Still open after all others; please look at it today.</p>",
	})
	if errors.Is(err, connector.ErrUnknownOutcome) {
		return fmt.Errorf("look at %s before running this again, the note may be there: %w", oldest.Link, err)
	}
	if err != nil {
		return err
	}
	fmt.Println("left an internal note on it")
	return nil
}
