package main

import (
	"bytes"
	"context"
	"encoding/json"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/modelcontextprotocol/go-sdk/mcp"

	"github.com/agentsdk-go/airbyte/internal/golden"
	"github.com/agentsdk-go/airbyte/sandbox"
)

const readme = "../../README.md"

// shown finds a command that the README names and what it shows of its output.
var shown = regexp.MustCompile("(?s)<!-- command: airbyte-agent ([^\n]*) -->\n```json\n(.*?)```")

func readReadme(t *testing.T) string {
	t.Helper()
	text, err := os.ReadFile(readme)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

// TestReadmeShowsWhatCommandsPrint keeps the blocks after <!-- command: … -->;
// -update rewrites them.
func TestReadmeShowsWhatCommandsPrint(t *testing.T) {
	t.Parallel()
	text := readReadme(t)
	if !shown.MatchString(text) {
		t.Fatal("the README shows no command")
	}
	now := shown.ReplaceAllStringFunc(text, func(block string) string {
		parts := shown.FindStringSubmatch(block)
		cmd := exec.CommandContext(t.Context(), "airbyte-agent", strings.Fields(parts[1])...)
		out, err := cmd.Output()
		if err != nil {
			t.Errorf("%s: %v", parts[1], err)
		}
		return strings.Replace(block, "```json\n"+parts[2]+"```", "```json\n"+string(out)+"```", 1)
	})
	if golden.Updating() {
		if err := os.WriteFile(readme, []byte(now), 0o644); err != nil { //nolint:gosec // a file of the repository
			t.Fatal(err)
		}
		return
	}
	if diff := cmp.Diff(text, now); diff != "" {
		t.Errorf("README.md differs from what the commands print (-want +got); go test ./cmd/airbyte-agent -run TestReadme -update mends it:\n%s", diff)
	}
}

// TestReadmeConfigurationsServe starts the server as an assistant with the
// README's configuration would, and uses it with the official client.
func TestReadmeConfigurationsServe(t *testing.T) {
	t.Parallel()
	for _, block := range shown.FindAllStringSubmatch(readReadme(t), -1) {
		t.Run(block[1], func(t *testing.T) {
			t.Parallel()
			box := sandbox.Test(t)
			session := start(t, box, []byte(block[2]))
			tools, err := session.ListTools(t.Context(), nil)
			if err != nil || len(tools.Tools) != 1 || tools.Tools[0].Name != "pylon_execute" {
				t.Fatalf("tools %+v, %v", tools, err)
			}
			res, err := session.CallTool(t.Context(), &mcp.CallToolParams{
				Name:      "pylon_execute",
				Arguments: map[string]any{"entity": "issues", "action": "get", "params": map[string]any{"id": "1042"}},
			})
			if err != nil || res.IsError {
				t.Fatalf("call: %+v, %v", res, err)
			}
			if text, ok := res.Content[0].(*mcp.TextContent); !ok || !strings.Contains(text.Text, `"number":1042`) {
				t.Errorf("content %+v", res.Content[0])
			}
		})
	}
}

// start runs the first server of an assistant's configuration and connects to it.
func start(t *testing.T, box *sandbox.Sandbox, config []byte) *mcp.ClientSession {
	t.Helper()
	type server struct {
		Command string
		Args    []string
		Env     map[string]string
	}
	var file struct{ MCPServers, Servers map[string]server }
	if err := json.Unmarshal(config, &file); err != nil {
		t.Fatal(err)
	}
	s, ok := file.MCPServers["pylon"]
	if !ok {
		s, ok = file.Servers["pylon"]
	}
	if !ok {
		t.Fatalf("no server in %s", config)
	}
	cmd := exec.CommandContext(context.WithoutCancel(t.Context()), s.Command, s.Args...) // closing the session ends it
	cmd.Env = append(os.Environ(), "HOME="+t.TempDir(), "USERPROFILE="+t.TempDir())
	for key, value := range variables(box) {
		if _, asked := s.Env[key]; asked || !strings.HasPrefix(key, "PYLON_API_TOKEN") {
			cmd.Env = append(cmd.Env, key+"="+value) // what the assistant puts in for ${input:…}
		}
	}
	var stderr bytes.Buffer
	cmd.Stderr = &stderr
	client := mcp.NewClient(&mcp.Implementation{Name: filepath.Base(t.Name()), Version: "1"}, nil)
	session, err := client.Connect(t.Context(), &mcp.CommandTransport{Command: cmd}, nil)
	if err != nil {
		t.Fatalf("connect: %v\n%s", err, &stderr)
	}
	t.Cleanup(func() {
		if err := session.Close(); err != nil {
			t.Errorf("close: %v\n%s", err, &stderr)
		}
	})
	return session
}
