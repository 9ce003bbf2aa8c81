package model

import (
	"encoding/json"
	"net/http"

	"github.com/agentsdk-go/airbyte/sandbox/internal/plainjson"
)

type chatChunk struct {
	chatHead
	Choices []chatChunkChoice `json:"choices"`
	// Usage is absent unless asked for; then it is null on all chunks but the
	// last.
	Usage json.RawMessage `json:"usage,omitempty"`
}

type chatChunkChoice struct {
	Index        int             `json:"index"`
	Delta        chatDelta       `json:"delta"`
	Logprobs     json.RawMessage `json:"logprobs"`
	FinishReason *string         `json:"finish_reason"`
}

type chatDelta struct {
	Role         string          `json:"role,omitempty"`
	Content      json.RawMessage `json:"content,omitempty"`
	Refusal      json.RawMessage `json:"refusal,omitempty"`
	ToolCalls    []chatCallDelta `json:"tool_calls,omitempty"`
	FunctionCall *functionDelta  `json:"function_call,omitempty"`
}

type chatCallDelta struct {
	Index    int           `json:"index"`
	ID       string        `json:"id,omitempty"`
	Type     string        `json:"type,omitempty"`
	Function functionDelta `json:"function"`
}

type functionDelta struct {
	Name      string `json:"name,omitempty"`
	Arguments string `json:"arguments"`
}

var null = json.RawMessage("null")

// stream sends the completion in chunks. The status is out by then, so a write
// that fails only ends the stream: its reader is gone.
func (c chatReply) stream(w http.ResponseWriter, withUsage bool) {
	out := startStream(w)
	head := c.head
	head.Object = "chat.completion.chunk"
	for _, choice := range c.chunks() {
		chunk := chatChunk{chatHead: head, Choices: []chatChunkChoice{choice}}
		if withUsage {
			chunk.Usage = null
		}
		if out.send("", chunk) != nil {
			return
		}
	}
	if withUsage && out.send("", chatChunk{chatHead: head, Choices: []chatChunkChoice{}, Usage: c.usage.chat()}) != nil {
		return
	}
	_ = out.line("", "[DONE]")
}

// chunks are the choices of the stream: the role, the text by words or the
// calls by fragments, the reason for the end.
func (c chatReply) chunks() []chatChunkChoice {
	var deltas []chatDelta
	switch {
	case len(c.reply.calls) == 0:
		deltas = c.textDeltas()
	case c.legacy:
		deltas = functionDeltas(c.reply.calls[0])
	default:
		deltas = callDeltas(c.reply.calls)
	}
	choices := make([]chatChunkChoice, 0, len(deltas)+1)
	for _, delta := range deltas {
		choices = append(choices, chatChunkChoice{Delta: delta})
	}
	return append(choices, chatChunkChoice{FinishReason: &c.finish})
}

func (c chatReply) textDeltas() []chatDelta {
	deltas := []chatDelta{{Role: "assistant", Content: json.RawMessage(`""`), Refusal: null}}
	for _, chunk := range wordChunks(c.reply.text) {
		deltas = append(deltas, chatDelta{Content: quote(chunk)})
	}
	return deltas
}

// quote writes a JSON string.
func quote(s string) json.RawMessage {
	raw, err := plainjson.Encode(s)
	if err != nil {
		return null // unreachable: every string can be encoded
	}
	return raw
}

func callDeltas(calls []call) []chatDelta {
	deltas := []chatDelta{{Role: "assistant", Content: null, Refusal: null}}
	for i, made := range calls {
		deltas = append(deltas, chatDelta{ToolCalls: []chatCallDelta{{
			Index: i, ID: made.ID, Type: "function", Function: functionDelta{Name: made.Name},
		}}})
		for _, piece := range fragments(made.Arguments) {
			deltas = append(deltas, chatDelta{ToolCalls: []chatCallDelta{{Index: i, Function: functionDelta{Arguments: piece}}}})
		}
	}
	return deltas
}

func functionDeltas(made call) []chatDelta {
	deltas := []chatDelta{{Role: "assistant", Content: null, FunctionCall: &functionDelta{Name: made.Name}}}
	for _, piece := range fragments(made.Arguments) {
		deltas = append(deltas, chatDelta{FunctionCall: &functionDelta{Arguments: piece}})
	}
	return deltas
}
