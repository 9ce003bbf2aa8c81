package openai

import (
	"context"
	"fmt"

	"github.com/openai/openai-go/v3/option"

	"github.com/agentsdk-go/airbyte/tools"
)

const (
	defaultMaxRounds   = 10
	defaultConcurrency = 8
)

// RunOption changes how [RunChat] and [RunResponse] work. A nil one is skipped,
// a value out of range is an error of the run.
type RunOption func(*runConfig) error

// Handler answers calls of tools that are in the params' own Tools and not in
// the set. Its results follow the rule of [tools.Set.Call]: what the model can
// mend is an Output with IsError, an error ends the run.
type Handler func(ctx context.Context, call Call) (tools.Output, error)

type runConfig struct {
	maxRounds   int
	concurrency int
	onStep      func(Step)
	onText      func(string)
	handler     Handler
	request     []option.RequestOption
}

// WithMaxRounds sets how many times the model is asked in one run, 10 by
// default. Beyond it the run ends with [ErrMaxRounds].
func WithMaxRounds(n int) RunOption {
	return func(c *runConfig) error {
		if n < 1 {
			return fmt.Errorf("WithMaxRounds(%d): must be at least 1", n)
		}
		c.maxRounds = n
		return nil
	}
}

// WithConcurrency sets how many calls of one round run at the same time, 8 by
// default.
func WithConcurrency(n int) RunOption {
	return func(c *runConfig) error {
		if n < 1 {
			return fmt.Errorf("WithConcurrency(%d): must be at least 1", n)
		}
		c.concurrency = n
		return nil
	}
}

// WithOnStep has fn called for every step of the run. Tools run concurrently,
// the calls of fn do not: one ends before the next begins, and the run waits for
// it.
func WithOnStep(fn func(Step)) RunOption {
	return func(c *runConfig) error {
		c.onStep = fn
		return nil
	}
}

// WithOnText streams the model's answers and has fn called with each piece of
// text as it comes, in every round. No call overlaps with one of [WithOnStep].
func WithOnText(fn func(delta string)) RunOption {
	return func(c *runConfig) error {
		c.onText = fn
		return nil
	}
}

// WithHandler has fn answer calls of the tools that params.Tools names beside
// the set's. Without it such tools are refused before the first request. The
// tools of the set never reach fn. A Go function is simpler to add with
// [tools.Func]; a handler is for custom tools and for definitions made elsewhere.
func WithHandler(fn Handler) RunOption {
	return func(c *runConfig) error {
		c.handler = fn
		return nil
	}
}

// WithRequestOptions adds options to every request of the run, for example a
// header.
func WithRequestOptions(opts ...option.RequestOption) RunOption {
	return func(c *runConfig) error {
		for _, opt := range opts {
			if opt != nil {
				c.request = append(c.request, opt)
			}
		}
		return nil
	}
}

func newRunConfig(opts []RunOption) (runConfig, error) {
	c := runConfig{maxRounds: defaultMaxRounds, concurrency: defaultConcurrency}
	for _, opt := range opts {
		if opt == nil {
			continue
		}
		if err := opt(&c); err != nil {
			return runConfig{}, err
		}
	}
	return c, nil
}
