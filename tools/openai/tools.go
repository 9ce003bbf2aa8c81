package openai

import (
	"encoding/json"

	"github.com/openai/openai-go/v3"
	"github.com/openai/openai-go/v3/responses"

	"github.com/agentsdk-go/airbyte/tools"
)

// ChatTools returns the definitions of the set's tools for
// [openai.ChatCompletionNewParams.Tools], in the set's order; none for a nil
// set.
//
// The schema goes over the wire with the key order of [tools.Tool.Schema], the
// same in every process, so that the provider's prompt cache holds. To that end
// the bytes travel as an extra field, which wins over Parameters when the
// definition is marshalled: Parameters is filled for reading, and a change to it
// does not reach the model. Strict is sent as false, because the open params
// object of a connector tool cannot be expressed in a strict schema.
func ChatTools(s *tools.Set) []openai.ChatCompletionToolUnionParam {
	list := s.Tools()
	defs := make([]openai.ChatCompletionToolUnionParam, 0, len(list))
	for _, t := range list {
		def := openai.FunctionDefinitionParam{
			Name:        t.Name(),
			Description: openai.String(t.Description()),
			Strict:      openai.Bool(false),
			Parameters:  readable(t.Schema()),
		}
		def.SetExtraFields(map[string]any{"parameters": t.Schema()})
		defs = append(defs, openai.ChatCompletionFunctionTool(def))
	}
	return defs
}

// ResponseTools returns the definitions of the set's tools for
// [responses.ResponseNewParams.Tools], in the set's order. What [ChatTools] says
// of Parameters and Strict holds here as well; Strict matters even more, since
// the Responses API tries strict mode when the field is missing.
func ResponseTools(s *tools.Set) []responses.ToolUnionParam {
	list := s.Tools()
	defs := make([]responses.ToolUnionParam, 0, len(list))
	for _, t := range list {
		def := &responses.FunctionToolParam{
			Name:        t.Name(),
			Description: openai.String(t.Description()),
			Strict:      openai.Bool(false),
			Parameters:  readable(t.Schema()),
		}
		def.SetExtraFields(map[string]any{"parameters": t.Schema()})
		defs = append(defs, responses.ToolUnionParam{OfFunction: def})
	}
	return defs
}

// readable is the schema as openai-go's own field holds it. A Set accepts only
// JSON objects as schemas, so the map is nil for none of its tools.
func readable(schema json.RawMessage) map[string]any {
	var fields map[string]any
	if err := json.Unmarshal(schema, &fields); err != nil {
		return nil
	}
	return fields
}
