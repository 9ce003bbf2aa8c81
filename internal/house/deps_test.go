package house_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/agentsdk-go/airbyte/internal/golden"
)

// corePackages are the packages that a program links whichever framework it
// uses: platform, connector with its typed connectors, and tools.
func corePackages(t *testing.T) []string {
	t.Helper()
	var core []string
	for _, p := range loadModule(t).pkgs {
		l, _ := layerOf(p.rel())
		if slices.Contains([]string{"platform", "connector", "typed", "tools"}, l.name) && !p.internal() {
			core = append(core, p.rel())
		}
	}
	for _, pkg := range []string{"platform", "connector", "tools"} {
		if !slices.Contains(core, pkg) {
			t.Errorf("package %s is missing", pkg)
		}
	}
	return core
}

// forbiddenInCore are module path prefixes and why the core does without them.
var forbiddenInCore = []struct{ prefix, why string }{
	{"github.com/openai/openai-go", "agent framework: only tools/openai may import it"},
	{"github.com/tmc/langchaingo", "agent framework: only tools/langchaingo may import it"},
	{"github.com/modelcontextprotocol/go-sdk", "agent framework: only tools/mcp may import it"},
	{"github.com/mark3labs/mcp-go", "agent framework: tools/mcp uses the official SDK"},
	{"github.com/cloudwego/eino", "agent framework: an adapter for it gets a module of its own"},
	{"github.com/firebase/genkit", "agent framework: an adapter for it gets a module of its own"},
	{"github.com/anthropics/anthropic-sdk-go", "agent framework: an adapter for it gets a module of its own"},
	{"google.golang.org/adk", "agent framework: an adapter for it gets a module of its own"},
	{"google.golang.org/genai", "agent framework: an adapter for it gets a module of its own"},
	{"go.opentelemetry.io", "tracing: who does not trace must not link it; it has a package of its own"},
	{"github.com/spf13/cobra", "command line: only cmd may import it"},
	{"github.com/stretchr/testify", "test library: tests use std and go-cmp"},
	{"github.com/google/go-cmp", "test library: only tests import it"},
}

// linkedModules are the modules outside this one that the package links,
// sorted.
func linkedModules(m *module, pkg string) ([]string, error) {
	out, err := goList(m.root, "-deps",
		"-f", "{{if and (not .Standard) .Module (not .Module.Main)}}{{.Module.Path}}{{end}}", "./"+pkg)
	if err != nil {
		return nil, err
	}
	paths := strings.Fields(string(out))
	slices.Sort(paths)
	return slices.Compact(paths), nil
}

func TestCoreLinksNoFramework(t *testing.T) {
	t.Parallel()
	m := loadModule(t)
	for _, pkg := range corePackages(t) {
		t.Run(pkg, func(t *testing.T) {
			t.Parallel()
			linked, err := linkedModules(m, pkg)
			if err != nil {
				t.Fatal(err)
			}
			for _, path := range linked {
				for _, f := range forbiddenInCore {
					if within(path, f.prefix) {
						t.Errorf("%s links %s: %s", pkg, path, f.why)
					}
				}
			}
		})
	}
}

func TestDependenciesOfCoreGolden(t *testing.T) {
	t.Parallel()
	m := loadModule(t)
	var got bytes.Buffer
	for _, pkg := range corePackages(t) {
		linked, err := linkedModules(m, pkg)
		if err != nil {
			t.Fatal(err)
		}
		for _, path := range linked {
			fmt.Fprintf(&got, "%s: %s\n", pkg, path)
		}
	}
	golden.Check(t, "core_dependencies.golden", got.String())
	if t.Failed() {
		t.Log("the core links other modules than before; if that is meant, give the reason in docs/dependencies.md")
	}
}

// requirements are the direct requirements of go.mod. They are read from the
// file alone: `go list -m all` would fetch the whole module graph.
func requirements(t *testing.T, root string) []requirement {
	t.Helper()
	cmd := exec.CommandContext(t.Context(), "go", "mod", "edit", "-json")
	cmd.Dir = root
	out, err := cmd.Output()
	if err != nil {
		t.Fatalf("go mod edit -json: %v", err)
	}
	var file struct{ Require []requirement }
	if err := json.Unmarshal(out, &file); err != nil {
		t.Fatalf("read go mod edit's answer: %v", err)
	}
	return slices.DeleteFunc(file.Require, func(r requirement) bool { return r.Indirect })
}

type requirement struct {
	Path, Version string
	Indirect      bool
}

func TestDependenciesAreExplained(t *testing.T) {
	t.Parallel()
	root := loadModule(t).root
	text, err := os.ReadFile(filepath.Join(root, "docs", "dependencies.md"))
	if err != nil {
		t.Fatal(err)
	}
	for _, r := range requirements(t, root) {
		row := fmt.Sprintf("| `%s` | %s |", r.Path, r.Version)
		if !bytes.Contains(text, []byte(row)) {
			t.Errorf("docs/dependencies.md has no row that starts with %q; add it with the reason", row)
		}
	}
}
