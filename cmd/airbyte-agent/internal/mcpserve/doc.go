// Package mcpserve is the command mcp: it serves connectors over the Model
// Context Protocol, and asks a server over HTTP if it is alive.
package mcpserve
