package fault

import "time"

// Error is a failure of the packages that call a service directly. The public
// packages make their own error types of it.
type Error struct {
	Kind       Kind
	Status     int           // HTTP status, 0 when there was no answer
	RetryAfter time.Duration // how long the service asks to wait, 0 when it does not say
	Message    string        // what failed, lower case, without secrets
	Hint       string        // what to do about it, "" when the message says it
	Allowed    []string      // the legal values where one was not
	DidYouMean string        // the legal value nearest to the one given
	Err        error         // the cause, nil when there is none
}

// Error returns the message and the hint.
func (e *Error) Error() string {
	if e.Hint == "" {
		return e.Message
	}
	return e.Message + "; " + e.Hint
}

// Unwrap returns the cause.
func (e *Error) Unwrap() error { return e.Err }

// Is reports whether target is the sentinel of the error's kind.
func (e *Error) Is(target error) bool { return e.Kind.Matches(target) }
