package model

import (
	"encoding/json"
	"net/http"
)

// chat serves POST /v1/chat/completions.
func (h *handler) chat(w http.ResponseWriter, r *http.Request) error {
	var req chatRequest
	body, err := readBody(w, r, &req)
	if err != nil {
		return err
	}
	conv, err := req.conversation()
	if err != nil {
		return err
	}
	ids := identify(body)
	out := h.planner.decide(conv)
	ids.name(out.calls)
	completion := chatReply{
		head: chatHead{
			ID: "chatcmpl-" + string(ids), Created: h.now().Unix(), Model: req.Model,
			ServiceTier: "default", SystemFingerprint: "fp_scripted",
		},
		reply:  out,
		finish: finishReason(out, conv.choice, req.legacy()),
		legacy: req.legacy(),
		usage:  usage{input: conv.inputTokens(), output: out.outputTokens()},
	}
	if req.Stream {
		completion.stream(w, req.StreamOptions != nil && req.StreamOptions.IncludeUsage)
		return nil
	}
	return writeJSON(w, http.StatusOK, completion.body())
}

// chatHead is what a completion and its chunks have in common.
type chatHead struct {
	ID                string `json:"id"`
	Object            string `json:"object"`
	Created           int64  `json:"created"`
	Model             string `json:"model"`
	ServiceTier       string `json:"service_tier"`
	SystemFingerprint string `json:"system_fingerprint"`
}

type chatReply struct {
	head   chatHead
	reply  reply
	finish string
	legacy bool
	usage  usage
}

// finishReason is "stop" also for a call that the caller named: the service
// reports a forced call as a regular end, and clients must not rely on it.
func finishReason(r reply, c choice, legacy bool) string {
	switch {
	case len(r.calls) == 0 || c.mode == choiceNamed:
		return "stop"
	case legacy:
		return "function_call"
	}
	return "tool_calls"
}

type chatBody struct {
	chatHead
	Choices []chatChoice    `json:"choices"`
	Usage   json.RawMessage `json:"usage"`
}

type chatChoice struct {
	Index        int             `json:"index"`
	Message      chatAnswer      `json:"message"`
	Logprobs     json.RawMessage `json:"logprobs"`
	FinishReason string          `json:"finish_reason"`
}

type chatAnswer struct {
	Role         string         `json:"role"`
	Content      *string        `json:"content"`
	Refusal      *string        `json:"refusal"`
	Annotations  []string       `json:"annotations"`
	ToolCalls    []chatToolCall `json:"tool_calls,omitempty"`
	FunctionCall *chatFunction  `json:"function_call,omitempty"`
}

func (c chatReply) body() chatBody {
	head := c.head
	head.Object = "chat.completion"
	answer := chatAnswer{Role: "assistant", Annotations: []string{}}
	for _, made := range c.reply.calls {
		wired := chatFunction{Name: made.Name, Arguments: made.Arguments}
		if c.legacy {
			answer.FunctionCall = &wired
			break // the deprecated protocol has room for one
		}
		answer.ToolCalls = append(answer.ToolCalls, chatToolCall{ID: made.ID, Type: "function", Function: wired})
	}
	if len(c.reply.calls) == 0 {
		answer.Content = &c.reply.text
	}
	choice := chatChoice{Message: answer, FinishReason: c.finish}
	return chatBody{chatHead: head, Choices: []chatChoice{choice}, Usage: c.usage.chat()}
}

// chat writes the usage of Chat Completions; none of the tokens is of a special
// kind.
func (u usage) chat() json.RawMessage {
	return json.RawMessage(at(`{"prompt_tokens":%d,"completion_tokens":%d,"total_tokens":%d,`+
		`"prompt_tokens_details":{"cached_tokens":0,"audio_tokens":0},`+
		`"completion_tokens_details":{"reasoning_tokens":0,"audio_tokens":0,`+
		`"accepted_prediction_tokens":0,"rejected_prediction_tokens":0}}`, u.input, u.output, u.total()))
}
