package langchaingo

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"
	"sync"

	"github.com/tmc/langchaingo/agents"
	"github.com/tmc/langchaingo/llms"
	"github.com/tmc/langchaingo/schema"

	"github.com/agentsdk-go/airbyte/connector"
	"github.com/agentsdk-go/airbyte/internal/replay"
	"github.com/agentsdk-go/airbyte/tools"
)

// maxParallel bounds how many calls of one turn run at the same time: the model
// decides how many there are, the service behind them has limits.
const maxParallel = 8

// Run asks model question with the tools of s until it answers, and returns the
// answer. It does what an executor with [NewAgent] does and runs the calls of
// one turn concurrently, at most 8 at a time, which the executor does not.
// [WithConversation] keeps what was said and done for a next run.
//
// After [WithMaxRounds] requests without an answer the error is
// agents.ErrNotFinished. A cancelled context, a failed request, a panic of a
// tool (*[tools.PanicError]) and [ErrEmptyAnswer] end the run; a failed call
// does not, the model reads it. A nil set, an empty question and an option out
// of range are errors before the first request.
func Run(ctx context.Context, model llms.Model, s *tools.Set, question string, opts ...Option) (string, error) {
	cfg := newConfig(opts)
	if s == nil {
		return "", errors.New("langchaingo: Run: the tool set is nil")
	}
	if cfg.maxRounds < 1 {
		return "", fmt.Errorf("langchaingo: Run: WithMaxRounds(%d): must be at least 1", cfg.maxRounds)
	}
	r := run{agent: NewAgent(model, s, opts...), cfg: cfg}
	if cfg.conversation != nil {
		r.messages = slices.Clone(*cfg.conversation)
		defer func() { *cfg.conversation = r.messages }()
	}
	if err := r.open(question); err != nil {
		return "", err
	}
	return r.loop(ctx)
}

type run struct {
	agent    *Agent
	cfg      config
	messages []llms.MessageContent // without the system message
	calls    int                   // in messages
}

// open adds the question.
func (r *run) open(question string) error {
	for _, message := range r.messages {
		for _, part := range message.Parts {
			if _, ok := part.(llms.ToolCall); ok {
				r.calls++
			}
		}
	}
	switch {
	case strings.TrimSpace(question) != "":
		r.messages = append(r.messages, llms.TextParts(llms.ChatMessageTypeHuman, question))
	case len(r.messages) == 0:
		return errors.New("langchaingo: Run: the question is empty")
	}
	return nil
}

func (r *run) loop(ctx context.Context) (string, error) {
	for range r.cfg.maxRounds {
		t, err := r.agent.ask(ctx, r.messages)
		if err != nil {
			return "", err
		}
		if len(t.calls) == 0 {
			r.messages = append(r.messages, llms.TextParts(llms.ChatMessageTypeAI, t.text))
			r.finished(ctx, t.finish())
			return t.text, nil
		}
		t.fillIDs(r.calls)
		results, err := r.turn(ctx, t)
		// Also beside an error: what a finished call changed must not vanish from
		// the history, or the next run does it again.
		r.messages = append(r.messages, t.messages(results)...)
		r.calls += len(t.calls)
		if err != nil {
			return "", err
		}
	}
	return "", fmt.Errorf("langchaingo: no answer after %d rounds: %w", r.cfg.maxRounds, agents.ErrNotFinished)
}

// turn runs the calls of t side by side and returns the results in their order.
// Beside an error they answer every call too.
func (r *run) turn(ctx context.Context, t turn) ([]string, error) {
	results, failures := make([]string, len(t.calls)), make([]error, len(t.calls))
	var wg sync.WaitGroup
	slots := make(chan struct{}, maxParallel)
	for i, action := range t.actions(r.calls) {
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
			return results, err
		}
	}
	return results, nil
}

// act runs one call; the text is what the model reads, also beside an error.
func (r *run) act(ctx context.Context, action schema.AgentAction) (string, error) {
	if ctx.Err() != nil {
		return replay.NotBegun(), fmt.Errorf("langchaingo: tool %s: %w", action.Tool, context.Cause(ctx))
	}
	t, ok := r.agent.lookup(action.Tool).(tool)
	if !ok {
		// The set answers an unknown name itself, with the names it has.
		answer, err := Call(ctx, r.agent.set, llms.ToolCall{FunctionCall: &llms.FunctionCall{Name: action.Tool}})
		if err != nil {
			return replay.NotBegun(), err
		}
		return answer.Content, nil
	}
	text, err := t.Call(ctx, action.ToolInput)
	if err != nil {
		mayWrite := t.tool.EffectOf(json.RawMessage(actionInput(action.ToolInput))) != connector.Read
		return replay.Unfinished(ctx, mayWrite), fmt.Errorf("langchaingo: tool %s: %w", action.Tool, err)
	}
	return text, nil
}

func (r *run) finished(ctx context.Context, finish *schema.AgentFinish) {
	if r.cfg.callbacks != nil {
		r.cfg.callbacks.HandleAgentFinish(ctx, *finish)
	}
}
