package tools

import (
	"bytes"
	"encoding/json"
	"errors"
	"strconv"
	"strings"

	validator "github.com/santhosh-tekuri/jsonschema/v6"
	"github.com/santhosh-tekuri/jsonschema/v6/kind"

	"github.com/agentsdk-go/airbyte/connector"
)

// validate checks arguments against the schema.
func (s *inputSchema) validate(args json.RawMessage) error {
	instance, err := validator.UnmarshalJSON(bytes.NewReader(args))
	if err != nil {
		return badArguments("arguments are not valid JSON: %v", err)
	}
	if err := (&inspection{}).look(instance); err != nil {
		return err
	}
	err = s.compiled.Validate(instance)
	if err == nil {
		return nil
	}
	return &connector.Error{
		Kind: connector.KindValidation, Op: "read arguments", Err: err,
		Message: "arguments do not fit: " + strings.Join(schemaProblems(err), "; "),
		Hint:    "correct the arguments and call again",
	}
}

// maxDigits bounds a number's digits and its exponent. No type of Go that is a
// number holds more, and the validator writes all digits of a number out.
const maxDigits = 400

// maxValues is how many values there may be in one call's arguments, at any depth.
const maxValues = 100_000

// inspection counts the values of a call before the validator spends time on them.
type inspection struct{ values int }

// look is an error for arguments that are too much to work with.
func (in *inspection) look(value any) error {
	if in.values++; in.values > maxValues {
		return badArguments("the arguments hold more than %d values", maxValues)
	}
	switch v := value.(type) {
	case json.Number:
		if !workable(v.String()) {
			return badArguments("the number %s is out of range", clip(v.String(), 60))
		}
	case []any:
		for _, element := range v {
			if err := in.look(element); err != nil {
				return err
			}
		}
	case map[string]any:
		for _, member := range v {
			if err := in.look(member); err != nil {
				return err
			}
		}
	}
	return nil
}

func workable(number string) bool {
	if len(number) > maxDigits {
		return false
	}
	at := strings.IndexAny(number, "eE")
	if at < 0 {
		return true
	}
	exponent, err := strconv.Atoi(number[at+1:])
	return err == nil && -maxDigits <= exponent && exponent <= maxDigits
}

// schemaProblems lists what a validator found, each with the property it is about.
func schemaProblems(err error) []string {
	ve, ok := errors.AsType[*validator.ValidationError](err)
	if !ok {
		return []string{err.Error()}
	}
	return appendProblems(nil, ve)
}

// appendProblems appends what e and its causes tell, at most maxProblems in all.
func appendProblems(problems []string, e *validator.ValidationError) []string {
	if len(problems) >= maxProblems {
		return problems
	}
	switch e.ErrorKind.(type) {
	case *kind.Schema, *kind.Group, *kind.Reference: // say no more than that their causes do
	default:
		problems = append(problems, problemText(e))
	}
	for _, cause := range e.Causes {
		problems = appendProblems(problems, cause)
	}
	return problems
}

func problemText(e *validator.ValidationError) string {
	alone := *e
	alone.Causes = nil
	unit := alone.BasicOutput()
	text := clip(unit.Error.String(), maxMessage)
	if at := strings.ReplaceAll(strings.TrimPrefix(unit.InstanceLocation, "/"), "/", "."); at != "" {
		text = at + ": " + text
	}
	return text
}
