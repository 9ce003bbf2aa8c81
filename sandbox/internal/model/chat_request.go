package model

import (
	"encoding/json"
)

// chatRequest is the body of POST /v1/chat/completions, as far as the scripted
// model reads it. Sampling settings are accepted and have no effect.
type chatRequest struct {
	Model    string        `json:"model"`
	Messages []chatMessage `json:"messages"`
	N        *int          `json:"n"`
	Stream   bool          `json:"stream"`

	StreamOptions *struct {
		IncludeUsage bool `json:"include_usage"`
	} `json:"stream_options"`

	Tools             json.RawMessage `json:"tools"`
	ToolChoice        json.RawMessage `json:"tool_choice"`
	ParallelToolCalls *bool           `json:"parallel_tool_calls"`

	// The deprecated predecessors of tools, which old clients still send.
	Functions    json.RawMessage `json:"functions"`
	FunctionCall json.RawMessage `json:"function_call"`
}

type chatMessage struct {
	Role         string          `json:"role"`
	Content      json.RawMessage `json:"content"`
	Refusal      string          `json:"refusal"`
	Name         string          `json:"name"`
	ToolCalls    []chatToolCall  `json:"tool_calls"`
	ToolCallID   string          `json:"tool_call_id"`
	FunctionCall *chatFunction   `json:"function_call"`
}

type chatToolCall struct {
	ID       string       `json:"id"`
	Type     string       `json:"type"`
	Function chatFunction `json:"function"`
}

type chatFunction struct {
	Name      string `json:"name"`
	Arguments string `json:"arguments"`
}

// legacy reports whether the request speaks the deprecated functions protocol.
func (r chatRequest) legacy() bool { return !absent(r.Functions) }

// conversation checks the request and turns it into the common form.
func (r chatRequest) conversation() (conversation, error) {
	if err := r.check(); err != nil {
		return conversation{}, err
	}
	tools, err := r.tools()
	if err != nil {
		return conversation{}, err
	}
	choose, nameOf := r.ToolChoice, chatChoiceName
	if r.legacy() {
		choose, nameOf = r.FunctionCall, functionChoiceName
	}
	chosen, err := checkChoice(choose, nameOf, tools)
	if err != nil {
		return conversation{}, err
	}
	turns, err := r.turns(tools)
	if err != nil {
		return conversation{}, err
	}
	parallel := !r.legacy() && (r.ParallelToolCalls == nil || *r.ParallelToolCalls)
	return conversation{tools: tools, choice: chosen, parallel: parallel, turns: turns}, nil
}

func (r chatRequest) check() error {
	switch {
	case r.Model == "":
		return refuse("model", "missing_required_parameter", "model is required; this endpoint accepts any name")
	case r.Messages == nil:
		return refuse("messages", "missing_required_parameter", "messages is required")
	case len(r.Messages) == 0:
		return refuse("messages", "empty_array", "messages is empty; it needs at least one message")
	case r.N != nil && *r.N != 1:
		return refuse("n", "unsupported_value", "n is %d; the scripted model gives one choice", *r.N)
	case r.StreamOptions != nil && !r.Stream:
		return refuse("stream_options", "", "stream_options is allowed only where stream is true")
	}
	return r.checkCombination()
}

// checkCombination refuses members that mean nothing without another.
func (r chatRequest) checkCombination() error {
	switch {
	case absent(r.Tools) && !absent(r.ToolChoice):
		return refuse("tool_choice", "", "tool_choice is allowed only where tools are given")
	case absent(r.Tools) && r.ParallelToolCalls != nil:
		return refuse("parallel_tool_calls", "", "parallel_tool_calls is allowed only where tools are given")
	case absent(r.Functions) && !absent(r.FunctionCall):
		return refuse("function_call", "", "function_call is allowed only where functions are given")
	case !absent(r.Tools) && !absent(r.Functions):
		return refuse("functions", "", "give either tools or the deprecated functions, not both")
	}
	return nil
}

// tools reads the definitions of either field.
func (r chatRequest) tools() ([]tool, error) {
	if r.legacy() {
		var functions []function
		if err := decodeTools(r.Functions, "functions", &functions); err != nil {
			return nil, err
		}
		if err := checkList(functions, "functions"); err != nil {
			return nil, err
		}
		return accept(functions, func(i int) string { return at("functions[%d]", i) })
	}
	var defined []struct {
		Type     string   `json:"type"`
		Function function `json:"function"`
	}
	if err := decodeTools(r.Tools, "tools", &defined); err != nil || absent(r.Tools) {
		return nil, err
	}
	if err := checkList(defined, "tools"); err != nil {
		return nil, err
	}
	functions := make([]function, len(defined))
	for i, d := range defined {
		if d.Type != "function" {
			return nil, refuse(at("tools[%d].type", i), "invalid_value",
				"tools[%d].type is %q; the scripted model calls functions only", i, d.Type)
		}
		functions[i] = d.Function
	}
	return accept(functions, func(i int) string { return at("tools[%d].function", i) })
}

func decodeTools(raw json.RawMessage, param string, into any) error {
	if absent(raw) {
		return nil
	}
	if err := json.Unmarshal(raw, into); err != nil {
		return refuse(param, "invalid_type", "%s is not a list of definitions: %v", param, err)
	}
	return nil
}

func checkList[T any](list []T, param string) error {
	if len(list) == 0 {
		return refuse(param, "empty_array", "%s is empty; leave it out instead", param)
	}
	return checkCount(len(list), param)
}

func chatChoiceName(raw json.RawMessage) (string, error) {
	var named struct {
		Type     string `json:"type"`
		Function struct {
			Name string `json:"name"`
		} `json:"function"`
	}
	if json.Unmarshal(raw, &named) != nil || named.Type != "function" || named.Function.Name == "" {
		return "", refuse("tool_choice", "invalid_value",
			`tool_choice must be none, auto, required or {"type":"function","function":{"name":"..."}}`)
	}
	return named.Function.Name, nil
}

func functionChoiceName(raw json.RawMessage) (string, error) {
	var named chatFunction
	if json.Unmarshal(raw, &named) != nil || named.Name == "" {
		return "", refuse("function_call", "invalid_value", `function_call must be none, auto or {"name":"..."}`)
	}
	return named.Name, nil
}
