package mcpserve_test

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"go.yaml.in/yaml/v3"

	"github.com/agentsdk-go/airbyte/cmd/airbyte-agent/internal/app"
	"github.com/agentsdk-go/airbyte/cmd/airbyte-agent/internal/mcpserve"
	mcptools "github.com/agentsdk-go/airbyte/tools/mcp"
)

func repositoryFile(t *testing.T, name string) []byte {
	t.Helper()
	content, err := os.ReadFile(filepath.Join("..", "..", "..", "..", filepath.FromSlash(name)))
	if err != nil {
		t.Fatal(err)
	}
	return content
}

// accepts holds that the command line has what args name.
func accepts(t *testing.T, args []string) {
	t.Helper()
	if len(args) == 0 || args[0] != "mcp" {
		t.Fatalf("not a command of mcp: %q", args)
	}
	if slices.Contains(args, "serve") && !slices.Contains(args, "--read-only") {
		t.Errorf("%q lets whoever has the token change data", args)
	}
	cmd, rest, err := mcpserve.Command(new(app.App)).Find(args[1:])
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.ParseFlags(rest); err != nil {
		t.Errorf("%q: %v", args, err)
	}
	if cmd.Flags().NArg() != 0 || cmd.RunE == nil {
		t.Errorf("%q runs nothing, or leaves arguments: %q", args, cmd.Flags().Args())
	}
}

// What the image runs exists.
func TestDockerfile(t *testing.T) {
	t.Parallel()
	commands := map[string][]string{}
	for line := range strings.Lines(string(repositoryFile(t, "Dockerfile"))) {
		name, list, ok := strings.Cut(strings.TrimSpace(line), "[")
		if !ok || strings.HasPrefix(name, "#") {
			continue
		}
		var args []string
		if err := json.Unmarshal([]byte("["+list), &args); err != nil {
			t.Fatalf("%s: %v", line, err)
		}
		commands[strings.Fields(name)[0]] = args
	}
	if got := commands["ENTRYPOINT"]; !slices.Equal(got, []string{"airbyte-agent"}) {
		t.Errorf("ENTRYPOINT: %q", got)
	}
	accepts(t, commands["CMD"])
	health := commands["HEALTHCHECK"]
	if len(health) == 0 || health[0] != "airbyte-agent" {
		t.Fatalf("HEALTHCHECK: %q", health)
	}
	accepts(t, health[1:])
}

// manifests are the parts of the Kubernetes objects that depend on this program.
type manifests struct {
	Kind string
	Spec struct {
		Template struct {
			Spec struct {
				Grace      int `yaml:"terminationGracePeriodSeconds"`
				Containers []struct {
					Args      []string
					Startup   probe `yaml:"startupProbe"`
					Live      probe `yaml:"livenessProbe"`
					Readiness probe `yaml:"readinessProbe"`
					Lifecycle struct {
						PreStop struct {
							Sleep struct{ Seconds int }
						} `yaml:"preStop"`
					}
				}
			}
		}
	}
}

type probe struct {
	HTTPGet struct{ Path string } `yaml:"httpGet"`
}

func TestKubernetesManifest(t *testing.T) {
	t.Parallel()
	dec := yaml.NewDecoder(bytes.NewReader(repositoryFile(t, "deploy/kubernetes.yaml")))
	var kinds []string
	for {
		var m manifests
		err := dec.Decode(&m)
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			t.Fatal(err)
		}
		if kinds = append(kinds, m.Kind); m.Kind != "Deployment" {
			continue
		}
		pod := m.Spec.Template.Spec
		if len(pod.Containers) != 1 {
			t.Fatalf("%d containers", len(pod.Containers))
		}
		c := pod.Containers[0]
		accepts(t, c.Args)
		if c.Startup.HTTPGet.Path != "/healthz" || c.Live.HTTPGet.Path != "/healthz" || c.Readiness.HTTPGet.Path != "/readyz" {
			t.Errorf("probes: %+v", c)
		}
		needed := time.Duration(c.Lifecycle.PreStop.Sleep.Seconds)*time.Second + mcptools.DefaultCallTimeout
		if grace := time.Duration(pod.Grace) * time.Second; grace <= needed {
			t.Errorf("a pod has %v to end, its calls need %v", grace, needed)
		}
	}
	if want := []string{"Deployment", "Service", "PodDisruptionBudget"}; !slices.Equal(kinds, want) {
		t.Errorf("kinds %q, want %q", kinds, want)
	}
}
