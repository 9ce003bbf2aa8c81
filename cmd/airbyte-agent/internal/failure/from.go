package failure

import (
	"context"
	"errors"
	"io"
	"math"
	"net"
	"net/http"
	"time"

	"github.com/agentsdk-go/airbyte/connector"
	"github.com/agentsdk-go/airbyte/internal/httpx"
	"github.com/agentsdk-go/airbyte/internal/settings"
	"github.com/agentsdk-go/airbyte/platform"
)

// From returns err as a failure: one of this package as it is, one of the
// library by its HTTP status and kind, any other as type "error".
func From(err error) *Error {
	if e, ok := errors.AsType[*Error](err); ok {
		return e
	}
	if errors.Is(err, context.Canceled) {
		return Interrupted(err)
	}
	if errors.Is(err, settings.ErrNone) {
		return noCredentials()
	}
	if e, ok := errors.AsType[*connector.Error](err); ok {
		return fromConnector(e)
	}
	if e, ok := errors.AsType[*platform.Error](err); ok {
		return fromPlatform(e)
	}
	out := General("%s", inTheseWords(err.Error()))
	if errors.Is(err, connector.ErrConfig) {
		out.Type, out.Exit = "config_error", ExitAuth
	}
	out.Err = err
	return out
}

func noCredentials() *Error {
	return Auth("no credentials configured").WithHint("run airbyte-agent login, or set " + settings.EnvClientID + " and " +
		settings.EnvClientSecret + "; airbyte-agent sandbox gives some to try with")
}

func fromPlatform(e *platform.Error) *Error {
	out := classify(e, e.Kind, e.Status, e.RetryAfter)
	out.Message, out.Hint = sentence(e.Op, inTheseWords(e.Message)), inTheseWords(e.Hint)
	out.takeAnswer(e)
	return out
}

// takeAnswer takes over what the platform answered.
func (e *Error) takeAnswer(from *platform.Error) {
	e.Detail = from.Detail
	for _, f := range from.Fields {
		if f.Field == "" {
			continue
		}
		if e.Fields == nil {
			e.Fields = map[string]string{}
		}
		e.Fields[f.Field] = f.Message
	}
}

func fromConnector(e *connector.Error) *Error {
	out := classify(e, e.Kind, e.Status, e.RetryAfter)
	out.Message, out.Hint = sentence(operation(e), inTheseWords(e.Message)), inTheseWords(e.Hint)
	out.DidYouMean, out.Candidates = e.DidYouMean, e.Allowed
	if cause, ok := errors.AsType[*platform.Error](e); ok {
		out.takeAnswer(cause)
	}
	if e.Signature != "" && out.Hint == "" {
		out.Hint = "call it as " + e.Signature
	}
	return out
}

func operation(e *connector.Error) string {
	if e.Entity == "" {
		return e.Op
	}
	return e.Op + " " + e.Entity + "." + e.Action
}

// sentence puts what was tried before what happened; setting up has no name
// that tells a user anything.
func sentence(op, message string) string {
	if op == "" || op == "new" {
		return message
	}
	return op + ": " + message
}

// classify decides the type, the exit code and if it helps to try again.
func classify(cause error, kind platform.Kind, status int, wait time.Duration) *Error {
	out := &Error{StatusCode: status, Err: cause}
	out.Type, out.Exit = typeOf(cause, kind, status)
	if status != 0 || kind == connector.KindUnavailable || kind == connector.KindRateLimited || kind == connector.KindUnknownOutcome {
		out.Retryable = new(isRetryable(cause, kind, status))
	}
	out.RetryAfterSeconds = int(math.Ceil(wait.Seconds()))
	return out
}

// isCut reports whether an answer began as a success and broke off on the way.
func isCut(cause error, kind platform.Kind, status int) bool {
	if kind != connector.KindUnavailable || status < http.StatusOK || status >= http.StatusMultipleChoices {
		return false
	}
	_, network := errors.AsType[net.Error](cause)
	return network || errors.Is(cause, io.ErrUnexpectedEOF) || errors.Is(cause, httpx.ErrTimeout)
}

func isRetryable(cause error, kind platform.Kind, status int) bool {
	if isCut(cause, kind, status) {
		return true
	}
	switch status {
	case http.StatusTooManyRequests, http.StatusBadGateway, http.StatusServiceUnavailable, http.StatusGatewayTimeout:
		return kind != connector.KindUnknownOutcome
	case 0:
		return kind == connector.KindUnavailable || kind == connector.KindRateLimited
	}
	return false
}

// typeOf follows the status as Airbyte's command line does. What has no status
// there, or another meaning, goes by its kind.
func typeOf(cause error, kind platform.Kind, status int) (name string, exit int) {
	switch kind {
	case connector.KindUnknownOutcome:
		return "unknown_outcome", ExitGeneral
	case connector.KindUnsupported:
		return "not_supported", ExitNotFound
	case connector.KindConfig:
		if status != 0 {
			return "validation_error", ExitInput
		}
		return "config_error", ExitAuth
	case connector.KindAmbiguous, connector.KindValidation:
		if status == 0 {
			return "validation_error", ExitInput
		}
	}
	if errors.Is(cause, platform.ErrCredentials) {
		return "unauthorized", ExitAuth
	}
	if status == 0 || (kind == connector.KindNotFound && status == http.StatusOK) || isCut(cause, kind, status) {
		return byKind(kind) // 200 with nothing in it is a file that is missing
	}
	return byStatus(status)
}

func byKind(kind platform.Kind) (name string, exit int) {
	switch kind {
	case connector.KindAuth:
		return "unauthorized", ExitAuth
	case connector.KindPermission:
		return "forbidden", ExitAuth
	case connector.KindNotFound:
		return "not_found", ExitNotFound
	case connector.KindRateLimited:
		return "rate_limited", ExitGeneral
	case connector.KindUnavailable:
		return "network_error", ExitGeneral
	}
	return "error", ExitGeneral
}

func byStatus(status int) (name string, exit int) {
	switch {
	case status == http.StatusUnauthorized:
		return "unauthorized", ExitAuth
	case status == http.StatusForbidden:
		return "forbidden", ExitAuth
	case status == http.StatusNotFound:
		return "not_found", ExitNotFound
	case status == http.StatusBadRequest, status == http.StatusUnprocessableEntity:
		return "validation_error", ExitInput
	case status == http.StatusTooManyRequests:
		return "rate_limited", ExitGeneral
	case status >= http.StatusInternalServerError:
		return "server_error", ExitGeneral
	}
	return "api_error", ExitGeneral
}
