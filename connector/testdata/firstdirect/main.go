// Command firstdirect is what BenchmarkFirstDirectResult measures: it opens
// Pylon with a token and reads one record.
package main

import (
	"context"
	"fmt"
	"os"

	"github.com/agentsdk-go/airbyte/connector/pylon"
)

func main() {
	conn, err := pylon.Open(pylon.Auth{})
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	if _, err := conn.Me.Get(context.Background()); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}
