package model

import (
	"encoding/json"
	"fmt"
	"regexp"
)

// The limits of the real service.
const (
	maxTools       = 128
	maxDescription = 1024 // characters
)

// toolNames is the service's own pattern, as it tells it; toolName is the part of
// it that is quick to compile.
const (
	toolNames   = `^[a-zA-Z0-9_-]{1,64}$`
	maxToolName = 64
)

var toolName = regexp.MustCompile(`^[a-zA-Z0-9_-]+$`)

// function is a function definition of either protocol.
type function struct {
	Name        string          `json:"name"`
	Description string          `json:"description"`
	Parameters  json.RawMessage `json:"parameters"`
	Strict      *bool           `json:"strict"`
}

// accept checks the definitions and returns them as tools. Path gives the place
// of the definition at an index, for the error's param.
func accept(functions []function, path func(int) string) ([]tool, error) {
	tools := make([]tool, 0, len(functions))
	for i, f := range functions {
		if err := f.check(path(i)); err != nil {
			return nil, err
		}
		tools = append(tools, newTool(f.Name, f.Description, f.Parameters))
	}
	return tools, nil
}

func checkCount(n int, param string) error {
	if n > maxTools {
		return refuse(param, "array_above_max_length", "%s holds %d tools; the maximum is %d", param, n, maxTools)
	}
	return nil
}

func (f function) check(path string) error {
	if err := checkName(f.Name, path+".name"); err != nil {
		return err
	}
	if n := runes(f.Description); n > maxDescription {
		return refuse(path+".description", "string_above_max_length",
			"%s.description is %d characters long; the maximum is %d", path, n, maxDescription)
	}
	if reason := checkSchema(f.Parameters, f.Strict != nil && *f.Strict); reason != "" {
		return refuse(path+".parameters", "invalid_function_parameters",
			"the schema of function %q is not valid: %s", f.Name, reason)
	}
	return nil
}

func checkName(name, param string) error {
	switch {
	case name == "":
		return refuse(param, "missing_required_parameter", "%s is required", param)
	case runes(name) > 64:
		return refuse(param, "string_above_max_length", "%s is %d characters long; the maximum is 64", param, runes(name))
	case len(name) > maxToolName, !toolName.MatchString(name):
		return refuse(param, "invalid_value", "%s is %q; it must match %s", param, name, toolNames)
	}
	return nil
}

// absent reports a member that is missing or null.
func absent(raw json.RawMessage) bool { return len(raw) == 0 || string(raw) == "null" }

// checkChoice reads tool_choice, a word or an object that names a function.
func checkChoice(raw json.RawMessage, nameOf func(json.RawMessage) (string, error), tools []tool) (choice, error) {
	if absent(raw) {
		return choice{mode: choiceAuto}, nil
	}
	var word string
	if json.Unmarshal(raw, &word) != nil {
		return namedChoice(raw, nameOf, tools)
	}
	switch word {
	case choiceAuto, choiceNone, choiceRequired:
	default:
		return choice{}, refuse("tool_choice", "invalid_value",
			"tool_choice is %q; it must be none, auto, required or an object naming a function", word)
	}
	if len(tools) == 0 && word == choiceRequired {
		return choice{}, refuse("tool_choice", "", "tool_choice is required, but there are no tools")
	}
	return choice{mode: word}, nil
}

func namedChoice(raw json.RawMessage, nameOf func(json.RawMessage) (string, error), tools []tool) (choice, error) {
	name, err := nameOf(raw)
	if err != nil {
		return choice{}, err
	}
	for _, t := range tools {
		if t.Name == name {
			return choice{mode: choiceNamed, name: name}, nil
		}
	}
	return choice{}, refuse("tool_choice", "invalid_value", "tool_choice names %q, which is not among the tools", name)
}

// checkArguments wants JSON in the history. The one-string tools of langchaingo
// replay the bare string; see the package comment.
func checkArguments(made call, tools []tool, param string) error {
	if json.Valid([]byte(made.Arguments)) {
		return nil
	}
	for _, t := range tools {
		if t.Name == made.Name && t.wrapped() {
			return nil
		}
	}
	return refuse(param, "invalid_json", "%s of the call to %q is not valid JSON", param, made.Name)
}

func at(format string, index ...any) string { return fmt.Sprintf(format, index...) }
