package main

import (
	"fmt"
	"os"
	"path/filepath"

	"github.com/agentsdk-go/airbyte/internal/manifest/loader"
)

// Where things are, as seen from the top of the repository.
const (
	sourceFile   = "internal/catalog/pylon.yaml"
	typedPackage = "connector/pylon"
	targetFile   = "docs/pylon.md"
)

func main() {
	if err := run(filepath.Join("..", "..")); err != nil {
		fmt.Fprintln(os.Stderr, "docgen:", err)
		os.Exit(1)
	}
}

func run(root string) error {
	text, err := render(root)
	if err != nil {
		return err
	}
	return os.WriteFile(filepath.Join(root, targetFile), []byte(text), 0o644)
}

// render is the page for the repository at root.
func render(root string) (string, error) {
	data, err := os.ReadFile(filepath.Join(root, sourceFile))
	if err != nil {
		return "", err
	}
	doc, schemas, err := loader.ParseSchemas(data)
	if err != nil {
		return "", fmt.Errorf("%s: %w", sourceFile, err)
	}
	api, err := readAPI(filepath.Join(root, typedPackage))
	if err != nil {
		return "", err
	}
	p := newPage(doc, schemas, api)
	text := p.text()
	return text, p.err
}
