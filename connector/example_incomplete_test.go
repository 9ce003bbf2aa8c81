package connector_test

import (
	"context"
	"errors"
	"fmt"

	"github.com/agentsdk-go/airbyte/connector"
	"github.com/agentsdk-go/airbyte/sandbox"
)

// A program that can use a part of a list tells an incomplete one, which a
// repetition would not complete, from a request that failed.
func ExampleErrIncomplete() {
	ctx := context.Background()
	box := start()
	defer box.Close()
	conn := demo(box)
	defer conn.Close()

	box.Inject(sandbox.Fault{ // a service that says that there is more, and not how to get it
		Route: sandbox.RouteExecute,
		Body:  `{"result": [{"id": "1"}, {"id": "2"}], "connector_metadata": {"has_more": true}}`,
	})
	records := 0
	for _, err := range conn.Records(ctx, "accounts", "list", nil) {
		switch {
		case errors.Is(err, connector.ErrIncomplete):
			fmt.Printf("%d records, and there are more: %v\n", records, err)
		case err != nil:
			fmt.Println("no list:", err)
		default:
			records++
		}
	}
	// Output: 2 records, and there are more: list records accounts.list: there are more records, but the service gave no cursor to fetch them with
}
