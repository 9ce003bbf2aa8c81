// Package examples_test runs every example offline, as a newcomer does.
package examples_test

import (
	"bytes"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"runtime"
	"strings"
	"testing"

	"github.com/agentsdk-go/airbyte/internal/golden"
)

// TestExamples holds what each example prints against the sandbox.
func TestExamples(t *testing.T) {
	t.Parallel()
	bin := t.TempDir()
	build := exec.CommandContext(t.Context(), "go", "build", "-o", bin+string(filepath.Separator), "./...")
	if out, err := build.CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	tests := []struct {
		name, stdin string
		args        []string
	}{
		{name: "hosted"},
		{name: "create-connector"},
		{name: "openai-chat"},
		{name: "openai-chat", args: []string{"How", "many", "accounts", "do", "we", "have?"}},
		{name: "openai-chat", args: []string{"-direct"}},
		{name: "openai-responses"},
		{name: "langchaingo-agent"},
		{name: "direct"},
		{name: "typed"},
		{name: "manifest", args: []string{filepath.Join("manifest", "connector.yaml")}},
		{name: "support-bot", stdin: "Which issues are waiting on us?\nShow me issue 1042\n"},
	}
	for _, tt := range tests {
		name := strings.Join(append([]string{tt.name}, tt.args...), " ")
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			got := runExample(t, filepath.Join(bin, executable(tt.name)), tt.stdin, tt.args...)
			golden.Check(t, fileName.ReplaceAllString(name, "_")+".txt", durations.ReplaceAllString(got, "in Nms"))
		})
	}
}

// TestExamplesFailWithAdvice holds that half a credential pair ends an example
// with a sentence that says what is missing.
func TestExamplesFailWithAdvice(t *testing.T) {
	t.Parallel()
	bin := filepath.Join(t.TempDir(), executable("hosted"))
	if out, err := exec.CommandContext(t.Context(), "go", "build", "-o", bin, "./hosted").CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	cmd := exec.CommandContext(t.Context(), bin)
	cmd.Env = append(cleanEnvironment(t), "AIRBYTE_CLIENT_ID=only-an-id")
	out, err := cmd.CombinedOutput()
	if err == nil || !strings.Contains(string(out), "AIRBYTE_CLIENT_SECRET is missing") {
		t.Errorf("got %v:\n%s", err, out)
	}
}

func runExample(t *testing.T, bin, stdin string, args ...string) string {
	t.Helper()
	cmd := exec.CommandContext(t.Context(), bin, args...)
	cmd.Env = cleanEnvironment(t)
	cmd.Stdin = strings.NewReader(stdin)
	var stderr bytes.Buffer
	cmd.Stderr = &stderr
	out, err := cmd.Output()
	if err != nil {
		t.Fatalf("%v\n%s\n%s", err, out, stderr.Bytes())
	}
	return string(out)
}

// cleanEnvironment is one without credentials and with an empty home.
func cleanEnvironment(t *testing.T) []string {
	t.Helper()
	var env []string
	for _, entry := range os.Environ() {
		key, _, _ := strings.Cut(entry, "=")
		switch {
		case strings.HasPrefix(key, "AIRBYTE_"), strings.HasPrefix(key, "OPENAI_"), strings.HasPrefix(key, "PYLON_"), key == "HOME", key == "USERPROFILE":
		default:
			env = append(env, entry)
		}
	}
	home := t.TempDir()
	return append(env, "HOME="+home, "USERPROFILE="+home)
}

func executable(name string) string {
	if runtime.GOOS == "windows" {
		return name + ".exe"
	}
	return name
}

var (
	fileName  = regexp.MustCompile(`[^a-zA-Z-]+`)
	durations = regexp.MustCompile(`in \d+(\.\d+)?(ms|s)`)
)
