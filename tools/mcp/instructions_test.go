package mcp_test

import (
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/modelcontextprotocol/go-sdk/mcp"

	"github.com/agentsdk-go/airbyte/internal/golden"
	"github.com/agentsdk-go/airbyte/sandbox"
	"github.com/agentsdk-go/airbyte/tools"
	mcptools "github.com/agentsdk-go/airbyte/tools/mcp"
)

// What a client puts before the model is short enough not to be cut, and all of
// the guidance can be read.
func TestInstructions(t *testing.T) {
	t.Parallel()
	box := sandbox.Test(t)
	direct, hosted := offline(t), newPylon(t, box)
	for name, tt := range map[string]struct {
		set  *tools.Set
		opts []mcptools.Option
	}{
		"hosted":            {hosted, nil},
		"hosted_read_only":  {newPylon(t, box, tools.WithReadOnly()), nil},
		"direct":            {direct, nil},
		"direct_per_action": {offline(t, tools.WithPerAction()), nil},
		"alone":             {direct, []mcptools.Option{mcptools.WithoutResources()}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			session := connect(t, newServer(t, tt.set, tt.opts...), inMemory, nil)
			text := session.InitializeResult().Instructions
			golden.Check(t, "instructions/"+name+".md", text+"\n")
			if len(text) > mcptools.MaxInstructions || !utf8.ValidString(text) {
				t.Errorf("the instructions have %d bytes", len(text))
			}
			if len(tt.opts) > 0 {
				return
			}
			res, err := session.ReadResource(t.Context(), &mcp.ReadResourceParams{URI: "airbyte://pylon/guide"})
			if err != nil {
				t.Fatal(err)
			}
			if guide := res.Contents[0]; guide.Text != tt.set.Instructions() || guide.MIMEType != "text/markdown" {
				t.Errorf("the guide is %s of %d bytes, want the set's of %d", guide.MIMEType, len(guide.Text), len(tt.set.Instructions()))
			}
		})
	}
}

// Tools of several connectors share the room, and each has its guide.
func TestInstructionsOfSeveral(t *testing.T) {
	t.Parallel()
	shop := foreignSet(t)
	set, err := tools.Join(offline(t), shop, function(t, ran))
	if err != nil {
		t.Fatal(err)
	}
	session := connect(t, newServer(t, set), inMemory, nil)
	text := session.InitializeResult().Instructions
	for _, want := range []string{"Pylon: call pylon_execute", "Corner Shop: call ", "Entities of Pylon: issues, ", " more\n", "Entities of Corner Shop: Open Orders", "airbyte://corner-shop/guide"} {
		if !strings.Contains(text, want) {
			t.Errorf("the instructions lack %q:\n%s", want, text)
		}
	}
	if len(text) > mcptools.MaxInstructions {
		t.Errorf("the instructions have %d bytes", len(text))
	}
	res, err := session.ReadResource(t.Context(), &mcp.ReadResourceParams{URI: "airbyte://corner-shop/guide"})
	if err != nil || res.Contents[0].Text != shop.Instructions() {
		t.Errorf("the guide is %+v, %v", res, err)
	}
}
