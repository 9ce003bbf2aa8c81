package main

import (
	"bytes"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// A program cannot be imported, so these tests are in its package.

const top = "../../../.."

// everyTarget is what the project promises binaries for.
var everyTarget = []string{"darwin/amd64", "darwin/arm64", "linux/amd64", "linux/arm64", "windows/amd64", "windows/arm64"}

func TestReleaseIsBuiltForEveryTarget(t *testing.T) {
	t.Parallel()
	content, err := os.ReadFile(filepath.Join(top, configuration))
	if err != nil {
		t.Fatal(err)
	}
	got, err := parseTargets(content)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(everyTarget, got); diff != "" {
		t.Errorf("targets (-want +got):\n%s", diff)
	}
}

// TestPipelineBuildsThem holds .ci/run to the same list, and to the flags of a
// release: the size that it checks is that of the binary people get.
func TestPipelineBuildsThem(t *testing.T) {
	t.Parallel()
	script, err := os.ReadFile(filepath.Join(top, ".ci/run"))
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{"./cmd/airbyte-agent/internal/release targets", "CGO_ENABLED=0", "-trimpath", `-ldflags "-s -w"`} {
		if !bytes.Contains(script, []byte(want)) {
			t.Errorf(".ci/run does not say %s", want)
		}
	}
}

func TestParseTargets(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name, config string
		want         []string
		wantErr      string
	}{
		{"sorted, each once", "builds: [{goos: [linux, darwin], goarch: [arm64]}, {goos: [linux], goarch: [arm64]}]", []string{"darwin/arm64", "linux/arm64"}, ""},
		{"ignore", "builds: [{goos: [linux], goarch: [arm64], ignore: [{goos: linux}]}]", nil, "not by targets and ignore"},
		{"targets", "builds: [{targets: [linux_amd64]}]", nil, "not by targets and ignore"},
		{"no builds", "version: 2", nil, "no build names"},
		{"no YAML", "builds: [", nil, "yaml:"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			got, err := parseTargets([]byte(tt.config))
			if tt.wantErr != "" {
				if err == nil || !strings.Contains(err.Error(), tt.wantErr) {
					t.Errorf("got %v, want an error with %q", err, tt.wantErr)
				}
				return
			}
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(tt.want, got); diff != "" {
				t.Errorf("targets (-want +got):\n%s", diff)
			}
		})
	}
}

func TestCompletions(t *testing.T) {
	t.Parallel()
	folder := filepath.Join(t.TempDir(), "completions")
	if err := run(t.Context(), &bytes.Buffer{}, []string{"completions", folder}); err != nil {
		t.Fatal(err)
	}
	for _, s := range shells {
		script, err := os.ReadFile(filepath.Join(folder, s.file))
		if err != nil {
			t.Error(err)
			continue
		}
		// The scripts ask the binary itself what can follow.
		for _, want := range []string{"airbyte-agent", "__complete"} {
			if !bytes.Contains(script, []byte(want)) {
				t.Errorf("%s does not contain %s", s.file, want)
			}
		}
	}
	check := exec.CommandContext(t.Context(), "bash", "-n", filepath.Join(folder, "airbyte-agent.bash"))
	if out, err := check.CombinedOutput(); err != nil {
		t.Errorf("bash does not take its script: %v\n%s", err, out)
	}
}

func TestWrongUse(t *testing.T) {
	t.Parallel()
	for _, args := range [][]string{nil, {"targets", "x"}, {"completions"}, {"licenses"}, {"other"}} {
		var out bytes.Buffer
		if err := run(t.Context(), &out, args); err == nil || out.Len() > 0 {
			t.Errorf("%q: got %v and %q, want an error", args, err, out.String())
		}
	}
}

// A version has one spelling, that of its tag: go install tells it in this way,
// and so does the image, which gets it as an argument.
func TestVersionIsSpeltAsTheTag(t *testing.T) {
	t.Parallel()
	for file, want := range map[string]string{
		".goreleaser.yaml": "-X main.version=v{{ .Version }}",
		"Dockerfile":       "VERSION=v",
	} {
		content, err := os.ReadFile(filepath.Join(top, file))
		if err != nil {
			t.Fatal(err)
		}
		if !bytes.Contains(content, []byte(want)) {
			t.Errorf("%s does not say %s", file, want)
		}
	}
}
