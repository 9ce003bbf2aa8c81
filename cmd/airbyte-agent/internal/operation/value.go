package operation

import (
	"encoding/json"
	"regexp"
	"strings"

	"github.com/agentsdk-go/airbyte/internal/envelope"
)

// value is the flag of a parameter. It keeps what was typed; check says later
// if it fits, so that all wrong parameters are told at once.
type value struct {
	param Param
	typed []string // one for each time that the flag was given
}

// String returns what was typed, for pflag.
func (v *value) String() string { return strings.Join(v.typed, ",") }

// Set takes what was typed. All but an array hold the last value.
func (v *value) Set(text string) error {
	if v.param.Type != Array {
		v.typed = v.typed[:0]
	}
	v.typed = append(v.typed, text)
	return nil
}

// Choices returns the legal values, for package completion.
func (v *value) Choices() []string { return v.param.Enum }

// Type names the value in the help text.
func (v *value) Type() string {
	switch v.param.Type {
	case Boolean:
		return "bool"
	case Integer:
		return "int"
	case Array:
		return "strings"
	case Object:
		return "JSON object"
	}
	return string(v.param.Type)
}

// jsonNumber is the syntax of a number in JSON.
var jsonNumber = regexp.MustCompile(`^-?(0|[1-9][0-9]*)(\.[0-9]+)?([eE][+-]?[0-9]+)?$`)

// raw returns what was typed as JSON of the parameter's type, and what is wrong
// with it otherwise. read resolves @file for objects and secrets.
func (v *value) raw(read func(string) ([]byte, error)) (raw json.RawMessage, problem string, err error) {
	text := ""
	if len(v.typed) > 0 {
		text = v.typed[len(v.typed)-1]
	}
	switch v.param.Type {
	case Boolean:
		return boolean(text)
	case Integer, Number:
		if jsonNumber.MatchString(text) {
			return json.RawMessage(text), "", nil
		}
		return nil, "expected " + string(v.param.Type), nil
	case Array:
		return v.array(), "", nil
	case Object:
		return v.object(text, read)
	}
	if v.param.Secret {
		return v.secret(text, read)
	}
	return envelope.Encode(text), "", nil
}

func boolean(text string) (raw json.RawMessage, problem string, err error) {
	switch strings.ToLower(text) {
	case "true", "1", "t", "yes", "on":
		return json.RawMessage("true"), "", nil
	case "false", "0", "f", "no", "off":
		return json.RawMessage("false"), "", nil
	}
	return nil, "expected boolean", nil
}

// array splits at commas, as repeating the flag does.
func (v *value) array() json.RawMessage {
	list := []string{}
	for _, text := range v.typed {
		for part := range strings.SplitSeq(text, ",") {
			if part = strings.TrimSpace(part); part != "" {
				list = append(list, part)
			}
		}
	}
	return envelope.Encode(list)
}

// object is a JSON object on the command line or in a file.
func (v *value) object(text string, read func(string) ([]byte, error)) (raw json.RawMessage, problem string, err error) {
	content := []byte(text)
	if isReference(text) {
		if content, err = read(text); err != nil {
			return nil, "", err
		}
	} else if v.param.Secret {
		return nil, SecretTyped, nil
	}
	if content, err = document(content); err != nil || !isObject(content) {
		return nil, "expected object", nil //nolint:nilerr // told as the parameter's problem
	}
	return content, "", nil
}

// SecretTyped is the problem of a secret in plain sight.
const SecretTyped = "a secret must not be typed here, where the list of processes shows it: give @file, or - for standard input"

func (v *value) secret(text string, read func(string) ([]byte, error)) (raw json.RawMessage, problem string, err error) {
	if !isReference(text) {
		return nil, SecretTyped, nil
	}
	content, err := read(text)
	if err != nil {
		return nil, "", err
	}
	return envelope.Encode(strings.TrimSpace(string(content))), "", nil
}
