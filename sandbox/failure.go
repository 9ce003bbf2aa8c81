package sandbox

import (
	"errors"
	"fmt"
	"net/http"

	"github.com/agentsdk-go/airbyte/sandbox/internal/pylon"
)

// failure is an answer that is not a success. It is an error so that handlers
// can return it from any depth.
type failure struct {
	status int
	header http.Header
	body   any
}

func (f *failure) Error() string { return fmt.Sprintf("answered %d", f.status) }

// errorBody is the service's ApiErrorResponse.
type errorBody struct {
	Message string       `json:"message"`
	Errors  []errorEntry `json:"errors"`
}

type errorEntry struct {
	Field     *string        `json:"field"`
	Message   *string        `json:"message"`
	ErrorCode *string        `json:"error_code"`
	Details   map[string]any `json:"details"`
}

// detailBody is what the service's web framework answers by itself: a string
// for 403, a list of problems for 422.
type detailBody struct {
	Detail any `json:"detail"`
}

// refuse makes a failure. 403 comes as a detail string, everything else as an
// ApiErrorResponse, as the service does it.
func refuse(status int, format string, args ...any) *failure {
	message := fmt.Sprintf(format, args...)
	switch status {
	case http.StatusForbidden:
		return &failure{status: status, body: detailBody{message}}
	case http.StatusUnauthorized:
		return &failure{
			status: status,
			header: http.Header{"Www-Authenticate": {"Bearer"}},
			body:   errorBody{Message: message, Errors: []errorEntry{}},
		}
	}
	return &failure{status: status, body: errorBody{Message: message, Errors: []errorEntry{}}}
}

// problem is one entry of a 422 detail list.
type problem struct {
	Type string `json:"type"`
	Loc  []any  `json:"loc"`
	Msg  string `json:"msg"`
}

func unprocessable(problems ...problem) *failure {
	return &failure{status: http.StatusUnprocessableEntity, body: detailBody{problems}}
}

// failureOf turns what a handler returned into an answer.
func failureOf(err error) *failure {
	if f, ok := errors.AsType[*failure](err); ok {
		return f
	}
	if upstream, ok := errors.AsType[*pylon.Error](err); ok {
		return upstreamFailure(upstream)
	}
	return refuse(http.StatusInternalServerError, "the sandbox failed: %v", err)
}

// upstreamFailure passes the connected service's status on and puts its own
// code where a client finds it.
func upstreamFailure(e *pylon.Error) *failure {
	entry := errorEntry{Message: &e.Message}
	if e.Code != "" {
		entry.ErrorCode = &e.Code
	}
	if e.ExistsID != "" {
		entry.Details = map[string]any{"exists_id": e.ExistsID}
	}
	return &failure{status: e.Status, body: errorBody{Message: e.Message, Errors: []errorEntry{entry}}}
}
