package replay

import (
	"context"

	"github.com/agentsdk-go/airbyte/internal/envelope"
	"github.com/agentsdk-go/airbyte/internal/fault"
)

// failed is the kind of a call that ended in an error of the program.
const failed fault.Kind = "failed"

// NotBegun returns the result of a call that a run did not come to before it
// ended: an envelope of kind canceled.
func NotBegun() string {
	return failure(envelope.Failure{
		Kind:      string(fault.Canceled),
		Message:   "the run ended before this call began; nothing was done",
		Hint:      "make the call again if it is still needed",
		Retryable: true,
	})
}

// Unfinished returns the result of a call that had begun when the run ended: an
// envelope of kind canceled if ctx has ended, else of kind failed. It says
// whether the call can simply be repeated, or may have changed something first.
// The error itself is left out, because it is meant for the program.
func Unfinished(ctx context.Context, mayWrite bool) string {
	f := envelope.Failure{
		Kind:    string(failed),
		Message: "the program failed during this call, so it was not finished",
	}
	if ctx.Err() != nil {
		f.Kind = string(fault.Canceled)
		f.Message = "the run ended during this call, so it was not finished"
	}
	if mayWrite {
		f.Message += " and its outcome is unknown: what it changes may or may not have been changed"
		f.Hint = "read the record first, and repeat the call only if the change is not there"
		return failure(f)
	}
	f.Hint = "it only reads, so make the call again if its answer is still needed"
	f.Retryable = true
	return failure(f)
}

func failure(f envelope.Failure) string { return string(envelope.Error(f)) }
