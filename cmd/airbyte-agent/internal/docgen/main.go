package main

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
)

// targetFile is the manual, as seen from the top of the repository.
const targetFile = "docs/cli.md"

func main() {
	if err := run(context.Background(), filepath.Join("..", "..")); err != nil {
		fmt.Fprintln(os.Stderr, "docgen:", err)
		os.Exit(1)
	}
}

func run(ctx context.Context, top string) error {
	text, err := render(ctx)
	if err != nil {
		return err
	}
	return os.WriteFile(filepath.Join(top, targetFile), []byte(text), 0o644)
}
