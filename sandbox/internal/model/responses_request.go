package model

import "encoding/json"

// responsesRequest is the body of POST /v1/responses, as far as the scripted
// model reads it. What the reply echoes is kept as it came.
type responsesRequest struct {
	Model              string            `json:"model"`
	Input              json.RawMessage   `json:"input"`
	Instructions       json.RawMessage   `json:"instructions"`
	PreviousResponseID *string           `json:"previous_response_id"`
	Store              *bool             `json:"store"`
	Stream             bool              `json:"stream"`
	Tools              []json.RawMessage `json:"tools"`
	ToolChoice         json.RawMessage   `json:"tool_choice"`
	ParallelToolCalls  *bool             `json:"parallel_tool_calls"`
	Metadata           json.RawMessage   `json:"metadata"`
	Temperature        json.RawMessage   `json:"temperature"`
	TopP               json.RawMessage   `json:"top_p"`
	MaxOutputTokens    json.RawMessage   `json:"max_output_tokens"`
	MaxToolCalls       json.RawMessage   `json:"max_tool_calls"`
	Background         bool              `json:"background"`
	Conversation       json.RawMessage   `json:"conversation"`
}

func (r responsesRequest) parallel() bool { return r.ParallelToolCalls == nil || *r.ParallelToolCalls }

func (r responsesRequest) stored() bool { return r.Store == nil || *r.Store }

// conversation checks the request and turns it into the common form. The kept
// turns are those that a later previous_response_id brings back: instructions
// hold for one response only.
func (r responsesRequest) conversation(past *history) (conv conversation, kept []turn, err error) {
	if err := r.check(); err != nil {
		return conversation{}, nil, err
	}
	tools, err := r.tools()
	if err != nil {
		return conversation{}, nil, err
	}
	chosen, err := checkChoice(r.ToolChoice, responsesChoiceName, tools)
	if err != nil {
		return conversation{}, nil, err
	}
	earlier, err := r.earlier(past)
	if err != nil {
		return conversation{}, nil, err
	}
	kept, err = r.turns(earlier, tools)
	if err != nil {
		return conversation{}, nil, err
	}
	turns := kept
	instructions, given, err := readContent(r.Instructions, "instructions")
	if err != nil {
		return conversation{}, nil, err
	}
	if given {
		turns = append([]turn{{Role: roleSystem, Text: instructions}}, kept...)
	}
	return conversation{tools: tools, choice: chosen, parallel: r.parallel(), turns: turns}, kept, nil
}

func (r responsesRequest) check() error {
	switch {
	case r.Model == "":
		return refuse("model", "missing_required_parameter", "model is required; this endpoint accepts any name")
	case absent(r.Input):
		return refuse("input", "missing_required_parameter", "input is required")
	case r.Background:
		return refuse("background", "unsupported_value", "background responses are not served here")
	case !absent(r.Conversation):
		return refuse("conversation", "unsupported_value", "conversations are not served here; use previous_response_id")
	}
	return checkCount(len(r.Tools), "tools")
}

func (r responsesRequest) tools() ([]tool, error) {
	functions := make([]function, len(r.Tools))
	for i, raw := range r.Tools {
		var defined struct {
			Type string `json:"type"`
			function
		}
		if err := json.Unmarshal(raw, &defined); err != nil {
			return nil, refuse(at("tools[%d]", i), "invalid_type", "tools[%d] is not a definition: %v", i, err)
		}
		if defined.Type != "function" {
			return nil, refuse(at("tools[%d].type", i), "invalid_value",
				"tools[%d].type is %q; the scripted model calls functions only", i, defined.Type)
		}
		functions[i] = defined.function
	}
	return accept(functions, func(i int) string { return at("tools[%d]", i) })
}

func responsesChoiceName(raw json.RawMessage) (string, error) {
	var named struct {
		Type string `json:"type"`
		Name string `json:"name"`
	}
	if json.Unmarshal(raw, &named) != nil || named.Type != "function" || named.Name == "" {
		return "", refuse("tool_choice", "invalid_value",
			`tool_choice must be none, auto, required or {"type":"function","name":"..."}`)
	}
	return named.Name, nil
}

// earlier returns the turns of the previous response.
func (r responsesRequest) earlier(past *history) ([]turn, error) {
	if r.PreviousResponseID == nil {
		return nil, nil
	}
	turns, ok := past.load(*r.PreviousResponseID)
	if !ok {
		return nil, refuse("previous_response_id", "previous_response_not_found",
			"no response %q is stored; it may be too old, or was made with store false", *r.PreviousResponseID)
	}
	return turns, nil
}
