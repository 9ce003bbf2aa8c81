package model

import (
	"maps"
	"slices"
	"strings"
)

// maxCallID is the longest tool call identifier of Chat Completions.
const maxCallID = 40

// turns checks the messages one by one and as a sequence: every call is answered
// by the messages right after it, and every answer has its call.
func (r chatRequest) turns(tools []tool) ([]turn, error) {
	turns := make([]turn, 0, len(r.Messages))
	open := map[string]bool{}
	for i, m := range r.Messages {
		t, err := m.turn(at("messages[%d]", i), tools)
		if err != nil {
			return nil, err
		}
		if err := follows(t, open, i); err != nil {
			return nil, err
		}
		for _, made := range t.Calls {
			if made.ID != "" {
				open[made.ID] = true
			}
		}
		turns = append(turns, t)
	}
	return turns, unanswered(open, len(r.Messages))
}

// follows checks a message against the calls that are still open.
func follows(t turn, open map[string]bool, i int) error {
	if t.Role != roleTool || t.CallID == "" {
		return unanswered(open, i)
	}
	if !open[t.CallID] {
		return refuse(at("messages[%d].tool_call_id", i), "",
			"messages[%d] answers the tool call %q, which no assistant message before it makes", i, t.CallID)
	}
	delete(open, t.CallID)
	return nil
}

func unanswered(open map[string]bool, before int) error {
	if len(open) == 0 {
		return nil
	}
	ids := strings.Join(slices.Sorted(maps.Keys(open)), ", ")
	return refuse("messages", "", "tool calls without a tool message right after them, before messages[%d]: %s", before, ids)
}

func (m chatMessage) turn(param string, tools []tool) (turn, error) {
	text, present, err := readContent(m.Content, param+".content")
	if err != nil {
		return turn{}, err
	}
	t := turn{Role: chatRoles[m.Role], Text: text, CallID: m.ToolCallID, Name: m.Name}
	if err := m.checkRole(param); err != nil {
		return turn{}, err
	}
	if m.Role == "assistant" {
		if t.Calls, err = m.calls(param, tools); err != nil {
			return turn{}, err
		}
		present = present || len(t.Calls) > 0 || m.Refusal != ""
	}
	if !present {
		return turn{}, refuse(param+".content", "invalid_type", "%s.content is required for the role %s", param, m.Role)
	}
	return t, nil
}

var chatRoles = map[string]role{
	"system": roleSystem, "developer": roleSystem, "user": roleUser,
	"assistant": roleAssistant, "tool": roleTool, "function": roleTool,
}

// checkRole checks the role and the members that only one role has.
func (m chatMessage) checkRole(param string) error {
	switch {
	case chatRoles[m.Role] == "":
		return refuse(param+".role", "invalid_value",
			"%s.role is %q; it must be system, developer, user, assistant, tool or function", param, m.Role)
	case m.Role == "tool" && m.ToolCallID == "":
		return refuse(param+".tool_call_id", "missing_required_parameter", "%s.tool_call_id is required for the role tool", param)
	case m.Role == "function":
		return checkName(m.Name, param+".name")
	case m.Role != "assistant" && len(m.ToolCalls) > 0:
		return refuse(param+".tool_calls", "", "%s.tool_calls is allowed for the role assistant only", param)
	}
	return nil
}

// calls reads the calls of an assistant message, of either protocol.
func (m chatMessage) calls(param string, tools []tool) ([]call, error) {
	var calls []call
	for i, c := range m.ToolCalls {
		place := at("%s.tool_calls[%d]", param, i)
		if err := c.check(place); err != nil {
			return nil, err
		}
		made := call{ID: c.ID, Name: c.Function.Name, Arguments: c.Function.Arguments}
		if err := checkArguments(made, tools, place+".function.arguments"); err != nil {
			return nil, err
		}
		calls = append(calls, made)
	}
	if m.FunctionCall != nil {
		made := call{Name: m.FunctionCall.Name, Arguments: m.FunctionCall.Arguments}
		if err := checkName(made.Name, param+".function_call.name"); err != nil {
			return nil, err
		}
		if err := checkArguments(made, tools, param+".function_call.arguments"); err != nil {
			return nil, err
		}
		calls = append(calls, made)
	}
	return calls, nil
}

func (c chatToolCall) check(place string) error {
	switch {
	case c.ID == "":
		return refuse(place+".id", "missing_required_parameter", "%s.id is required", place)
	case runes(c.ID) > maxCallID:
		return refuse(place+".id", "string_above_max_length",
			"%s.id is %d characters long; the maximum is %d", place, runes(c.ID), maxCallID)
	case c.Type != "function":
		return refuse(place+".type", "invalid_value", "%s.type is %q; it must be function", place, c.Type)
	}
	return checkName(c.Function.Name, place+".function.name")
}
