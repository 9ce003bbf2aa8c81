package openai

import (
	"errors"
	"fmt"
)

// Why a run ended without an answer. The run is returned beside the error, with
// what was reached until then.
var (
	// ErrMaxRounds: the model still called tools in the last round that
	// [WithMaxRounds] allows. The calls of that round were not run and are not in
	// the history.
	ErrMaxRounds = errors.New("round limit reached")
	// ErrRefused: the model refused. The run's Refusal has its words.
	ErrRefused = errors.New("model refused to answer")
	// ErrLength: the answer was cut at the token limit. The run's Text has the
	// part that came.
	ErrLength = errors.New("answer cut at the token limit")
	// ErrContentFilter: the provider withheld the answer.
	ErrContentFilter = errors.New("answer withheld by the content filter")
	// ErrNoAnswer: the model stopped without text and without a tool call.
	ErrNoAnswer = errors.New("model answered with nothing")
	// ErrUnhandledCall: a tool is called, or could be, that neither the set nor
	// a [Handler] runs.
	ErrUnhandledCall = errors.New("tool call without a handler")
)

// errStreamCut is a connection that ended in the middle of an answer.
var errStreamCut = errors.New("the stream ended before the answer was complete")

func maxRoundsError(limit int) error {
	return fmt.Errorf("%w: the model still called tools in round %d; raise it with WithMaxRounds or narrow the question", ErrMaxRounds, limit)
}
