// Typed uses the typed Pylon connector: structs in, structs out, and iterators
// over all pages. It tells how many open issues each account has.
//
//	PYLON_API_TOKEN=... go run ./examples/typed
package main

import (
	"context"
	"fmt"
	"log"
	"os"

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
	conn, err := pylon.Open(pylon.Auth{}) // or pylon.Connect(ctx, "default"), hosted by Airbyte
	if err != nil {
		return err
	}
	defer conn.Close()

	open := pylon.In("state", pylon.IssueStateNew, pylon.IssueStateWaitingOnYou, pylon.IssueStateOnHold)
	issues := map[string]int{} // by account
	for issue, err := range conn.Issues.SearchAll(ctx, pylon.IssuesSearchParams{Filter: open}) {
		if err != nil {
			return err
		}
		issues[issue.Account.ID]++
	}
	for account, err := range conn.Accounts.All(ctx, pylon.AccountsListParams{}) {
		if err != nil {
			return err
		}
		if n := issues[account.ID]; n > 0 {
			fmt.Printf("%-28s %d open\n", account.Name, n)
		}
	}
	return nil
}
