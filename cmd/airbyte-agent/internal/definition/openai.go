package definition

import (
	"encoding/json"

	"github.com/agentsdk-go/airbyte/tools"
)

// chatTool is a tool of Chat Completions, its members in the order in which
// openai-go writes them.
type chatTool struct {
	Function struct {
		Name        string          `json:"name"`
		Strict      bool            `json:"strict"`
		Description string          `json:"description"`
		Parameters  json.RawMessage `json:"parameters"`
	} `json:"function"`
	Type string `json:"type"`
}

func newChatTool(t *tools.Tool) (chatTool, error) {
	tool := chatTool{Type: "function"}
	tool.Function.Name = t.Name()
	tool.Function.Description = t.Description()
	tool.Function.Parameters = t.Schema()
	return tool, nil
}

// responseTool is a tool of the Responses API, likewise.
type responseTool struct {
	Strict      bool            `json:"strict"`
	Parameters  json.RawMessage `json:"parameters"`
	Name        string          `json:"name"`
	Description string          `json:"description"`
	Type        string          `json:"type"`
}

func newResponseTool(t *tools.Tool) (responseTool, error) {
	return responseTool{Parameters: t.Schema(), Name: t.Name(), Description: t.Description(), Type: "function"}, nil
}
