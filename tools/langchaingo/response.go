package langchaingo

import (
	"errors"
	"fmt"
	"strings"

	"github.com/tmc/langchaingo/agents"
	"github.com/tmc/langchaingo/llms"
)

// ErrEmptyAnswer is returned when a model answers with neither text nor a tool
// call. It comes wrapped together with agents.ErrUnableToParseOutput, so an
// executor with a parser error handler asks the model again.
var ErrEmptyAnswer = errors.New("the model answered with neither text nor a tool call")

// readTurn makes one turn of a response. Clients differ: most give one choice
// per candidate, while llms/anthropic gives one choice per content block, so
// its text and its calls lie in several choices of one answer.
func readTurn(res *llms.ContentResponse, opts llms.CallOptions) (turn, error) {
	choices := answerChoices(res, opts)
	if len(choices) == 0 {
		return turn{}, fmt.Errorf("langchaingo: %w: no choices: %w", ErrEmptyAnswer, agents.ErrUnableToParseOutput)
	}
	t := turn{layout: parallel}
	if len(choices) > 1 {
		t.layout = sequential
	}
	var texts []string
	for _, choice := range choices {
		if choice.Content != "" {
			texts = append(texts, choice.Content)
		}
		t.addCalls(choice)
	}
	t.text = strings.Join(texts, "\n")
	if len(t.calls) == 0 && strings.TrimSpace(t.text) == "" {
		return turn{}, fmt.Errorf("langchaingo: %w (stop reason %q): %w",
			ErrEmptyAnswer, choices[len(choices)-1].StopReason, agents.ErrUnableToParseOutput)
	}
	return t, nil
}

// answerChoices leaves the choices that belong to one answer. Several
// candidates are alternatives: to run the calls of two would do the work twice.
func answerChoices(res *llms.ContentResponse, opts llms.CallOptions) []*llms.ContentChoice {
	if res == nil {
		return nil
	}
	var choices []*llms.ContentChoice
	for _, choice := range res.Choices {
		if choice != nil {
			choices = append(choices, choice)
		}
	}
	if len(choices) > 1 && (opts.N > 1 || opts.CandidateCount > 1 || !blocks(choices)) {
		return choices[:1]
	}
	return choices
}

// blocks reports whether each choice holds one block of an answer, as
// llms/anthropic delivers them: words or one call, and never the legacy
// FuncCall that clients with real choices fill.
func blocks(choices []*llms.ContentChoice) bool {
	for _, c := range choices {
		if c.FuncCall != nil || len(c.ToolCalls) > 1 || len(c.ToolCalls) == 1 && c.Content != "" {
			return false
		}
	}
	return true
}

func (t *turn) addCalls(choice *llms.ContentChoice) {
	asked := choice.ToolCalls
	if len(asked) == 0 && choice.FuncCall != nil {
		asked = []llms.ToolCall{{Type: "function", FunctionCall: choice.FuncCall}}
	}
	for _, a := range asked {
		// llms/openai makes a nameless extra call of a stream's closing chunk
		// when that repeats empty arguments.
		if a.FunctionCall == nil || a.ID == "" && a.FunctionCall.Name == "" {
			continue
		}
		// Only the Google clients leave both empty; the pair tells their turns
		// from everyone else's.
		if a.ID == "" && a.Type == "" {
			t.layout = merged
		}
		t.calls = append(t.calls, call{id: a.ID, name: a.FunctionCall.Name, arguments: a.FunctionCall.Arguments})
	}
}

// fillIDs gives every call of the turn an id of its own; before is the number
// of calls made earlier in the run. Results are matched to calls by id, and
// some servers send none or the same one twice.
func (t *turn) fillIDs(before int) {
	seen := make(map[string]bool, len(t.calls))
	for i := range t.calls {
		if id := t.calls[i].id; id == "" || seen[id] {
			t.calls[i].id = fmt.Sprintf("call_%d", before+i+1)
		}
		seen[t.calls[i].id] = true
	}
}
