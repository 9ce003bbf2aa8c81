package tools

import (
	"bytes"
	"encoding/json"
	"fmt"
	"strings"

	"github.com/tidwall/gjson"

	"github.com/agentsdk-go/airbyte/connector"
	"github.com/agentsdk-go/airbyte/internal/envelope"
)

// maxWrapping is how many wrappings around the arguments are opened: a code
// fence in a JSON string under __arg1 is three.
const maxWrapping = 4

// maxArguments is how many arguments a call may have, and how many params an
// execute tool: far beyond any operation, and few enough that a broken or hostile
// model cannot keep the program busy.
const maxArguments = 1000

// decodeArguments returns the JSON object that a model meant. Models and
// frameworks wrap it: langchaingo's functions agent sends {"__arg1": "…"}, some
// models encode twice, some put a code fence around it, some send nothing. Text
// that is no JSON becomes the value of textArgument, if there is one.
func decodeArguments(args json.RawMessage, textArgument string) (json.RawMessage, error) {
	for range maxWrapping {
		args = bytes.TrimSpace(bytes.TrimPrefix(args, []byte("\ufeff")))
		if len(args) == 0 || string(args) == "null" {
			return json.RawMessage("{}"), nil
		}
		if inside, ok := unfence(args); ok {
			args = inside
			continue
		}
		if err := envelope.Valid(args); err != nil {
			inside, ok := fenced(args)
			if !ok {
				return textOr(args, textArgument, err)
			}
			args = inside
			continue
		}
		inside, ok := unwrap(args)
		if !ok {
			break
		}
		args = inside
	}
	if args = bytes.TrimSpace(args); len(args) == 0 {
		return json.RawMessage("{}"), nil
	}
	if args[0] != '{' {
		if textArgument != "" {
			return textOr(args, textArgument, nil)
		}
		return nil, badArguments("arguments must be one JSON object, got %s", describe(args))
	}
	return args, checkNames(args)
}

// checkNames refuses an argument that is given twice, and too many of them.
// Readers of JSON differ in which of two they take, and a check must not look at
// another than the call.
func checkNames(args []byte) error {
	seen := map[string]bool{}
	var err error
	gjson.ParseBytes(args).ForEach(func(key, _ gjson.Result) bool {
		switch name := key.String(); {
		case seen[name]:
			err = badArguments("argument %s is given twice", quote(name))
		case len(seen) == maxArguments:
			err = badArguments("there are more than %d arguments", maxArguments)
		default:
			seen[name] = true
		}
		return err == nil
	})
	return err
}

// textOr makes an object of a bare text where the tool takes one; else it is
// the error for text that is no JSON. What looks like an object that broke is
// not taken for a text.
func textOr(args []byte, textArgument string, broken error) (json.RawMessage, error) {
	if textArgument == "" || args[0] == '{' {
		return nil, badArguments("arguments are not valid JSON: %v", broken)
	}
	return envelope.Encode(map[string]string{textArgument: string(args)}), nil
}

// unfence takes a Markdown code fence off.
func unfence(args []byte) ([]byte, bool) {
	if !bytes.HasPrefix(args, []byte("```")) {
		return nil, false
	}
	_, inside, found := bytes.Cut(args, []byte("\n"))
	if !found { // the whole fence on one line
		inside = bytes.TrimPrefix(bytes.TrimPrefix(args, []byte("```")), []byte("json"))
	}
	return bytes.TrimSuffix(bytes.TrimSpace(inside), []byte("```")), true
}

// fenced takes the JSON out of the one code fence in a text around it.
func fenced(args []byte) ([]byte, bool) {
	_, rest, found := bytes.Cut(args, []byte("```"))
	inside, _, closed := bytes.Cut(rest, []byte("```"))
	if !found || !closed {
		return nil, false
	}
	inside = bytes.TrimSpace(bytes.TrimPrefix(inside, []byte("json")))
	return inside, envelope.Valid(inside) == nil
}

// unwrap opens a JSON string and an object whose only member is __arg1.
func unwrap(args []byte) ([]byte, bool) {
	parsed := gjson.ParseBytes(args)
	if parsed.Type == gjson.String {
		return []byte(parsed.String()), true
	}
	if !parsed.IsObject() || !bytes.Contains(args, []byte("__arg1")) {
		return nil, false
	}
	members := parsed.Map()
	inside, ok := members["__arg1"]
	if !ok || len(members) != 1 {
		return nil, false
	}
	return []byte(inside.Raw), true
}

func badArguments(format string, args ...any) error {
	return &connector.Error{
		Kind:    connector.KindValidation,
		Op:      "read arguments",
		Message: fmt.Sprintf(format, args...),
		Hint:    "send one JSON object that follows the tool's schema",
	}
}

// describe says what kind of JSON value args is.
func describe(args []byte) string {
	switch c := args[0]; {
	case c == '[':
		return "an array"
	case c == '"':
		return "a string"
	case c == 't' || c == 'f':
		return "a boolean"
	case strings.IndexByte("-0123456789", c) >= 0:
		return "a number"
	default:
		return "null"
	}
}
