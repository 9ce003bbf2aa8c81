package mcp

import (
	"cmp"
	"slices"

	"github.com/modelcontextprotocol/go-sdk/mcp"

	"github.com/agentsdk-go/airbyte/tools"
)

// NewServer returns a server of the set: its tools, instructions for the model, a
// resource for each entity that the tools can call and one for the whole guidance,
// and a prompt for each question that the connector names as an example.
//
// The instructions are the set's where they have at most MaxInstructions bytes,
// else the rules and the names of the entities; the guidance as a resource is
// always the set's. WithInstructions replaces them.
//
// The lists never change, and the server says so; a tool that a program adds is
// listed, but sessions that are open are not told. The same server can have any
// number of sessions. Errors match connector.ErrConfig: no set, or an option's
// wrong value.
func NewServer(s *tools.Set, opts ...Option) (*mcp.Server, error) {
	if s == nil {
		return nil, configError("NewServer got no set")
	}
	cfg, err := newConfig(opts)
	if err != nil {
		return nil, err
	}
	sources, err := sourcesOf(s)
	if err != nil {
		return nil, err
	}
	known, questions := entitiesOf(s), []question(nil)
	capabilities := &mcp.ServerCapabilities{Tools: &mcp.ToolCapabilities{}}
	if cfg.resources = cfg.resources && (len(known) > 0 || slices.ContainsFunc(sources, source.hasGuide)); cfg.resources {
		capabilities.Resources = &mcp.ResourceCapabilities{}
	}
	if cfg.prompts {
		questions = questionsOf(known)
	}
	if len(questions) > 0 {
		capabilities.Prompts = &mcp.PromptCapabilities{}
	}
	server := mcp.NewServer(&mcp.Implementation{Name: cfg.name, Version: cfg.version}, &mcp.ServerOptions{
		Instructions: cmp.Or(cfg.instructions, instructionsOf(s, sources, cfg.resources)),
		Logger:       cfg.logger,
		Capabilities: capabilities,
	})
	addTools(server, caller{set: s, logger: cfg.logger, structured: cfg.structured})
	server.AddReceivingMiddleware(boundNames)
	if cfg.resources {
		addGuides(server, sources)
		addResources(server, known)
	}
	addPrompts(server, questions)
	return server, nil
}
