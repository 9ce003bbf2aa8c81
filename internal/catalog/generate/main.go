// Command generate writes the JSON form of every connector manifest in the
// current directory: pylon.yaml becomes pylon.json. go generate runs it.
package main

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"github.com/agentsdk-go/airbyte/internal/manifest"
	"github.com/agentsdk-go/airbyte/internal/manifest/loader"
)

func main() {
	if err := run("."); err != nil {
		fmt.Fprintln(os.Stderr, "generate:", err)
		os.Exit(1)
	}
}

func run(dir string) error {
	sources, err := filepath.Glob(filepath.Join(dir, "*.yaml"))
	if err != nil {
		return err
	}
	if len(sources) == 0 {
		return fmt.Errorf("no *.yaml in %s; run it in internal/catalog", dir)
	}
	for _, source := range sources {
		if err := convert(source); err != nil {
			return fmt.Errorf("%s: %w", source, err)
		}
	}
	return nil
}

func convert(source string) error {
	data, err := os.ReadFile(source)
	if err != nil {
		return err
	}
	doc, err := loader.Parse(data)
	if err != nil {
		return err
	}
	// What a manifest from elsewhere may leave open is a mistake in one of ours.
	if len(doc.Warnings) > 0 {
		return fmt.Errorf("warnings:\n%s", strings.Join(doc.Warnings, "\n"))
	}
	out, err := manifest.Encode(doc)
	if err != nil {
		return err
	}
	return os.WriteFile(strings.TrimSuffix(source, ".yaml")+".json", out, 0o644)
}
