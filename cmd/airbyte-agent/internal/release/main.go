package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
)

// configuration is what goreleaser reads.
const configuration = ".goreleaser.yaml"

func main() {
	if err := run(context.Background(), os.Stdout, os.Args[1:]); err != nil {
		fmt.Fprintln(os.Stderr, "release:", err)
		os.Exit(1)
	}
}

func run(ctx context.Context, out io.Writer, args []string) error {
	switch {
	case len(args) == 1 && args[0] == "targets":
		return printTargets(out)
	case len(args) == 2 && args[0] == "completions":
		return writeCompletions(args[1])
	case len(args) == 2 && args[0] == "licenses":
		targets, err := readTargets()
		if err != nil {
			return err
		}
		return writeLicenses(ctx, targets, args[1])
	}
	return errors.New("usage: release targets, release completions <folder>, or release licenses <file>")
}

func readTargets() ([]string, error) {
	content, err := os.ReadFile(configuration)
	if err != nil {
		return nil, err
	}
	targets, err := parseTargets(content)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", configuration, err)
	}
	return targets, nil
}

// printTargets writes a line such as linux/amd64 for each binary of a release.
func printTargets(out io.Writer) error {
	targets, err := readTargets()
	if err != nil {
		return err
	}
	for _, target := range targets {
		if _, err := fmt.Fprintln(out, target); err != nil {
			return err
		}
	}
	return nil
}
