package mcp

import (
	"github.com/modelcontextprotocol/go-sdk/mcp"

	"github.com/agentsdk-go/airbyte/tools"
)

// NewServer returns a server of the set: its tools, its Instructions as the
// server's, a resource for each entity that they can call, and a prompt for each
// question that the connector names as an example.
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
	known := entitiesOf(s)
	capabilities := &mcp.ServerCapabilities{Tools: &mcp.ToolCapabilities{}}
	if cfg.resources = cfg.resources && len(known) > 0; cfg.resources {
		capabilities.Resources = &mcp.ResourceCapabilities{}
	}
	questions := questionsOf(known)
	if cfg.prompts = cfg.prompts && len(questions) > 0; cfg.prompts {
		capabilities.Prompts = &mcp.PromptCapabilities{}
	}
	server := mcp.NewServer(&mcp.Implementation{Name: cfg.name, Version: cfg.version}, &mcp.ServerOptions{
		Instructions: s.Instructions(),
		Logger:       cfg.logger,
		Capabilities: capabilities,
	})
	addTools(server, s, cfg.logger)
	if cfg.resources {
		addResources(server, known)
	}
	if cfg.prompts {
		addPrompts(server, questions)
	}
	return server, nil
}
