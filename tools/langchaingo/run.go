package langchaingo

import (
	"context"
	"fmt"
	"sync"

	"github.com/tmc/langchaingo/agents"
	"github.com/tmc/langchaingo/llms"
	"github.com/tmc/langchaingo/schema"

	"github.com/agentsdk-go/airbyte/tools"
)

// maxParallel bounds how many calls of one turn run at the same time: the model
// decides how many there are, the service behind them has limits.
const maxParallel = 8

// Run asks model question with the tools of s until it answers, and returns the
// answer. It does what an executor with [NewAgent] does and runs the calls of
// one turn concurrently, at most 8 at a time, which the executor does not.
//
// After [WithMaxRounds] requests without an answer the error is
// agents.ErrNotFinished. A cancelled context, a failed request and
// [ErrEmptyAnswer] end the run; a failed call does not, the model reads it.
func Run(ctx context.Context, model llms.Model, s *tools.Set, question string, opts ...Option) (string, error) {
	cfg := newConfig(opts)
	r := run{agent: NewAgent(model, s, opts...), cfg: cfg}
	messages, calls := r.agent.opening(question), 0
	for range cfg.maxRounds {
		t, err := r.agent.ask(ctx, messages)
		if err != nil {
			return "", err
		}
		if len(t.calls) == 0 {
			r.finished(ctx, t.finish())
			return t.text, nil
		}
		t.fillIDs(calls)
		results, err := r.turn(ctx, t, calls)
		if err != nil {
			return "", err
		}
		messages = append(messages, t.messages(results)...)
		calls += len(t.calls)
	}
	return "", fmt.Errorf("langchaingo: no answer after %d rounds: %w", cfg.maxRounds, agents.ErrNotFinished)
}

type run struct {
	agent *Agent
	cfg   config
}

// turn runs the calls of t side by side and returns the results in their order.
func (r run) turn(ctx context.Context, t turn, before int) ([]string, error) {
	results, failures := make([]string, len(t.calls)), make([]error, len(t.calls))
	var wg sync.WaitGroup
	slots := make(chan struct{}, maxParallel)
	for i, action := range t.actions(before) {
		if r.cfg.callbacks != nil {
			r.cfg.callbacks.HandleAgentAction(ctx, action)
		}
		wg.Go(func() {
			slots <- struct{}{}
			defer func() { <-slots }()
			results[i], failures[i] = r.act(ctx, action)
		})
	}
	wg.Wait()
	// The first failure tells enough: where the context ended, all of them say
	// the same.
	for _, err := range failures {
		if err != nil {
			return nil, err
		}
	}
	return results, nil
}

func (r run) act(ctx context.Context, action schema.AgentAction) (string, error) {
	if tool := r.agent.lookup(action.Tool); tool != nil {
		text, err := tool.Call(ctx, action.ToolInput)
		if err != nil {
			return "", fmt.Errorf("langchaingo: tool %s: %w", action.Tool, err)
		}
		return text, nil
	}
	// The set answers an unknown name itself, with the names it has.
	answer, err := Call(ctx, r.agent.set, llms.ToolCall{FunctionCall: &llms.FunctionCall{Name: action.Tool}})
	return answer.Content, err
}

func (r run) finished(ctx context.Context, finish *schema.AgentFinish) {
	if r.cfg.callbacks != nil {
		r.cfg.callbacks.HandleAgentFinish(ctx, *finish)
	}
}
