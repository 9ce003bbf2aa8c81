package mcp

import (
	"log/slog"
	"strings"

	"github.com/modelcontextprotocol/go-sdk/mcp"

	"github.com/agentsdk-go/airbyte/tools"
)

// AddTools adds the set's tools to server, with their schemas as they are. A nil
// set has none. The SDK lists tools by name, which is the same order in every
// process, and a tool that server already has under the same name is replaced
// without a word.
//
// A failure of a call, an unknown tool among them, is a result with isError that
// the model reads; see the package comment. A name that neither the set nor
// server knows is answered with the names of the set: to serve several sets,
// tools.Join them. What a result does not tell the model is not logged; NewServer
// has WithLogger for that.
func AddTools(server *mcp.Server, s *tools.Set) {
	addTools(server, caller{set: s, logger: slog.New(slog.DiscardHandler), structured: true})
}

func addTools(server *mcp.Server, c caller) {
	for _, t := range c.set.Tools() {
		server.AddTool(definition(t), c.call)
	}
	server.AddReceivingMiddleware(c.answerUnknown)
}

// definition is a tool as MCP describes it.
func definition(t *tools.Tool) *mcp.Tool {
	title := title(t.Name())
	return &mcp.Tool{
		Name:        t.Name(),
		Title:       title,
		Description: t.Description(),
		InputSchema: t.Schema(),
		Annotations: annotations(title, t),
	}
}

// title is a tool's name as people read it.
func title(name string) string {
	words := strings.Join(strings.FieldsFunc(name, func(r rune) bool { return r == '_' || r == '-' }), " ")
	if words == "" {
		return name
	}
	return strings.ToUpper(words[:1]) + words[1:]
}
