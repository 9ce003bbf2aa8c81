package tools

import (
	"context"
	"errors"
	"io"
	"net/http"
	"time"

	"github.com/cenkalti/backoff/v5"

	"github.com/agentsdk-go/airbyte/connector"
)

// maxWait is the longest that a call waits to repeat a read; a service that
// asks for more is reported to the model instead.
const maxWait = 30 * time.Second

// retry runs call, and again up to n times while it fails for a passing reason.
// It must be given reads only. The error is the last one of call, unless the
// context ended while waiting.
func retry(ctx context.Context, n int, call func() (*connector.Result, error)) (*connector.Result, error) {
	if n == 0 {
		return call()
	}
	var last error
	res, err := backoff.Retry(ctx, func() (*connector.Result, error) {
		res, err := call()
		last = err
		return res, signal(err)
	}, backoff.WithMaxTries(uint(n)+1), backoff.WithMaxElapsedTime(0))
	if err != nil && ctx.Err() == nil {
		return nil, last
	}
	return res, err
}

// transient reports whether a read is worth repeating at once: after a rate
// limit, a gateway's failure, or a connection that gave no answer or a cut one.
// Pages that lead nowhere do so again.
func transient(e *connector.Error) bool {
	if errors.Is(e, connector.ErrIncomplete) {
		return false
	}
	switch e.Status {
	case http.StatusOK: // the answer began, and was cut
		return e.Kind == connector.KindUnavailable && errors.Is(e, io.ErrUnexpectedEOF)
	case 0, http.StatusBadGateway, http.StatusServiceUnavailable, http.StatusGatewayTimeout:
		return e.Kind == connector.KindUnavailable
	default:
		return e.Kind == connector.KindRateLimited
	}
}

// signal tells the backoff library what to do about err.
func signal(err error) error {
	var ce *connector.Error
	switch {
	case err == nil:
		return nil
	case !errors.As(err, &ce) || !transient(ce) || ce.RetryAfter > maxWait:
		return backoff.Permanent(err)
	case ce.RetryAfter > 0:
		return &backoff.RetryAfterError{Duration: ce.RetryAfter}
	default:
		return err
	}
}
