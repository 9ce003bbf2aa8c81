package mcp_test

import (
	"bytes"
	"encoding/json"
	"errors"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/modelcontextprotocol/go-sdk/jsonrpc"
	"github.com/modelcontextprotocol/go-sdk/mcp"

	"github.com/agentsdk-go/airbyte/internal/golden"
	"github.com/agentsdk-go/airbyte/tools"
	mcptools "github.com/agentsdk-go/airbyte/tools/mcp"
)

// What a client is told of a server, in wire form.
func TestLists(t *testing.T) {
	t.Parallel()
	for name, opts := range map[string][]tools.Option{
		"execute":    {tools.WithAllow("issues.*", "tags.*"), tools.WithDeny("*.delete")},
		"read_only":  {tools.WithAllow("issues.*", "tags.*"), tools.WithReadOnly()},
		"per_action": {tools.WithAllow("tags.*", "me.*"), tools.WithPerAction()},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			r := initialized(t, newServer(t, offline(t, opts...)))
			for _, list := range []string{"tools", "resources", "prompts"} {
				var b bytes.Buffer
				if err := json.Indent(&b, r.result(`{"jsonrpc":"2.0","id":1,"method":"`+list+`/list"}`), "", "  "); err != nil {
					t.Fatal(err)
				}
				golden.Check(t, name+"/"+list+".json", b.String()+"\n")
			}
			var read mcp.ReadResourceResult
			raw := r.result(`{"jsonrpc":"2.0","id":1,"method":"resources/read","params":{"uri":"airbyte://pylon/entities/tags"}}`)
			if err := json.Unmarshal(raw, &read); err != nil {
				t.Fatal(err)
			}
			golden.Check(t, name+"/tags.md", read.Contents[0].Text)
		})
	}
}

// A client finds the tools as the set has them, and the same in every server.
func TestToolsOfTheSet(t *testing.T) {
	t.Parallel()
	set := offline(t, tools.WithPerAction())
	for name, by := range links {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			session := connect(t, newServer(t, set), by, nil)
			got := map[string]*mcp.Tool{}
			last := ""
			for tool, err := range session.Tools(t.Context(), nil) {
				if err != nil {
					t.Fatal(err)
				}
				if tool.Name <= last {
					t.Errorf("%s comes after %s", tool.Name, last)
				}
				last = tool.Name
				got[tool.Name] = tool
			}
			for _, want := range set.Tools() {
				tool, ok := got[want.Name()]
				if !ok || tool.Description != want.Description() {
					t.Errorf("tool %s is %+v", want.Name(), tool)
					continue
				}
				var schema any
				if err := json.Unmarshal(want.Schema(), &schema); err != nil {
					t.Fatal(err)
				}
				if diff := cmp.Diff(schema, tool.InputSchema); diff != "" {
					t.Errorf("schema of %s (-want +got):\n%s", want.Name(), diff)
				}
			}
			if len(got) != len(set.Tools()) {
				t.Errorf("%d tools, want %d", len(got), len(set.Tools()))
			}
		})
	}
}

func TestInitialize(t *testing.T) {
	t.Parallel()
	full := offline(t, tools.WithAllow("tags.list"))
	plain := function(t, nil)
	tests := []struct {
		name         string
		set          *tools.Set
		opts         []mcptools.Option
		server       string
		capabilities string
	}{
		{"default", full, nil, `{"name":"airbyte-agent-connectors","version":"dev"}`, `{"prompts":{},"resources":{},"tools":{}}`},
		{"named", full, []mcptools.Option{nil, mcptools.WithName("desk"), mcptools.WithVersion("1.2.3")}, `{"name":"desk","version":"1.2.3"}`, `{"prompts":{},"resources":{},"tools":{}}`},
		{"tools alone", full, []mcptools.Option{mcptools.WithoutResources(), mcptools.WithoutPrompts()}, `{"name":"airbyte-agent-connectors","version":"dev"}`, `{"tools":{}}`},
		{"a function", plain, nil, `{"name":"airbyte-agent-connectors","version":"dev"}`, `{"tools":{}}`},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			r := startRaw(t, newServer(t, tt.set, tt.opts...))
			var got struct {
				Instructions             string
				ServerInfo, Capabilities json.RawMessage
			}
			raw := r.result(`{"jsonrpc":"2.0","id":0,"method":"initialize","params":{"protocolVersion":"2025-11-25","capabilities":{},"clientInfo":{"name":"raw","version":"1"}}}`)
			if err := json.Unmarshal(raw, &got); err != nil {
				t.Fatal(err)
			}
			if got.Instructions != tt.set.Instructions() {
				t.Errorf("instructions are %q", got.Instructions)
			}
			if string(got.ServerInfo) != tt.server || string(got.Capabilities) != tt.capabilities {
				t.Errorf("server %s with %s, want %s with %s", got.ServerInfo, got.Capabilities, tt.server, tt.capabilities)
			}
		})
	}
}

func TestResources(t *testing.T) {
	t.Parallel()
	set := offline(t, tools.WithPerAction(), tools.WithAllow("tags.*", "teams.get"))
	session := connect(t, newServer(t, set), inMemory, nil)
	var uris []string
	for r, err := range session.Resources(t.Context(), nil) {
		if err != nil {
			t.Fatal(err)
		}
		res, err := session.ReadResource(t.Context(), &mcp.ReadResourceParams{URI: r.URI})
		if err != nil {
			t.Fatal(err)
		}
		content := res.Contents[0]
		if content.MIMEType != r.MIMEType || int64(len(content.Text)) != r.Size || content.URI != r.URI {
			t.Errorf("%s is listed as %s of %d bytes, and read as %s of %d", r.URI, r.MIMEType, r.Size, content.MIMEType, len(content.Text))
		}
		if r.MIMEType == "application/schema+json" && !json.Valid([]byte(content.Text)) {
			t.Errorf("%s is no JSON: %s", r.URI, content.Text)
		}
		uris = append(uris, r.URI)
	}
	want := []string{
		"airbyte://pylon/entities/tags", "airbyte://pylon/entities/tags/schema",
		"airbyte://pylon/entities/teams", "airbyte://pylon/entities/teams/schema",
		"airbyte://pylon/guide",
	}
	if diff := cmp.Diff(want, uris); diff != "" {
		t.Errorf("resources (-want +got):\n%s", diff)
	}
	for _, uri := range []string{"airbyte://pylon/entities/issues", "airbyte://pylon", "file:///etc/hosts"} {
		_, err := session.ReadResource(t.Context(), &mcp.ReadResourceParams{URI: uri})
		if e, ok := errors.AsType[*jsonrpc.Error](err); !ok || !strings.Contains(strings.ToLower(e.Message), "not found") {
			t.Errorf("%s gave %v, want the protocol's not found", uri, err)
		}
	}
}

func TestPrompts(t *testing.T) {
	t.Parallel()
	session := connect(t, newServer(t, offline(t)), inMemory, nil)
	seen := map[string]bool{}
	for p, err := range session.Prompts(t.Context(), nil) {
		if err != nil {
			t.Fatal(err)
		}
		res, err := session.GetPrompt(t.Context(), &mcp.GetPromptParams{Name: p.Name})
		if err != nil {
			t.Fatal(err)
		}
		text, ok := res.Messages[0].Content.(*mcp.TextContent)
		if !ok || len(res.Messages) != 1 || res.Messages[0].Role != "user" || text.Text != p.Title || seen[text.Text] {
			t.Errorf("prompt %s, %q, gave %+v", p.Name, p.Title, res.Messages)
		}
		seen[text.Text] = true
		if len(p.Name) > 64 || strings.Trim(p.Name, "abcdefghijklmnopqrstuvwxyz0123456789_-") != "" {
			t.Errorf("prompt name %q", p.Name)
		}
	}
	if len(seen) < 50 {
		t.Errorf("%d prompts", len(seen))
	}
	if _, err := session.GetPrompt(t.Context(), &mcp.GetPromptParams{Name: "none"}); err == nil {
		t.Error("an unknown prompt was answered")
	}
}
