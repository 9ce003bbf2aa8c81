// Firstresult connects and reads one record: the least that a program does. The
// benchmark beside it measures how long that takes from the process's start.
package main

import (
	"context"
	"log"

	"github.com/agentsdk-go/airbyte/connector"
)

func main() {
	ctx := context.Background()
	conn, err := connector.Connect(ctx, "pylon", "default")
	if err != nil {
		log.Fatal(err)
	}
	if _, err := conn.Execute(ctx, "issues", "get", connector.Params{"id": "1042"}); err != nil {
		log.Fatal(err)
	}
}
