package langchaingo

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/tmc/langchaingo/agents"
	"github.com/tmc/langchaingo/chains"
	"github.com/tmc/langchaingo/llms"
	"github.com/tmc/langchaingo/schema"
	lctools "github.com/tmc/langchaingo/tools"

	"github.com/agentsdk-go/airbyte/tools"
)

const (
	inputKey  = "input"
	outputKey = "output"
)

// historyKeys are the inputs under which memories hand over the conversation:
// the default of langchaingo's memories, and the name most programs choose
// instead.
var historyKeys = []string{"history", "chat_history"}

var _ agents.Agent = (*Agent)(nil)

// Agent is a tool-calling agent for langchaingo's executor. It keeps nothing
// between calls, so one Agent serves any number of runs at once. Make one with
// [NewAgent].
type Agent struct {
	model       llms.Model
	set         *tools.Set
	tools       []lctools.Tool
	definitions []llms.Tool
	system      string
	callOptions []llms.CallOption
	sequential  bool
}

// NewAgent returns an agent that offers the tools of s to model with their real
// schemas (llms.WithTools). Use it with agents.NewExecutor and raise the
// executor's limit of 5 turns where questions need more:
//
//	executor := agents.NewExecutor(agent, agents.WithMaxIterations(15))
//	answer, err := chains.Run(ctx, executor, "Which issues wait for us?")
//
// All calls of one turn go back to the model as one turn, their arguments as
// valid JSON even where the model's were not. A failed call, an unknown tool
// and unreadable arguments are observations: the model reads them and the run
// goes on. An answer with neither text nor a call is [ErrEmptyAnswer]; a
// cancelled context ends the run with its error.
//
// Inputs: "input" is the question. "history" or "chat_history", as a memory
// such as memory.NewConversationBuffer supplies it, is put before the question.
// It must be text: the executor refuses a memory with ReturnMessages. Output:
// "output".
//
// Options: [WithCallbacks], [WithSystemPrompt], [WithCallOptions],
// [WithSequentialHistory].
//
// NewAgent returns no error, so a nil model is an error of the first Plan, and a
// nil set makes an agent without tools.
func NewAgent(model llms.Model, s *tools.Set, opts ...Option) *Agent {
	cfg := newConfig(opts)
	return &Agent{
		model:       model,
		set:         s,
		tools:       ToolsWith(s, opts...),
		definitions: LLMTools(s),
		system:      joinParagraphs(cfg.systemPrompt, s.Instructions()),
		callOptions: cfg.callOptions,
		sequential:  cfg.sequential,
	}
}

// Plan asks the model what to do next, given the steps taken so far. It returns
// the calls of one turn as actions, or the finished answer under "output". The
// executor calls it.
func (a *Agent) Plan(
	ctx context.Context, intermediateSteps []schema.AgentStep, inputs map[string]string, options ...chains.ChainCallOption,
) ([]schema.AgentAction, *schema.AgentFinish, error) {
	question, err := prompt(inputs)
	if err != nil {
		return nil, nil, err
	}
	messages := append([]llms.MessageContent{llms.TextParts(llms.ChatMessageTypeHuman, question)}, a.history(ctx, intermediateSteps)...)
	t, err := a.ask(ctx, messages, options...)
	if err != nil {
		return nil, nil, err
	}
	if len(t.calls) == 0 {
		return nil, t.finish(), nil
	}
	t.fillIDs(len(intermediateSteps))
	return t.actions(len(intermediateSteps)), nil, nil
}

// GetInputKeys returns the one input that a run must have, "input".
func (a *Agent) GetInputKeys() []string { return []string{inputKey} }

// GetOutputKeys returns the one output of a run, "output".
func (a *Agent) GetOutputKeys() []string { return []string{outputKey} }

// GetTools returns the tools that the executor runs.
func (a *Agent) GetTools() []lctools.Tool { return slices.Clone(a.tools) }

// ask sends the system message and the messages, and reads the answer.
func (a *Agent) ask(
	ctx context.Context, messages []llms.MessageContent, options ...chains.ChainCallOption,
) (turn, error) {
	if a.model == nil {
		return turn{}, errors.New("langchaingo: the agent has no model: give NewAgent one")
	}
	callOptions, resolved := a.resolve(options)
	res, err := a.model.GenerateContent(ctx, a.withSystem(messages), callOptions...)
	if err != nil {
		// Some clients rewrite transport errors into plain text, which hides a
		// cancelled context.
		if ended := ctx.Err(); ended != nil && !errors.Is(err, ended) {
			return turn{}, fmt.Errorf("langchaingo: ask the model: %w: %w", ended, err)
		}
		return turn{}, fmt.Errorf("langchaingo: ask the model: %w", err)
	}
	t, err := readTurn(res, resolved)
	if a.sequential {
		t.layout = sequential
	}
	return t, err
}

// resolve puts the options in order and says what they come to.
func (a *Agent) resolve(options []chains.ChainCallOption) ([]llms.CallOption, llms.CallOptions) {
	own := apply(a.callOptions)
	out := append(slices.Clone(a.callOptions), chains.GetLLMCallOptions(options...)...)
	resolved := apply(out)
	if resolved.StreamingFunc == nil {
		// The chain options set the streaming function even when the run has
		// none, which wipes the agent's.
		out = append(out, llms.WithStreamingFunc(own.StreamingFunc))
	}
	return append(out, llms.WithTools(a.definitions)), resolved
}

func apply(options []llms.CallOption) llms.CallOptions {
	var out llms.CallOptions
	for _, option := range options {
		option(&out)
	}
	return out
}

func (t turn) finish() *schema.AgentFinish {
	return &schema.AgentFinish{ReturnValues: map[string]any{outputKey: t.text}, Log: t.text}
}

// withSystem puts the system message first. There is one at most, because
// llms/googleai keeps only the last, and the history is the user's words, not
// the system's.
func (a *Agent) withSystem(messages []llms.MessageContent) []llms.MessageContent {
	if a.system == "" {
		return messages
	}
	return append([]llms.MessageContent{llms.TextParts(llms.ChatMessageTypeSystem, a.system)}, messages...)
}

func prompt(inputs map[string]string) (string, error) {
	text := inputs[inputKey]
	if strings.TrimSpace(text) == "" {
		return "", fmt.Errorf("langchaingo: the run has no question: set the input %q", inputKey)
	}
	for _, key := range historyKeys {
		if past := strings.TrimSpace(inputs[key]); past != "" {
			return fmt.Sprintf("The conversation so far:\n%s\n\nThe new message:\n%s", past, text), nil
		}
	}
	return text, nil
}

// lookup finds a tool as the executor does, ignoring case.
func (a *Agent) lookup(name string) lctools.Tool {
	for _, t := range a.tools {
		if strings.EqualFold(t.Name(), name) {
			return t
		}
	}
	return nil
}

func joinParagraphs(paragraphs ...string) string {
	var out []string
	for _, p := range paragraphs {
		if p = strings.TrimSpace(p); p != "" {
			out = append(out, p)
		}
	}
	return strings.Join(out, "\n\n")
}
