package create

import (
	"encoding/json"
	"errors"
	"fmt"
	"strings"

	"github.com/agentsdk-go/airbyte/cmd/airbyte-agent/internal/failure"
)

// unreadable is an answer that is not what the API documents.
func unreadable(op, message string) error { return failure.General("%s: %s", op, message) }

// misshapen says what the decoder found wrong with a JSON document. Its own words
// name types of Go, and values that may be secret.
func misshapen(err error) string {
	e, ok := errors.AsType[*json.UnmarshalTypeError](err)
	if !ok {
		return "is not valid JSON"
	}
	kind, _, _ := strings.Cut(e.Value, " ") // "number 7" without the value
	if e.Field == "" {
		return "is of JSON type " + kind + ", not an object"
	}
	return fmt.Sprintf("holds a value of JSON type %s at %q, where another type belongs", kind, e.Field)
}
