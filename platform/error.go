package platform

import (
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"strings"
	"time"

	"github.com/agentsdk-go/airbyte/internal/fault"
	"github.com/agentsdk-go/airbyte/internal/httpx"
)

// Kind classifies a failure by what can be done about it.
type Kind = fault.Kind

// The kinds.
const (
	KindConfig         = fault.Config
	KindAuth           = fault.Auth
	KindPermission     = fault.Permission
	KindNotFound       = fault.NotFound
	KindValidation     = fault.Validation
	KindRateLimited    = fault.RateLimited
	KindUnavailable    = fault.Unavailable
	KindUnknownOutcome = fault.UnknownOutcome
	KindCanceled       = fault.Canceled
)

// The sentinels that errors.Is matches an [Error] with, by its kind. A
// canceled call matches context.Canceled or context.DeadlineExceeded.
var (
	ErrConfig         = fault.ErrConfig
	ErrAuth           = fault.ErrAuth
	ErrPermission     = fault.ErrPermission
	ErrNotFound       = fault.ErrNotFound
	ErrValidation     = fault.ErrValidation
	ErrRateLimited    = fault.ErrRateLimited
	ErrUnavailable    = fault.ErrUnavailable
	ErrUnknownOutcome = fault.ErrUnknownOutcome // matches ErrUnavailable too
)

// ErrCredentials says that the program's own Airbyte client credentials were
// refused. An error that matches it matches [ErrAuth] too; every other refusal,
// such as of an expired token or by the connector's service, matches ErrAuth
// alone.
var ErrCredentials = errors.New("airbyte client credentials refused")

// Error is a failed call. None of its texts holds a secret, also when the
// server repeated one.
type Error struct {
	Kind       Kind          // decides which sentinel errors.Is matches
	Op         string        // what was attempted: "execute", "list workspaces", …
	Status     int           // HTTP status; 0 when no answer came
	RetryAfter time.Duration // what the server asked for; 0 when it did not
	Message    string        // what happened, the server's words included
	Hint       string        // what to do about it; may be empty
	Fields     []FieldError  // what the server said about single fields

	// Detail is the server's whole answer where that is JSON of at most 32 KiB,
	// nil otherwise.
	Detail json.RawMessage

	Err error // the cause; may be nil when the status is the cause
}

// FieldError is what the server said about one field of a request.
type FieldError struct {
	Field   string // "" when it is about the whole request
	Code    string // the server's own, such as "value_error"
	Message string
}

// Error returns "platform: op: message (HTTP status); hint".
func (e *Error) Error() string {
	var b strings.Builder
	b.WriteString("platform: " + e.Op + ": " + e.Message)
	if e.Status != 0 {
		fmt.Fprintf(&b, " (HTTP %d)", e.Status)
	}
	if e.Hint != "" {
		b.WriteString("; " + e.Hint)
	}
	return b.String()
}

// Unwrap returns the cause.
func (e *Error) Unwrap() error { return e.Err }

// Is reports whether target is the sentinel of the error's kind.
func (e *Error) Is(target error) bool { return e.Kind.Matches(target) }

func configError(err error) *Error {
	return &Error{Kind: KindConfig, Op: "new", Message: err.Error(), Err: err}
}

func invalid(op, format string, args ...any) *Error {
	return &Error{Kind: KindValidation, Op: op, Message: fmt.Sprintf(format, args...)}
}

// failed turns a failure of the transport into an Error of op.
func (c *Client) failed(op string, err error) *Error {
	if done, ok := errors.AsType[*Error](err); ok {
		return done
	}
	sent, ok := errors.AsType[*httpx.Error](err)
	if !ok {
		return &Error{Kind: KindUnavailable, Op: op, Message: err.Error(), Err: err}
	}
	e := &Error{
		Kind:       sent.Kind,
		Op:         op,
		Status:     sent.Status,
		RetryAfter: sent.RetryAfter,
		Message:    sent.Message,
		Detail:     sent.Detail,
		Err:        sent.Err,
	}
	for _, f := range sent.Fields {
		e.Fields = append(e.Fields, FieldError(f))
	}
	if isManyOrganizations(e) {
		return wrongOrganization(e, "these credentials belong to several organizations: name one with WithOrganization or AIRBYTE_ORGANIZATION_ID")
	}
	e.Hint = c.hint(e)
	return e
}

// wrongOrganization makes e an error that only the program can mend. It goes on
// matching ErrValidation, which its status stands for.
func wrongOrganization(e *Error, hint string) *Error {
	e.Kind, e.Err, e.Hint = KindConfig, ErrValidation, hint
	return e
}

// hint says what to do about a failure, where that is known.
func (c *Client) hint(e *Error) string {
	switch {
	case errors.Is(e.Err, httpx.ErrTooLarge):
		return "ask for fewer records or fields, or raise WithMaxResponseBytes"
	case e.Kind == KindUnknownOutcome:
		return "the request may have been carried out: look before you repeat it"
	case e.Kind == KindAuth && c.creds.Token != "":
		return "the token given with WithToken was refused: it may have expired"
	case e.Kind == KindAuth:
		return "a fresh token was refused too: check the client id and secret"
	case e.Kind == KindPermission:
		return "check the organization and workspace, and that they have an Airbyte Agents subscription"
	case e.Kind == KindRateLimited && e.RetryAfter > 0:
		return "try again in " + e.RetryAfter.String()
	case e.Kind == KindRateLimited:
		return "call less often, and try again later"
	case e.Status >= http.StatusMultipleChoices && e.Status < http.StatusBadRequest:
		return "check the base url"
	}
	return ""
}

// isManyOrganizations recognises the server's refusal to choose between
// organizations. It has no code of its own, only these words.
func isManyOrganizations(e *Error) bool {
	return e.Status == http.StatusBadRequest &&
		strings.Contains(strings.ToLower(e.Message), "specify target organization")
}
