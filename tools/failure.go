package tools

import (
	"context"
	"errors"
	"math"
	"net/http"
	"time"
	"unicode/utf8"

	"github.com/agentsdk-go/airbyte/connector"
	"github.com/agentsdk-go/airbyte/internal/envelope"
	"github.com/agentsdk-go/airbyte/internal/fault"
	"github.com/agentsdk-go/airbyte/internal/httpx"
	"github.com/agentsdk-go/airbyte/platform"
)

// failed is the Output of a call that the model should hear about, in at most
// limit characters; 0 means no limit. What helps least goes first.
func failed(err error, limit int) Output {
	f := failure(err)
	text := envelope.Error(f)
	if limit > 0 {
		for _, shorten := range []func(){
			func() { f.Allowed = nil },
			func() { f.Signature = "" },
			func() { f.Message = clip(f.Message, limit/4) },
			func() { f.Hint = clip(f.Hint, limit/4) },
		} {
			if utf8.RuneCount(text) <= limit {
				break
			}
			shorten()
			text = envelope.Error(f)
		}
	}
	return Output{Text: string(text), IsError: true, Err: err}
}

// errTooLarge is the cause of an output that could not be brought under the limit.
var errTooLarge = errors.New("tools: result is larger than the output limit")

func tooLarge(fits bool) error {
	if fits {
		return nil
	}
	return errTooLarge
}

// isProgramError reports whether only the program can mend err.
func isProgramError(err error) bool {
	return errors.Is(err, connector.ErrConfig) || errors.Is(err, context.Canceled) || asProgramError(err)
}

// programError marks an error that only the program can mend.
type programError struct{ error }

// Unwrap returns the cause.
func (e *programError) Unwrap() error { return e.error }

func asProgramError(err error) bool {
	var pe *programError
	return errors.As(err, &pe)
}

// failure translates an error into what a model reads.
func failure(err error) envelope.Failure {
	var ce *connector.Error
	if !errors.As(err, &ce) {
		return plainFailure(err)
	}
	return envelope.Failure{
		Kind:              string(ce.Kind),
		Message:           clip(ce.Message, maxMessage),
		Hint:              advice(ce),
		Retryable:         retryable(ce),
		RetryAfterSeconds: seconds(ce.RetryAfter),
		DidYouMean:        ce.DidYouMean,
		Allowed:           ce.Allowed,
		Signature:         ce.Signature,
	}
}

// plainFailure is the failure of a function that returned an error of its own.
// One that wraps a sentinel of package connector has that kind.
func plainFailure(err error) envelope.Failure {
	kind := fault.Of(err)
	if kind == "" {
		return envelope.Failure{Kind: "failed", Message: clip(err.Error(), maxMessage)}
	}
	return envelope.Failure{Kind: string(kind), Message: clip(err.Error(), maxMessage), Retryable: passing(kind)}
}

// passing reports whether a failure of that kind may be over at the next call.
func passing(kind connector.Kind) bool {
	return kind == connector.KindRateLimited || kind == connector.KindUnavailable
}

// retryable reports whether the model may try again: not when an address is
// wrong, which is what a redirect means.
func retryable(e *connector.Error) bool { return passing(e.Kind) && !isRedirect(e) }

func isRedirect(e *connector.Error) bool { return e.Status >= 300 && e.Status < 400 }

// advice is what a model should do about a failure. Hints of the layers below are
// for the program's author where the failure came with an HTTP status; a failure
// without one was found here, and its hint is about the call.
func advice(e *connector.Error) string {
	switch {
	case errors.Is(e, httpx.ErrTooLarge):
		return "the answer is too large to be read; ask for less: one record, a narrower filter or a smaller limit"
	case errors.Is(e, platform.ErrCredentials):
		return "this program's own Airbyte credentials were refused; do not call again, tell the user that its setup must be checked"
	case isRedirect(e):
		return "the program's address of the service is wrong; do not call again, tell the user"
	case e.Kind == connector.KindValidation && e.Status != 0:
		return adviceOfRefusal(e)
	case e.Status == 0 && e.Hint != "" && !passing(e.Kind) && e.Kind != connector.KindUnknownOutcome:
		return e.Hint
	}
	return adviceOfKind[e.Kind]
}

// adviceOfRefusal is what to do when the service refused a call as it was.
func adviceOfRefusal(e *connector.Error) string {
	switch {
	case e.Status == http.StatusConflict:
		return "the record is in a state that does not allow this; read it, then decide"
	case e.Status == http.StatusRequestTimeout || e.Status == http.StatusTooEarly:
		return "the service did not take the call in time; look whether a change happened, then try again later"
	case e.Signature != "":
		return "the service refused the call: correct the arguments by its message and the signature, then call again"
	default:
		return "the service refused the call: correct it as the message says"
	}
}

// adviceOfKind is what to do where nothing more is known than the kind.
var adviceOfKind = map[connector.Kind]string{
	connector.KindAuth:           "credentials were refused; do not call again, tell the user that the connector must be reconnected or this program's access be checked",
	connector.KindPermission:     "the credentials do not allow this; do not call again, tell the user which right is missing",
	connector.KindNotFound:       "check the id; list or search to find the right record",
	connector.KindRateLimited:    "wait before the next call, and make fewer calls",
	connector.KindUnavailable:    "the service did not answer; try once more later, then tell the user",
	connector.KindUnknownOutcome: "the change may or may not have happened; read the record first, and repeat the call only if the change is not there",
	connector.KindValidation:     "correct the arguments as the message says, then call again",
}

func seconds(d time.Duration) int { return int(math.Ceil(d.Seconds())) }

// maxMessage bounds a failure's message in characters: services answer errors
// with whole pages.
const maxMessage = 1000

// clip shortens text to the given number of characters and says so.
func clip(text string, most int) string {
	for i := range text {
		if most--; most < 0 {
			return text[:i] + "..."
		}
	}
	return text
}
