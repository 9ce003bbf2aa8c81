package tools

import (
	"context"
	"errors"
	"math"
	"time"

	"github.com/agentsdk-go/airbyte/connector"
	"github.com/agentsdk-go/airbyte/internal/envelope"
	"github.com/agentsdk-go/airbyte/internal/fault"
)

// failed is the Output of a call that the model should hear about.
func failed(err error) Output {
	return Output{Text: string(envelope.Error(failure(err))), IsError: true, Err: err}
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

// failure translates an error into what a model reads.
func failure(err error) envelope.Failure {
	var ce *connector.Error
	if !errors.As(err, &ce) {
		return plainFailure(err)
	}
	f := envelope.Failure{
		Kind:              string(ce.Kind),
		Message:           clip(ce.Message, maxMessage),
		Hint:              ce.Hint,
		Retryable:         retryable(ce.Kind),
		RetryAfterSeconds: seconds(ce.RetryAfter),
		DidYouMean:        ce.DidYouMean,
		Allowed:           ce.Allowed,
		Signature:         ce.Signature,
	}
	if advice := advice(ce); advice != "" {
		f.Hint = advice
	}
	return f
}

// plainFailure is the failure of a function that returned an error of its own.
// One that wraps a sentinel of package connector has that kind.
func plainFailure(err error) envelope.Failure {
	kind := fault.Of(err)
	if kind == "" {
		return envelope.Failure{Kind: "failed", Message: clip(err.Error(), maxMessage)}
	}
	return envelope.Failure{Kind: string(kind), Message: clip(err.Error(), maxMessage), Retryable: retryable(kind)}
}

func retryable(kind connector.Kind) bool {
	return kind == connector.KindRateLimited || kind == connector.KindUnavailable
}

// advice is what a model should do about a failure that it did not cause by a
// wrong argument; for those the error itself has the better hint.
func advice(e *connector.Error) string {
	switch e.Kind {
	case connector.KindAuth:
		return "the connector's credentials were refused; do not call again, tell the user that the connector must be reconnected"
	case connector.KindPermission:
		if e.Status == 0 {
			return e.Hint
		}
		return "the credentials do not allow this; do not call again, tell the user which right is missing"
	case connector.KindNotFound:
		if e.Status == 0 {
			return e.Hint
		}
		return "check the id; list or search to find the right record"
	case connector.KindRateLimited:
		return "wait before the next call, and make fewer calls"
	case connector.KindUnavailable:
		return "the service did not answer; try once more later, then tell the user"
	case connector.KindUnknownOutcome:
		return "the change may or may not have happened; read the record first, and repeat the call only if the change is not there"
	default:
		return ""
	}
}

func seconds(d time.Duration) int { return int(math.Ceil(d.Seconds())) }

// maxMessage bounds a failure's message in characters: services answer errors
// with whole pages.
const maxMessage = 1000

// clip shortens text to the given number of characters and says so.
func clip(text string, most int) string {
	runes := []rune(text)
	if len(runes) <= most {
		return text
	}
	return string(runes[:most]) + "..."
}
