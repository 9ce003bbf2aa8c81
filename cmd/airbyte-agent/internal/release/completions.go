package main

import (
	"fmt"
	"os"
	"path/filepath"

	"github.com/spf13/cobra"

	"github.com/agentsdk-go/airbyte/cmd/airbyte-agent/internal/app"
	"github.com/agentsdk-go/airbyte/cmd/airbyte-agent/internal/root"
)

// shell is one whose completion script cobra writes.
type shell struct {
	file  string
	write func(*cobra.Command, string) error
}

// shells are those of airbyte-agent completion, with descriptions as there. A
// file has the name that the shell, or its loader, looks for.
var shells = []shell{
	{"airbyte-agent.bash", func(c *cobra.Command, name string) error { return c.GenBashCompletionFileV2(name, true) }},
	{"_airbyte-agent", (*cobra.Command).GenZshCompletionFile},
	{"airbyte-agent.fish", func(c *cobra.Command, name string) error { return c.GenFishCompletionFile(name, true) }},
	{"airbyte-agent.ps1", (*cobra.Command).GenPowerShellCompletionFileWithDesc},
}

// writeCompletions writes one script for each shell into a folder, which is made
// when it is missing.
func writeCompletions(folder string) error {
	if err := os.MkdirAll(folder, 0o755); err != nil {
		return err
	}
	cmd := root.New(&app.App{})
	for _, s := range shells {
		if err := s.write(cmd, filepath.Join(folder, s.file)); err != nil {
			return fmt.Errorf("%s: %w", s.file, err)
		}
	}
	return nil
}
