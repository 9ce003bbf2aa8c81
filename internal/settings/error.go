package settings

import (
	"fmt"

	"github.com/agentsdk-go/airbyte/internal/fault"
)

// Error is a wrong or missing setting. It matches fault.ErrConfig and shows
// no value of a credential.
type Error struct {
	cause error
}

// Error says what is wrong and what to set.
func (e *Error) Error() string { return e.cause.Error() }

// Unwrap returns the cause and the kind.
func (e *Error) Unwrap() []error { return []error{e.cause, fault.ErrConfig} }

func configError(format string, args ...any) error {
	return &Error{cause: fmt.Errorf(format, args...)}
}
