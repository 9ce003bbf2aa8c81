package langchaingo

import (
	"regexp"

	"github.com/tmc/langchaingo/llms"

	"github.com/agentsdk-go/airbyte/internal/replay"
)

// layout says how one turn of the model is written back into its history. No
// single layout survives every langchaingo client, so a turn goes back in the
// shape in which the client delivered it.
type layout string

const (
	// parallel is one AI message with every call, then one tool message per
	// result. llms/openai needs the results apart: it takes one part per tool
	// message.
	parallel layout = "parallel"
	// merged is one AI message with every call, then one tool message with
	// every result. Gemini wants as many responses in the next content as there
	// were calls.
	merged layout = "merged"
	// sequential is one AI message and one tool message per call.
	// llms/anthropic sends only the first part of an AI message, and the API
	// refuses a result whose call is missing.
	sequential layout = "sequential"
)

// call is one tool call as the model wrote it.
type call struct {
	id, name, arguments string
}

// turn is one answer of the model: its words and the calls it asks for.
type turn struct {
	text   string
	calls  []call
	layout layout
}

// messages writes the turn and the results of its calls, in the same order, as
// history for the next request.
func (t turn) messages(results []string) []llms.MessageContent {
	if t.layout == sequential {
		return t.sequentialMessages(results)
	}
	ask := llms.MessageContent{Role: llms.ChatMessageTypeAI}
	if t.text != "" {
		ask.Parts = append(ask.Parts, llms.TextPart(t.text))
	}
	var answers []llms.MessageContent
	for i, c := range t.calls {
		ask.Parts = append(ask.Parts, c.part())
		answers = append(answers, toolMessage(c.response(results[i])))
	}
	if t.layout == merged {
		answers = mergeParts(answers)
	}
	return append([]llms.MessageContent{ask}, answers...)
}

// sequentialMessages puts the text behind the first call: llms/anthropic looks
// at the first part alone, and roles that strictly alternate leave no room for
// a message of its own.
func (t turn) sequentialMessages(results []string) []llms.MessageContent {
	var out []llms.MessageContent
	for i, c := range t.calls {
		ask := llms.MessageContent{Role: llms.ChatMessageTypeAI, Parts: []llms.ContentPart{c.part()}}
		if i == 0 && t.text != "" {
			ask.Parts = append(ask.Parts, llms.TextPart(t.text))
		}
		out = append(out, ask, toolMessage(c.response(results[i])))
	}
	return out
}

func (c call) part() llms.ContentPart {
	return llms.ToolCall{ID: c.id, Type: "function", FunctionCall: &llms.FunctionCall{
		Name:      replayName(c.name),
		Arguments: replay.Arguments(c.arguments),
	}}
}

func (c call) response(result string) llms.ContentPart {
	return llms.ToolCallResponse{ToolCallID: c.id, Name: replayName(c.name), Content: result}
}

func toolMessage(part llms.ContentPart) llms.MessageContent {
	return llms.MessageContent{Role: llms.ChatMessageTypeTool, Parts: []llms.ContentPart{part}}
}

func mergeParts(messages []llms.MessageContent) []llms.MessageContent {
	var all llms.MessageContent
	for _, m := range messages {
		all.Role = m.Role
		all.Parts = append(all.Parts, m.Parts...)
	}
	return []llms.MessageContent{all}
}

var illegalName = regexp.MustCompile(`[^a-zA-Z0-9_-]`)

// replayName is name in the form that providers accept in history; a model that
// invents "functions.search" would otherwise break every later request of the
// run.
func replayName(name string) string {
	name = illegalName.ReplaceAllString(name, "_")
	if name == "" {
		return "unnamed"
	}
	return name[:min(len(name), 64)]
}
