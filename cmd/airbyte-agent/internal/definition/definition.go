package definition

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"github.com/agentsdk-go/airbyte/connector"
	"github.com/agentsdk-go/airbyte/tools"
)

// The frameworks whose definitions For makes.
const (
	OpenAI          = "openai"           // the tools array of Chat Completions
	OpenAIResponses = "openai-responses" // the tools array of the Responses API
	LangChainGo     = "langchaingo"      // the slice for llms.WithTools
	MCP             = "mcp"              // the tools of a tools/list result
)

// Frameworks returns the names that For takes.
func Frameworks() []string { return []string{OpenAI, OpenAIResponses, LangChainGo, MCP} }

// Known tells if For takes the framework.
func Known(framework string) bool { return slices.Contains(Frameworks(), framework) }

// For returns the definitions of the set's tools as the framework's own types
// are marshalled: compact JSON, the same bytes in every run. An unknown
// framework is an error that matches connector.ErrConfig.
func For(ctx context.Context, framework string, set *tools.Set) (json.RawMessage, error) {
	switch framework {
	case OpenAI:
		return list(framework, set, newChatTool)
	case OpenAIResponses:
		return list(framework, set, newResponseTool)
	case LangChainGo:
		return list(framework, set, newLLMTool)
	case MCP:
		return listTools(ctx, set)
	default:
		return nil, fmt.Errorf("definition: framework %q is none of %s: %w",
			framework, strings.Join(Frameworks(), ", "), connector.ErrConfig)
	}
}

// list marshals what define makes of each tool.
func list[T any](framework string, set *tools.Set, define func(*tools.Tool) (T, error)) (json.RawMessage, error) {
	all := []T{}
	for _, t := range set.Tools() {
		one, err := define(t)
		if err != nil {
			return nil, fmt.Errorf("definition: tool %s for %s: %w", t.Name(), framework, err)
		}
		all = append(all, one)
	}
	// The libraries escape <, > and & as this does.
	out, err := json.Marshal(all)
	if err != nil {
		return nil, fmt.Errorf("definition: write the tools for %s: %w", framework, err)
	}
	return out, nil
}
