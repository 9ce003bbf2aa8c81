package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"runtime"
	"slices"
	"strings"
)

// module is somebody else's code that a binary holds.
type module struct {
	name string // path and version
	dir  string // where its files are
}

// program is what a release builds.
const program = "github.com/agentsdk-go/airbyte/cmd/airbyte-agent"

// writeLicenses writes the license texts of all that a binary holds for any of
// the targets: nearly every license asks that its text goes with the binary.
func writeLicenses(ctx context.Context, targets []string, file string) error {
	modules, err := linked(ctx, targets)
	if err != nil {
		return err
	}
	var text bytes.Buffer
	fmt.Fprintf(&text, "airbyte-agent contains these modules and the standard library of Go. Their licenses follow.\n\n")
	for _, m := range modules {
		fmt.Fprintf(&text, "- %s\n", m.name)
	}
	for _, m := range modules {
		if err := m.appendLicense(&text); err != nil {
			return err
		}
	}
	return os.WriteFile(file, text.Bytes(), 0o644)
}

// linked are the modules that the program is made of on any target, and the
// standard library, sorted by name.
func linked(ctx context.Context, targets []string) ([]module, error) {
	const line = "{{with .Module}}{{if not .Main}}{{.Path}} {{.Version}}\t{{.Dir}}{{end}}{{end}}"
	var modules []module
	for _, target := range targets {
		system, arch, _ := strings.Cut(target, "/")
		cmd := exec.CommandContext(ctx, "go", "list", "-deps", "-f", line, program)
		cmd.Env = append(os.Environ(), "GOOS="+system, "GOARCH="+arch, "CGO_ENABLED=0")
		out, err := cmd.Output()
		if err != nil {
			return nil, fmt.Errorf("list the packages of %s for %s: %w", program, target, told(err))
		}
		for found := range strings.Lines(string(out)) {
			name, dir, ok := strings.Cut(strings.TrimSpace(found), "\t")
			if m := (module{name, dir}); ok && !slices.Contains(modules, m) {
				modules = append(modules, m)
			}
		}
	}
	out, err := exec.CommandContext(ctx, "go", "env", "GOROOT").Output()
	if err != nil {
		return nil, fmt.Errorf("find the standard library: %w", told(err))
	}
	modules = append(modules, module{"Go " + runtime.Version(), strings.TrimSpace(string(out))})
	slices.SortFunc(modules, func(a, b module) int { return strings.Compare(a.name, b.name) })
	return modules, nil
}

// told adds what a command wrote about its failure.
func told(err error) error {
	if exit, ok := errors.AsType[*exec.ExitError](err); ok && len(exit.Stderr) > 0 {
		return fmt.Errorf("%w: %s", err, bytes.TrimSpace(exit.Stderr))
	}
	return err
}

var licenseFile = regexp.MustCompile(`(?i)^(licen[cs]e|copying|notice|copyright)([.-].*)?$`)

// appendLicense adds what the module's folder says of its license. A module
// that says nothing there is an error: a person must look at it.
func (m module) appendLicense(text *bytes.Buffer) error {
	entries, err := os.ReadDir(m.dir)
	if err != nil {
		return fmt.Errorf("license of %s: %w", m.name, err)
	}
	found := false
	for _, entry := range entries {
		if entry.IsDir() || !licenseFile.MatchString(entry.Name()) {
			continue
		}
		content, err := os.ReadFile(filepath.Join(m.dir, entry.Name()))
		if err != nil {
			return fmt.Errorf("license of %s: %w", m.name, err)
		}
		found = true
		fmt.Fprintf(text, "\n%s\n%s, %s\n\n%s\n", strings.Repeat("=", 80), m.name, entry.Name(), bytes.TrimSpace(content))
	}
	if !found {
		return fmt.Errorf("license of %s: there is no license file in its folder", m.name)
	}
	return nil
}
