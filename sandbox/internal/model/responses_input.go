package model

import (
	"encoding/json"
	"slices"
)

// maxResponsesCallID is the longest call_id of the Responses API.
const maxResponsesCallID = 64

// inputItem is one element of a list input.
type inputItem struct {
	Type      string          `json:"type"`
	Role      string          `json:"role"`
	Content   json.RawMessage `json:"content"`
	CallID    string          `json:"call_id"`
	Name      string          `json:"name"`
	Arguments string          `json:"arguments"`
	Output    json.RawMessage `json:"output"`
}

// turns reads the input after the earlier turns and checks that calls and
// outputs belong together, in whatever order the outputs come.
func (r responsesRequest) turns(earlier []turn, tools []tool) ([]turn, error) {
	turns := slices.Clone(earlier)
	var text string
	if json.Unmarshal(r.Input, &text) == nil {
		turns = append(turns, turn{Role: roleUser, Text: text})
		return turns, checkOutputs(turns)
	}
	var items []inputItem
	if err := json.Unmarshal(r.Input, &items); err != nil {
		return nil, refuse("input", "invalid_type", "input must be a string or a list of items: %v", err)
	}
	for i, item := range items {
		t, keep, err := item.turn(at("input[%d]", i), tools)
		if err != nil {
			return nil, err
		}
		if keep {
			turns = append(turns, t)
		}
	}
	return turns, checkOutputs(turns)
}

// turn reads an item. Reasoning is accepted and left out: there is none here to
// go on with.
func (item inputItem) turn(param string, tools []tool) (t turn, keep bool, err error) {
	switch item.Type {
	case "", "message":
		t, err = item.message(param)
		return t, true, err
	case "function_call":
		t, err = item.call(param, tools)
		return t, true, err
	case "function_call_output":
		t, err = item.output(param)
		return t, true, err
	case "reasoning":
		return turn{}, false, nil
	}
	return turn{}, false, refuse(param+".type", "invalid_value", "%s.type is %q, which the scripted model does not read", param, item.Type)
}

func (item inputItem) message(param string) (turn, error) {
	roles := map[string]role{"user": roleUser, "assistant": roleAssistant, "system": roleSystem, "developer": roleSystem}
	who, ok := roles[item.Role]
	if !ok {
		return turn{}, refuse(param+".role", "invalid_value",
			"%s.role is %q; it must be user, assistant, system or developer", param, item.Role)
	}
	text, present, err := readContent(item.Content, param+".content")
	if err == nil && !present {
		err = refuse(param+".content", "missing_required_parameter", "%s.content is required", param)
	}
	return turn{Role: who, Text: text}, err
}

func (item inputItem) call(param string, tools []tool) (turn, error) {
	if err := checkCallID(item.CallID, param); err != nil {
		return turn{}, err
	}
	if err := checkName(item.Name, param+".name"); err != nil {
		return turn{}, err
	}
	made := call{ID: item.CallID, Name: item.Name, Arguments: item.Arguments}
	return turn{Role: roleAssistant, Calls: []call{made}}, checkArguments(made, tools, param+".arguments")
}

func (item inputItem) output(param string) (turn, error) {
	if err := checkCallID(item.CallID, param); err != nil {
		return turn{}, err
	}
	text, present, err := readContent(item.Output, param+".output")
	if err == nil && !present {
		err = refuse(param+".output", "missing_required_parameter", "%s.output is required", param)
	}
	return turn{Role: roleTool, CallID: item.CallID, Text: text}, err
}

func checkCallID(id, param string) error {
	switch {
	case id == "":
		return refuse(param+".call_id", "missing_required_parameter", "%s.call_id is required", param)
	case runes(id) > maxResponsesCallID:
		return refuse(param+".call_id", "string_above_max_length",
			"%s.call_id is %d characters long; the maximum is %d", param, runes(id), maxResponsesCallID)
	}
	return nil
}

// checkOutputs pairs calls and outputs over the whole history.
func checkOutputs(turns []turn) error {
	open := map[string]bool{}
	for _, t := range turns {
		for _, made := range t.Calls {
			open[made.ID] = true
		}
		if t.Role != roleTool {
			continue
		}
		if !open[t.CallID] {
			return refuse("input", "", "there is no function call for the output with call_id %q", t.CallID)
		}
		delete(open, t.CallID)
	}
	for _, t := range turns {
		for _, made := range t.Calls {
			if open[made.ID] {
				return refuse("input", "", "there is no output for the function call with call_id %q", made.ID)
			}
		}
	}
	return nil
}
