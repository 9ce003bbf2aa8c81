package mcpconfig

import (
	"encoding/json"

	"github.com/agentsdk-go/airbyte/internal/envelope"
)

// client is an assistant and the form of its configuration.
type client struct {
	name  string // of --client
	title string
	file  string // where it keeps its servers

	servers string              // the member that holds them
	typed   bool                // a server says its transport
	secret  func(string) string // how a value refers to an environment variable
	prompts bool                // values refer to inputs that it asks the user for
}

// clients in the order in which the help names them.
var clients = []client{
	{
		name: "claude-desktop", title: "Claude Desktop", servers: "mcpServers",
		file: "claude_desktop_config.json, in ~/Library/Application Support/Claude on macOS, in %APPDATA%\\Claude on Windows",
		// It expands nothing, and does not have the environment of a shell.
		secret: func(variable string) string { return "put your " + variable + " here" },
	},
	{
		name: "claude-code", title: "Claude Code", servers: "mcpServers", typed: true,
		file:   ".mcp.json in the project",
		secret: func(variable string) string { return "${" + variable + "}" },
	},
	{
		name: "cursor", title: "Cursor", servers: "mcpServers",
		file:   "~/.cursor/mcp.json, or .cursor/mcp.json in the project",
		secret: func(variable string) string { return "${env:" + variable + "}" },
	},
	{
		name: "vscode", title: "VS Code", servers: "servers", typed: true,
		file:    ".vscode/mcp.json in the workspace",
		secret:  func(variable string) string { return "${input:" + variable + "}" },
		prompts: true,
	},
}

// server is how the assistant starts this program.
type server struct {
	name    string
	command string
	args    []string
	secrets []string // environment variables that it must have
}

type serverJSON struct {
	Type    string            `json:"type,omitempty"`
	Command string            `json:"command"`
	Args    []string          `json:"args"`
	Env     map[string]string `json:"env,omitempty"`
}

type inputJSON struct {
	Type        string `json:"type"`
	ID          string `json:"id"`
	Description string `json:"description"`
	Password    bool   `json:"password"`
}

// config is the file of the assistant with this one server in it.
func (c client) config(s server) (json.RawMessage, error) {
	entry := serverJSON{Command: s.command, Args: s.args}
	if c.typed {
		entry.Type = "stdio"
	}
	for _, variable := range s.secrets {
		if entry.Env == nil {
			entry.Env = map[string]string{}
		}
		entry.Env[variable] = c.secret(variable)
	}
	file := map[string]any{c.servers: map[string]any{s.name: entry}}
	if inputs := c.inputs(s); len(inputs) > 0 {
		file["inputs"] = inputs
	}
	return envelope.Marshal(file)
}

func (c client) inputs(s server) []inputJSON {
	if !c.prompts {
		return nil
	}
	var all []inputJSON
	for _, variable := range s.secrets {
		all = append(all, inputJSON{Type: "promptString", ID: variable, Description: variable, Password: true})
	}
	return all
}
