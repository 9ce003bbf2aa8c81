package direct

import (
	"errors"
	"net/http"

	"github.com/agentsdk-go/airbyte/internal/fault"
	"github.com/agentsdk-go/airbyte/internal/httpx"
)

// hint says what to do about a failure on the way to the service, where that is
// known.
func hint(e *fault.Error) string {
	switch {
	case errors.Is(e.Err, httpx.ErrTooLarge):
		return "ask for fewer records or fields, or raise WithMaxResponseBytes"
	case e.Kind == fault.UnknownOutcome:
		return "the request may have been carried out: look before you repeat it"
	case e.Kind == fault.Auth:
		return "check the service's credentials"
	case e.Kind == fault.Permission:
		return "check what the service lets these credentials do"
	case e.Kind == fault.RateLimited && e.RetryAfter > 0:
		return "try again in " + e.RetryAfter.String()
	case e.Kind == fault.RateLimited:
		return "call less often, and try again later"
	case e.Status >= http.StatusMultipleChoices && e.Status < http.StatusBadRequest:
		return "check the address of the service"
	}
	return ""
}
