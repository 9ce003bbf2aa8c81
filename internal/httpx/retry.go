package httpx

import (
	"context"
	"fmt"
	"time"

	"github.com/cenkalti/backoff/v5"

	"github.com/agentsdk-go/airbyte/internal/fault"
)

// leastDelay is the delay where a policy computes none: attempts without a
// pause would only add to what keeps the server from answering.
const leastDelay = 100 * time.Millisecond

// retry runs try until it succeeds, fails for good, or the attempts are used
// up, each time after the gate. The error it returns is the last real one.
func (c *Client) retry(ctx context.Context, gate func(context.Context) error, try func(attempt int) *Error) error {
	var delays *backoff.ExponentialBackOff
	var failed *Error
	for n := 1; ; n++ {
		if gate != nil {
			if err := gate(ctx); err != nil {
				return shut(ctx, err, failed)
			}
		}
		failed = try(n)
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
		delay := delays.NextBackOff()
		if delay <= 0 {
			delay = leastDelay
		}
		wait := max(delay, failed.RetryAfter)
		// Waiting past the deadline would only replace this error by a worse one.
		if deadline, ok := ctx.Deadline(); ok && time.Until(deadline) <= wait {
			return failed
		}
		if err := sleep(ctx, wait); err != nil {
			return canceledBetween(err, failed)
		}
	}
}

// shut is the error of a call that the gate ended with err; last is the
// failure before, nil when nothing was sent.
func shut(ctx context.Context, err error, last *Error) error {
	switch {
	case last == nil:
		return err
	case ctx.Err() != nil:
		return canceledBetween(ctx.Err(), last)
	default:
		return last
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
