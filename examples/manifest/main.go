// Manifest loads an Airbyte connector.yaml and lists what it can do: the
// credentials and configuration that connector.Open takes for it, and every
// call.
//
//	go run ./examples/manifest examples/manifest/connector.yaml
package main

import (
	"bytes"
	"fmt"
	"io"
	"log"
	"os"
	"strings"

	"github.com/agentsdk-go/airbyte/connector"
)

func main() {
	if len(os.Args) != 2 {
		log.Fatal("give the path of one connector.yaml, such as examples/manifest/connector.yaml")
	}
	if err := run(os.Args[1], os.Stdout); err != nil {
		log.Fatal(err)
	}
}

func run(path string, out io.Writer) error {
	text, err := os.ReadFile(path)
	if err != nil {
		return err
	}
	m, err := connector.LoadManifest(bytes.NewReader(text)) // the error lists all problems of the file, with line and column
	if err != nil {
		return err
	}
	var b strings.Builder
	fmt.Fprintf(&b, "%s (%s %s)\n", m.Title(), m.Name(), m.Version())
	for _, scheme := range m.AuthSchemes() {
		fmt.Fprintf(&b, "\ncredentials for %s (%s):\n", scheme.Name, scheme.Type)
		for _, field := range scheme.Fields {
			fmt.Fprintf(&b, "  %s%s  %s\n", field.Name, mark(field.Required), field.Description)
		}
	}
	for i, field := range m.Config() {
		if i == 0 {
			fmt.Fprintf(&b, "\nconfiguration:\n")
		}
		fmt.Fprintf(&b, "  %s%s  %s\n", field.Name, mark(field.Required), field.Description)
	}
	for _, entity := range m.DirectEntities() {
		fmt.Fprintf(&b, "\n%s: %s\n", entity.Name, entity.Description)
		for _, action := range entity.Actions {
			fmt.Fprintf(&b, "  %-8s %s\n", action.Effect, action.Signature(entity.Name))
		}
	}
	for _, warning := range m.Warnings() {
		fmt.Fprintf(&b, "\nwarning: %s\n", warning)
	}
	_, err = io.WriteString(out, b.String())
	return err
}

func mark(required bool) string {
	if required {
		return " (required)"
	}
	return ""
}
