package failure

import (
	"errors"
	"fmt"
	"regexp"
	"strings"

	"github.com/agentsdk-go/airbyte/connector"
)

// Invalid is wrong input that is about no single parameter. Exit 4.
func Invalid(format string, args ...any) *Error {
	return &Error{Type: "validation_error", Message: fmt.Sprintf(format, args...), Exit: ExitInput}
}

// InvalidOption is an option of the library that was refused: a flag with a wrong
// value. Exit 4.
func InvalidOption(err error) *Error {
	text := strings.TrimSuffix(err.Error(), ": "+connector.ErrConfig.Error())
	text = strings.TrimPrefix(strings.TrimPrefix(text, "tools: "), "mcp: ")
	return Invalid("%s", optionValue.ReplaceAllString(inTheseWords(text), "$1 $2: "))
}

// optionValue is a flag with its value as the packages write them: as a call.
var optionValue = regexp.MustCompile(`^(--[a-z-]+)\("?(.*?)"?\): `)

// InvalidFields is wrong parameters: what is wrong with each. Exit 4.
func InvalidFields(fields map[string]string, hint string) *Error {
	return &Error{Type: "validation_error", Fields: fields, Hint: hint, Exit: ExitInput}
}

// Input is a file or a JSON text that cannot be read. Exit 4.
func Input(format string, args ...any) *Error {
	return &Error{Type: "input_error", Message: fmt.Sprintf(format, args...), Exit: ExitInput}
}

// NotFound is something that does not exist. Exit 3.
func NotFound(format string, args ...any) *Error {
	return &Error{Type: "not_found", Message: fmt.Sprintf(format, args...), Exit: ExitNotFound}
}

// NotSupported is something that exists but cannot be done here. Exit 3.
func NotSupported(format string, args ...any) *Error {
	return &Error{Type: "not_supported", Message: fmt.Sprintf(format, args...), Exit: ExitNotFound}
}

// Auth is missing or refused credentials. Exit 2.
func Auth(format string, args ...any) *Error {
	return &Error{Type: "auth_error", Message: fmt.Sprintf(format, args...), StatusCode: 401, Exit: ExitAuth}
}

// General is any other failure. Exit 1.
func General(format string, args ...any) *Error {
	return &Error{Type: "error", Message: fmt.Sprintf(format, args...), Exit: ExitGeneral}
}

// Interrupted is a command that the user stopped. Exit 130. The cause is what the
// command says itself, nil when it says nothing: of a write that was sent it says
// that the outcome is not known.
func Interrupted(cause error) *Error {
	e := &Error{Type: "interrupted", Message: "interrupted", Exit: ExitInterrupted, Err: cause}
	if errors.Is(cause, connector.ErrUnknownOutcome) {
		e.Hint = "a change had been sent and may have been carried out: look before you repeat it"
	}
	return e
}
