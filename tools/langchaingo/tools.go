package langchaingo

import (
	"bytes"
	"encoding/json"
	"fmt"

	"github.com/tmc/langchaingo/llms"
	lctools "github.com/tmc/langchaingo/tools"

	"github.com/agentsdk-go/airbyte/tools"
)

// Tools returns the tools of s for any langchaingo agent, in the order of s;
// none for a nil set. They are safe for concurrent use.
//
// A failed call comes back as text for the model with a nil error, because the
// executor aborts the whole run on a Go error. A Go error is left for what only
// the program can mend, such as a cancelled context.
//
// The stock agents send one string instead of the schema, so Description ends
// with the JSON shape that the tool expects, within 1,024 characters;
// [ToolsWith] takes another budget. The string may hold a code fence, and steps
// of the text protocol that the model invented after the JSON. Plain text, which
// a tool with one string argument takes, loses only a last line that begins with
// "Observation:". [NewAgent] sends the real schema and is the better choice where
// the model supports tools.
func Tools(s *tools.Set) []lctools.Tool { return ToolsWith(s) }

// ToolsWith is [Tools] with options: [WithCallbacks] and [WithDescriptionBudget].
func ToolsWith(s *tools.Set, opts ...Option) []lctools.Tool {
	cfg := newConfig(opts)
	list := s.Tools()
	out := make([]lctools.Tool, len(list))
	for i, t := range list {
		out[i] = tool{tool: t, description: describe(t, cfg.descriptionBudget), callbacks: cfg.callbacks}
	}
	return out
}

// LLMTools returns the tools of s as definitions for llms.WithTools, with their
// real schemas and in the order of s; none for a nil set. Parameters is a
// map[string]any, the only type that llms/googleai takes, and every number in
// it a json.Number, so that limits keep their digits. Strict is false: the
// params of a connector's execute tool are open, which strict mode forbids.
func LLMTools(s *tools.Set) []llms.Tool {
	list := s.Tools()
	out := make([]llms.Tool, len(list))
	for i, t := range list {
		out[i] = llms.Tool{Type: "function", Function: &llms.FunctionDefinition{
			Name:        t.Name(),
			Description: t.Description(),
			Parameters:  parameters(t),
		}}
	}
	return out
}

func parameters(t *tools.Tool) map[string]any {
	dec := json.NewDecoder(bytes.NewReader(t.Schema()))
	dec.UseNumber()
	var schema map[string]any
	if err := dec.Decode(&schema); err != nil {
		// A set checks its schemas when it is built, so only a bug in tools
		// comes here.
		panic(fmt.Sprintf("langchaingo: schema of tool %s is not a JSON object: %v", t.Name(), err))
	}
	// llms/googleai refuses a root object without properties.
	if _, ok := schema["properties"]; !ok {
		schema["properties"] = map[string]any{}
	}
	return schema
}
