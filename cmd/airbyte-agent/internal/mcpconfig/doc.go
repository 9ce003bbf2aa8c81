// Package mcpconfig is the command mcp config: what to put into the settings of
// an assistant, such as Claude or Cursor, so that it starts this program as an
// MCP server.
//
// The form of each file is the assistant's own, as its documentation has it in
// 2026: https://modelcontextprotocol.io/docs/develop/connect-local-servers for
// Claude Desktop, https://code.claude.com/docs/en/mcp for Claude Code,
// https://cursor.com/docs/context/mcp for Cursor, and
// https://code.visualstudio.com/docs/copilot/reference/mcp-configuration.
package mcpconfig
