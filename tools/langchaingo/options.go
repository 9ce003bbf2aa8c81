package langchaingo

import (
	"github.com/tmc/langchaingo/callbacks"
	"github.com/tmc/langchaingo/llms"
)

const (
	// defaultDescriptionBudget is what the strictest OpenAI-compatible
	// deployments accept as a function description (string_above_max_length,
	// 1024). OpenAIFunctionsAgent sends the text there.
	defaultDescriptionBudget = 1024

	defaultMaxRounds = 10

	defaultSystemPrompt = "You are a helpful assistant. Answer from what the tools return, never from a guess. " +
		"When a tool reports an error, read it, mend the call and try again, or say plainly what could not be found."
)

// Option changes what [ToolsWith], [NewAgent] and [Run] do. Each option names the
// ones that read it; the others ignore it. A nil one is skipped.
type Option func(*config)

type config struct {
	callbacks         callbacks.Handler
	descriptionBudget int
	systemPrompt      string
	callOptions       []llms.CallOption
	sequential        bool
	maxRounds         int
	conversation      *[]llms.MessageContent
}

func newConfig(opts []Option) config {
	cfg := config{
		descriptionBudget: defaultDescriptionBudget,
		systemPrompt:      defaultSystemPrompt,
		maxRounds:         defaultMaxRounds,
	}
	for _, opt := range opts {
		if opt != nil {
			opt(&cfg)
		}
	}
	return cfg
}

// WithCallbacks makes every tool call fire HandleToolStart, then exactly one of
// HandleToolEnd and HandleToolError on h; the executor never fires these. Give
// the same handler to agents.WithCallbacksHandler for the agent and chain
// events, and to the model for its own. [Run] has no executor, so it fires
// HandleAgentAction and HandleAgentFinish too, and runs the calls of one turn
// concurrently: there h must be safe for concurrent use. Read by
// ToolsWith, NewAgent and Run. Default: none.
func WithCallbacks(h callbacks.Handler) Option {
	return func(cfg *config) { cfg.callbacks = h }
}

// WithDescriptionBudget sets how many characters the description of one
// langchaingo tool may have, usage text included. Default 1,024, because
// OpenAIFunctionsAgent sends it as a function description and several
// deployments refuse longer ones; 0 or less means no limit, which suits agents
// that put descriptions into the prompt (NewOneShotAgent,
// NewConversationalAgent). Read by ToolsWith; NewAgent and Run send the set's
// own descriptions and schemas instead.
func WithDescriptionBudget(chars int) Option {
	return func(cfg *config) { cfg.descriptionBudget = chars }
}

// WithSystemPrompt replaces the default opening of the system message. The
// set's own Instructions follow it. Read by NewAgent and Run.
func WithSystemPrompt(text string) Option {
	return func(cfg *config) { cfg.systemPrompt = text }
}

// WithCallOptions adds options to every model call, for example
// llms.WithTemperature or llms.WithStreamingFunc. Options given to the run
// itself (chains.WithTemperature and the like) come later and win; the tools
// are always the set's. Read by NewAgent and Run.
func WithCallOptions(opts ...llms.CallOption) Option {
	return func(cfg *config) {
		for _, opt := range opts {
			if opt != nil {
				cfg.callOptions = append(cfg.callOptions, opt)
			}
		}
	}
}

// WithSequentialHistory replays parallel calls as if they had been made one
// after another: one message of the model with one call, then its result, for
// each call. It is for models whose langchaingo client cannot carry several
// calls in one message and does not show it in its answers, as llms/mistral.
// Read by NewAgent and Run.
func WithSequentialHistory() Option {
	return func(cfg *config) { cfg.sequential = true }
}

// WithMaxRounds limits how many times [Run] asks the model. Default 10; a value
// below 1 is an error of Run. NewAgent does not read it: there the executor
// counts, with agents.WithMaxIterations and a default of 5.
func WithMaxRounds(n int) Option {
	return func(cfg *config) { cfg.maxRounds = n }
}

// WithConversation makes [Run] go on from the messages that c points at, none
// at first, and leave there what was said and done, also when it ends in an
// error: the question, each turn of the model with its tool calls, their
// results, the answer. The system message is not among them; every run sends
// its own. Give the same pointer to the next run for a next question; an empty
// question goes on from where a run was stopped.
//
// Every tool call in it is answered, so that it can always be sent again. Where
// the run ended during a turn of calls, those that were over have their results,
// and the others one that says so: that they had not begun, or were not finished
// and may have changed something.
//
// Read by Run alone, one run at a time; an executor has a memory. Default, and
// for nil: none.
func WithConversation(c *[]llms.MessageContent) Option {
	return func(cfg *config) { cfg.conversation = c }
}
