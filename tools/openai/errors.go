package openai

import (
	"errors"
	"fmt"
	"io"
	"net"
	"net/url"
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
	// ErrStreamCut: with [WithOnText], the connection ended in the middle of an
	// answer. The run has nothing of that answer, so it can be asked for again;
	// its text until then went to the function of WithOnText.
	ErrStreamCut = errors.New("the stream ended before the answer was complete")
)

// streamError marks what a lost connection makes of a stream as [ErrStreamCut].
// A *url.Error is of a request that got no stream at all.
func streamError(err error) error {
	if _, noStream := errors.AsType[*url.Error](err); noStream {
		return err
	}
	if _, lost := errors.AsType[*net.OpError](err); lost || errors.Is(err, io.ErrUnexpectedEOF) {
		return fmt.Errorf("%w: %w", ErrStreamCut, err)
	}
	return err
}

func maxRoundsError(limit int) error {
	return fmt.Errorf("%w: the model still called tools in round %d; raise it with WithMaxRounds or narrow the question", ErrMaxRounds, limit)
}
