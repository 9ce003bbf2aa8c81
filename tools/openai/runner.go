package openai

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"runtime/debug"
	"sync"
	"time"

	"golang.org/x/sync/errgroup"

	"github.com/agentsdk-go/airbyte/connector"
	"github.com/agentsdk-go/airbyte/internal/replay"
	"github.com/agentsdk-go/airbyte/tools"
)

// runner is what the runs of both APIs share: it answers the tool calls of a
// round.
type runner struct {
	runConfig
	set   *tools.Set
	inSet map[string]bool
	own   map[string]bool // tools of params.Tools that the set does not have
	steps sync.Mutex      // one OnStep call at a time
}

// newRunner checks the options and that every tool the model is shown can be run.
func newRunner(s *tools.Set, declared []string, opts []RunOption) (*runner, error) {
	if s == nil {
		return nil, errors.New("the tool set is nil")
	}
	config, err := newRunConfig(opts)
	if err != nil {
		return nil, err
	}
	r := &runner{runConfig: config, set: s, inSet: map[string]bool{}, own: map[string]bool{}}
	for _, t := range s.Tools() {
		r.inSet[t.Name()] = true
	}
	for _, name := range declared {
		if r.inSet[name] {
			continue
		}
		if r.handler == nil {
			return nil, fmt.Errorf("%w: params.Tools has %q, which is not in the set; put it into the set with tools.Func or add WithHandler", ErrUnhandledCall, name)
		}
		r.own[name] = true
	}
	return r, nil
}

// execute answers the calls of one round concurrently; outputs are in the order
// of the calls. The first program error cancels the others and is returned
// beside the outputs, which answer every call also then: what a finished call
// changed must not vanish from the history, or the next run does it again.
// Tools that have begun are waited for: nothing of the run goes on after it.
func (r *runner) execute(ctx context.Context, round int, calls []Call) ([]tools.Output, error) {
	outputs := make([]tools.Output, len(calls))
	group, ctx := errgroup.WithContext(ctx)
	group.SetLimit(r.concurrency)
	for i, call := range calls {
		group.Go(func() (err error) {
			outputs[i], err = r.call(ctx, round, call)
			return err
		})
	}
	return outputs, group.Wait()
}

// call answers one call between its two steps; out is what the model reads, also
// beside an error. It recovers a panic of the step function, which runs on a
// goroutine of ours where the caller could not.
func (r *runner) call(ctx context.Context, round int, call Call) (out tools.Output, err error) {
	out = tools.Output{Text: replay.NotBegun(), IsError: true}
	if err := ctx.Err(); err != nil {
		return out, err
	}
	defer func() {
		if v := recover(); v != nil {
			err = fmt.Errorf("the step function panicked at a call of %q: %v", call.Name, v)
		}
	}()
	r.emit(Step{Kind: StepCall, Round: round, Call: call})
	start := time.Now()
	if out, err = r.answer(ctx, call); err != nil {
		out = tools.Output{Text: replay.Unfinished(ctx, r.mayWrite(call)), IsError: true, Err: err}
	}
	r.emit(Step{Kind: StepResult, Round: round, Call: call, Output: out, Duration: time.Since(start), Err: err})
	return out, err
}

func (r *runner) answer(ctx context.Context, call Call) (out tools.Output, err error) {
	if !r.own[call.Name] {
		return callSet(ctx, r.set, call)
	}
	defer func() {
		if v := recover(); v != nil {
			err = &tools.PanicError{Tool: call.Name, Value: v, Stack: debug.Stack()}
		}
	}()
	return r.handler(ctx, call)
}

// mayWrite reports whether a call can have changed something: a handler's always
// can.
func (r *runner) mayWrite(call Call) bool {
	t, inSet := r.set.Lookup(call.Name)
	return r.own[call.Name] || inSet && t.EffectOf(json.RawMessage(call.Arguments)) != connector.Read
}

func (r *runner) emit(step Step) {
	if r.onStep == nil {
		return
	}
	r.steps.Lock()
	defer r.steps.Unlock()
	r.onStep(step)
}

func (r *runner) emitText(round int, text string) {
	if text != "" {
		r.emit(Step{Kind: StepMessage, Round: round, Text: text})
	}
}
