package main

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
)

// source is the manifest, as seen from connector/pylon.
const source = "../../internal/catalog/pylon.yaml"

const suffix = "_gen.go"

func main() {
	if err := run(source, "."); err != nil {
		fmt.Fprintln(os.Stderr, "typegen:", err)
		os.Exit(1)
	}
}

// run writes what generate makes of the manifest into dir, and removes what it
// made of an earlier one.
func run(manifest, dir string) error {
	data, err := os.ReadFile(manifest)
	if err != nil {
		return err
	}
	files, err := generate(data)
	if err != nil {
		return fmt.Errorf("%s: %w", manifest, err)
	}
	if err := removeStale(dir, files); err != nil {
		return err
	}
	for name, content := range files {
		if err := os.WriteFile(filepath.Join(dir, name), content, 0o644); err != nil {
			return err
		}
	}
	return nil
}

func removeStale(dir string, files map[string][]byte) error {
	entries, err := os.ReadDir(dir)
	if err != nil {
		return err
	}
	for _, entry := range entries {
		name := entry.Name()
		if _, current := files[name]; current || !strings.HasSuffix(name, suffix) {
			continue
		}
		if err := os.Remove(filepath.Join(dir, name)); err != nil {
			return err
		}
	}
	return nil
}
