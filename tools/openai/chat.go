package openai

import (
	"context"
	"fmt"
	"slices"

	"github.com/openai/openai-go/v3"

	"github.com/agentsdk-go/airbyte/tools"
)

// ChatRun is a finished run of [RunChat], or what an unfinished one reached.
type ChatRun struct {
	// Text is the model's last text: its answer when the run ended without error.
	Text string
	// Refusal is set beside ErrRefused.
	Refusal string
	// Messages is the conversation: the given messages, the model's, and the
	// tool results. Every tool call in it is answered, also after an error, so
	// that it can be sent again with a next question. Where the run ended during
	// a round of calls, those that were over have their results, and the others
	// one that says so: that they had not begun, or were not finished and may
	// have changed something. Calls that were never meant to run, of a cut
	// answer or beyond the last round, are left out.
	Messages []openai.ChatCompletionMessageParamUnion
	// Usage is the sum over all rounds.
	Usage openai.CompletionUsage
	// Rounds counts the model's answers.
	Rounds int
	// Completion is the model's last one, nil if none came.
	Completion *openai.ChatCompletion
}

// RunChat asks the model, runs the tools that it calls, and repeats until it
// answers without a tool call. The set's definitions are added to params.Tools;
// a definition there that has the name of a tool of the set replaces the set's,
// its calls still go to the set. The calls of one round run concurrently and are
// answered in the order of the calls. params is not changed.
//
// A tool choice that forces a call holds for the first round only, since the
// model could never answer under it. Only the first choice is read, whatever
// params.N is.
//
// The error is one of [ErrMaxRounds], [ErrRefused], [ErrLength],
// [ErrContentFilter], [ErrNoAnswer] and [ErrUnhandledCall], the API's
// *[openai.Error] (whose Message says more than its text), the context's error,
// or a *[tools.PanicError]. The run is nil only for a nil set, an invalid option
// or a tool that nobody runs. A set without tools is no error, a nil one is: it
// is most often the set of an error that was not looked at.
func RunChat(ctx context.Context, client openai.Client, s *tools.Set, params openai.ChatCompletionNewParams, opts ...RunOption) (*ChatRun, error) {
	declared := chatToolNames(params.Tools)
	r, err := newRunner(s, declared, opts)
	if err != nil {
		return nil, fmt.Errorf("openai: RunChat: %w", err)
	}
	c := chatLoop{
		runner: r,
		client: client,
		params: params,
		run:    &ChatRun{Messages: slices.Clone(params.Messages)},
	}
	c.params.Tools = slices.Clone(params.Tools)
	for _, def := range ChatTools(s) {
		if !slices.Contains(declared, def.OfFunction.Function.Name) {
			c.params.Tools = append(c.params.Tools, def)
		}
	}
	if err := c.loop(ctx); err != nil {
		return c.run, fmt.Errorf("openai: RunChat: %w", err)
	}
	return c.run, nil
}

type chatLoop struct {
	*runner
	client openai.Client
	params openai.ChatCompletionNewParams
	run    *ChatRun

	streamed map[int]extraFields // of the last answer's tool calls, by position
}

func (c *chatLoop) loop(ctx context.Context) error {
	for {
		choice, err := c.ask(ctx)
		if err != nil {
			return err
		}
		calls := c.calls(choice.Message)
		if len(calls) == 0 || stopped(choice) != nil {
			return c.end(choice)
		}
		if c.run.Rounds == c.maxRounds {
			return maxRoundsError(c.maxRounds)
		}
		outputs, err := c.execute(ctx, c.run.Rounds, calls)
		c.remember(choice.Message, calls, outputs)
		if err != nil {
			return err
		}
		c.params.ToolChoice = unforcedChat(c.params.ToolChoice)
	}
}

// ask sends the conversation and books the answer.
func (c *chatLoop) ask(ctx context.Context) (openai.ChatCompletionChoice, error) {
	c.params.Messages = c.run.Messages
	completion, err := c.complete(ctx)
	if err != nil {
		return openai.ChatCompletionChoice{}, fmt.Errorf("round %d: %w", c.run.Rounds+1, err)
	}
	c.run.Rounds++
	c.run.Completion = completion
	addChatUsage(&c.run.Usage, completion.Usage)
	if len(completion.Choices) == 0 {
		return openai.ChatCompletionChoice{}, fmt.Errorf("round %d: %w: no choices", c.run.Rounds, ErrNoAnswer)
	}
	choice := completion.Choices[0]
	c.run.Text = choice.Message.Content
	c.run.Refusal = choice.Message.Refusal
	c.emitText(c.run.Rounds, choice.Message.Content)
	return choice, nil
}

func (c *chatLoop) complete(ctx context.Context) (*openai.ChatCompletion, error) {
	if c.onText != nil {
		return c.stream(ctx)
	}
	return c.client.Chat.Completions.New(ctx, c.params, c.request...)
}

// calls lists the message's tool calls. Some compatible servers leave ids out;
// they get one here, because an answer must name its call; it holds the place in
// the history, so that a run that goes on from there gives no id twice. Others
// number the calls of a stream from 1, which leaves an empty place before the
// first.
func (c *chatLoop) calls(message openai.ChatCompletionMessage) []Call {
	calls := make([]Call, 0, len(message.ToolCalls))
	for i, toolCall := range message.ToolCalls {
		call := chatCall(toolCall)
		if call.ID == "" && call.Name == "" {
			continue
		}
		if call.extra = c.streamed[i]; call.extra == nil {
			call.extra = extrasOf(toolCall)
		}
		if call.ID == "" {
			call.ID = fmt.Sprintf("call_%d_%d", len(c.run.Messages), i+1)
		}
		calls = append(calls, call)
	}
	return calls
}

func (c *chatLoop) remember(message openai.ChatCompletionMessage, calls []Call, outputs []tools.Output) {
	c.run.Messages = append(c.run.Messages, assistantMessage(message, calls))
	for i, out := range outputs {
		c.run.Messages = append(c.run.Messages, openai.ToolMessage(out.Text, calls[i].ID))
	}
}

// end books the last message. Its tool calls, which a cut answer may have, stay
// out of the history because nothing answers them.
func (c *chatLoop) end(choice openai.ChatCompletionChoice) error {
	message := choice.Message
	if message.Content != "" || message.Refusal != "" {
		c.run.Messages = append(c.run.Messages, assistantMessage(message, nil))
	}
	if err := stopped(choice); err != nil {
		return err
	}
	if message.Content == "" {
		return fmt.Errorf("%w: finish reason %q", ErrNoAnswer, choice.FinishReason)
	}
	return nil
}

// stopped says why an answer is not one, or nil.
func stopped(choice openai.ChatCompletionChoice) error {
	switch {
	case choice.FinishReason == "length":
		return fmt.Errorf("%w; raise MaxCompletionTokens or shorten the conversation", ErrLength)
	case choice.FinishReason == "content_filter":
		return ErrContentFilter
	case choice.Message.Refusal != "":
		return fmt.Errorf("%w: %s", ErrRefused, choice.Message.Refusal)
	default:
		return nil
	}
}
