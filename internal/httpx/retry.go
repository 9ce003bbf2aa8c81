package httpx

import (
	"context"
	"fmt"
	"time"

	"github.com/cenkalti/backoff/v5"

	"github.com/agentsdk-go/airbyte/internal/fault"
)

// retry runs try until it succeeds, fails for good, or the attempts are used
// up. The error it returns is the last real one.
func (c *Client) retry(ctx context.Context, try func(attempt int) *Error) error {
	var delays *backoff.ExponentialBackOff
	for n := 1; ; n++ {
		failed := try(n)
		if failed == nil {
			return nil
		}
		failed.Attempts = n
		if !failed.retry || n > c.retries || failed.RetryAfter > c.policy.MaxWait {
			return failed
		}
		if delays == nil {
			delays = c.policy.delays()
		}
		wait := max(delays.NextBackOff(), failed.RetryAfter)
		// Waiting past the deadline would only replace this error by a worse one.
		if deadline, ok := ctx.Deadline(); ok && time.Until(deadline) <= wait {
			return failed
		}
		if err := sleep(ctx, wait); err != nil {
			return canceledBetween(err, failed)
		}
	}
}

func sleep(ctx context.Context, d time.Duration) error {
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-ctx.Done():
		return ctx.Err()
	case <-timer.C:
		return nil
	}
}

// canceledBetween is the error of a call whose context ended while it waited
// for its next attempt: nothing was under way, so nothing is unknown.
func canceledBetween(err error, last *Error) *Error {
	return &Error{
		Kind:       fault.Canceled,
		Status:     last.Status,
		RetryAfter: last.RetryAfter,
		Message:    "canceled while waiting to try again after: " + last.Message,
		Fields:     last.Fields,
		Attempts:   last.Attempts,
		Err:        fmt.Errorf("%w: %w", err, last),
	}
}
