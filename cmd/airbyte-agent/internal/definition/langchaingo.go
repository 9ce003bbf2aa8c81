package definition

import (
	"bytes"
	"encoding/json"

	"github.com/agentsdk-go/airbyte/tools"
)

// llmTool is langchaingo's llms.Tool, which leaves strict out when it is false.
type llmTool struct {
	Type     string `json:"type"`
	Function struct {
		Name        string         `json:"name"`
		Description string         `json:"description"`
		Parameters  map[string]any `json:"parameters"`
	} `json:"function"`
}

func newLLMTool(t *tools.Tool) (llmTool, error) {
	tool := llmTool{Type: "function"}
	tool.Function.Name = t.Name()
	tool.Function.Description = t.Description()
	// A map is what langchaingo takes: its keys get sorted on the wire.
	dec := json.NewDecoder(bytes.NewReader(t.Schema()))
	dec.UseNumber()
	return tool, dec.Decode(&tool.Function.Parameters)
}
