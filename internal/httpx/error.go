package httpx

import (
	"errors"
	"time"

	"github.com/agentsdk-go/airbyte/internal/fault"
)

// ErrTooLarge is wrapped by the error of an answer beyond the size limit.
var ErrTooLarge = errors.New("answer too large")

// Error is a failed call. No text of it, nor of the errors it wraps, holds a
// value that the client's Secrets know.
type Error struct {
	Kind       fault.Kind
	Status     int           // 0 when no answer came
	RetryAfter time.Duration // what the server asked for; 0 when it did not
	Message    string        // what happened, the server's words included
	Fields     []Field       // what the server said about single fields
	Detail     []byte        // the server's answer, JSON without secrets; nil when it is none
	Attempts   int           // how often the request was sent or tried
	Err        error         // the cause; nil when the status is the cause

	retry bool
}

// Field is what the server said about one field of the request.
type Field struct {
	Field   string
	Code    string
	Message string
}

// Error returns the message.
func (e *Error) Error() string { return e.Message }

// Unwrap returns the cause.
func (e *Error) Unwrap() error { return e.Err }

// Is reports whether target is the sentinel of the error's kind.
func (e *Error) Is(target error) bool { return e.Kind.Matches(target) }
