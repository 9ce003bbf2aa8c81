package connector

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/agentsdk-go/airbyte/internal/fault"
	"github.com/agentsdk-go/airbyte/platform"
)

// Kind classifies a failure by what can be done about it.
type Kind = fault.Kind

// The kinds of failure. Each has a sentinel that errors.Is matches, but for
// KindCanceled, which matches context.Canceled or context.DeadlineExceeded.
const (
	KindConfig         = fault.Config         // the program is set up wrongly
	KindAuth           = fault.Auth           // credentials were refused
	KindPermission     = fault.Permission     // credentials lack a right
	KindNotFound       = fault.NotFound       // no such thing
	KindAmbiguous      = fault.Ambiguous      // several things match
	KindValidation     = fault.Validation     // the call is wrong
	KindRateLimited    = fault.RateLimited    // too many calls
	KindUnavailable    = fault.Unavailable    // the service cannot answer now
	KindUnsupported    = fault.Unsupported    // this connector cannot do that
	KindUnknownOutcome = fault.UnknownOutcome // a write was sent and its answer lost
	KindCanceled       = fault.Canceled       // the caller's context ended first
)

// The sentinels of the kinds, for errors.Is. ErrUnknownOutcome matches
// ErrUnavailable too.
var (
	ErrConfig         = fault.ErrConfig
	ErrAuth           = fault.ErrAuth
	ErrPermission     = fault.ErrPermission
	ErrNotFound       = fault.ErrNotFound
	ErrAmbiguous      = fault.ErrAmbiguous
	ErrValidation     = fault.ErrValidation
	ErrRateLimited    = fault.ErrRateLimited
	ErrUnavailable    = fault.ErrUnavailable
	ErrUnsupported    = fault.ErrUnsupported
	ErrUnknownOutcome = fault.ErrUnknownOutcome
)

// Error is every failure of this package. No text in it holds a secret.
type Error struct {
	Kind       Kind          // decides which sentinel errors.Is matches
	Op         string        // what was tried, such as "execute", or "connect" with the names it was given
	Entity     string        // "" when no operation was named
	Action     string        // "" when no operation was named
	Status     int           // HTTP status, 0 when there was no answer
	RetryAfter time.Duration // how long the service asks to wait, 0 when it does not say
	Message    string        // what failed, lower case
	Hint       string        // what to do about it, "" when the message says it
	Allowed    []string      // the legal values where one was not, in their usual order
	DidYouMean string        // the legal value nearest to the one given, "" when none is near
	Signature  string        // how the operation is called, such as issues.get(id: string)
	Err        error         // the cause, nil when there is none
}

// Error returns one line: what was tried, what failed, what to do.
func (e *Error) Error() string {
	var b strings.Builder
	b.WriteString(e.Op)
	if e.Entity != "" {
		fmt.Fprintf(&b, " %s.%s", e.Entity, e.Action)
	}
	b.WriteString(": ")
	b.WriteString(e.Message)
	if e.Status != 0 {
		fmt.Fprintf(&b, " (HTTP %d)", e.Status)
	}
	if e.DidYouMean != "" {
		fmt.Fprintf(&b, "; did you mean %q?", e.DidYouMean)
	}
	if e.Hint != "" {
		b.WriteString("; ")
		b.WriteString(e.Hint)
	}
	if e.Signature != "" {
		b.WriteString("; call it as ")
		b.WriteString(e.Signature)
	}
	return b.String()
}

// Unwrap returns the cause.
func (e *Error) Unwrap() error { return e.Err }

// Is reports whether target is the sentinel of e's kind.
func (e *Error) Is(target error) bool { return e.Kind.Matches(target) }

// call names what was tried, for the errors of it.
type call struct{ op, entity, action string }

// fail makes an error of c.
func (c call) fail(kind Kind, format string, args ...any) *Error {
	return &Error{Kind: kind, Op: c.op, Entity: c.entity, Action: c.action, Message: fmt.Sprintf(format, args...)}
}

// wrap makes an error of c out of what a layer below returned.
func (c call) wrap(err error) error {
	if e, ok := c.wrapFault(err); ok {
		return e
	}
	pe, ok := errors.AsType[*platform.Error](err)
	if !ok {
		kind := KindUnavailable
		if errors.Is(err, context.Canceled) || errors.Is(err, context.DeadlineExceeded) {
			kind = KindCanceled
		}
		e := c.fail(kind, "%v", err)
		e.Err = err
		return e
	}
	e := c.fail(pe.Kind, "%s", pe.Message)
	e.Status, e.RetryAfter, e.Hint, e.Err = pe.Status, pe.RetryAfter, pe.Hint, err
	return e
}
