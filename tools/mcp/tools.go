package mcp

import (
	"log/slog"
	"strings"

	"github.com/modelcontextprotocol/go-sdk/mcp"

	"github.com/agentsdk-go/airbyte/connector"
	"github.com/agentsdk-go/airbyte/tools"
)

// AddTools adds the set's tools to server, with their schemas as they are. A nil
// set has none. The SDK lists tools by name, which is the same order in every
// process.
//
// A failure of a call, an unknown tool among them, is a result with isError that
// the model reads; see the package comment. A name that neither the set nor
// server knows is answered with the names of the set: to serve several sets,
// tools.Join them. What a result does not tell the model is not logged; NewServer
// has WithLogger for that.
func AddTools(server *mcp.Server, s *tools.Set) {
	addTools(server, s, slog.New(slog.DiscardHandler))
}

func addTools(server *mcp.Server, s *tools.Set, logger *slog.Logger) {
	c := caller{set: s, logger: logger}
	for _, t := range s.Tools() {
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
		Annotations: annotations(title, t.Effect()),
	}
}

// annotations tells a client what a call may do, so that it knows when to ask its
// user. The hints are always sent: what the protocol assumes of an absent one is
// not the same for each of them. Reads alone are safe to repeat, and every tool
// reaches a service outside.
func annotations(title string, effect connector.Effect) *mcp.ToolAnnotations {
	destructive, openWorld := effect == connector.Destroy, true
	return &mcp.ToolAnnotations{
		Title:           title,
		ReadOnlyHint:    effect == connector.Read,
		DestructiveHint: &destructive,
		IdempotentHint:  effect == connector.Read,
		OpenWorldHint:   &openWorld,
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
