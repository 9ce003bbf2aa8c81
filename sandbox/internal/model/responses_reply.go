package model

import (
	"encoding/json"
	"net/http"
	"slices"
)

// responses serves POST /v1/responses.
func (h *handler) responses(w http.ResponseWriter, r *http.Request) error {
	var req responsesRequest
	body, err := readBody(w, r, &req)
	if err != nil {
		return err
	}
	conv, kept, err := req.conversation(h.history)
	if err != nil {
		return err
	}
	ids := identify(body)
	out := h.planner.decide(conv)
	ids.name(out.calls)
	answer := responsesReply{
		ids:     ids,
		request: req,
		created: h.now().Unix(),
		reply:   out,
		usage:   usage{input: conv.inputTokens(), output: out.outputTokens()},
	}
	if req.stored() {
		said := turn{Role: roleAssistant, Text: out.text, Calls: out.calls}
		h.history.store(answer.id(), append(slices.Clip(kept), said))
	}
	if req.Stream {
		answer.stream(w)
		return nil
	}
	return writeJSON(w, http.StatusOK, answer.body("completed", answer.items()))
}

type responsesReply struct {
	ids     identity
	request responsesRequest
	created int64
	reply   reply
	usage   usage
}

func (r responsesReply) id() string { return r.ids.of("resp", 0) }

// responseBody is the response object. Members that the request sets are
// echoed, with the service's defaults where it leaves them out.
type responseBody struct {
	ID                 string            `json:"id"`
	Object             string            `json:"object"`
	CreatedAt          int64             `json:"created_at"`
	Status             string            `json:"status"`
	Background         bool              `json:"background"`
	Error              json.RawMessage   `json:"error"`
	IncompleteDetails  json.RawMessage   `json:"incomplete_details"`
	Instructions       json.RawMessage   `json:"instructions"`
	MaxOutputTokens    json.RawMessage   `json:"max_output_tokens"`
	MaxToolCalls       json.RawMessage   `json:"max_tool_calls"`
	Model              string            `json:"model"`
	Output             []outputItem      `json:"output"`
	ParallelToolCalls  bool              `json:"parallel_tool_calls"`
	PreviousResponseID *string           `json:"previous_response_id"`
	Reasoning          json.RawMessage   `json:"reasoning"`
	ServiceTier        string            `json:"service_tier"`
	Store              bool              `json:"store"`
	Temperature        json.RawMessage   `json:"temperature"`
	Text               json.RawMessage   `json:"text"`
	ToolChoice         json.RawMessage   `json:"tool_choice"`
	Tools              []json.RawMessage `json:"tools"`
	TopP               json.RawMessage   `json:"top_p"`
	Truncation         string            `json:"truncation"`
	Usage              json.RawMessage   `json:"usage"`
	User               *string           `json:"user"`
	Metadata           json.RawMessage   `json:"metadata"`
}

// body is the response at a stage: in progress it has no output and no usage.
func (r responsesReply) body(status string, output []outputItem) responseBody {
	req := r.request
	out := responseBody{
		ID: r.id(), Object: "response", CreatedAt: r.created, Status: status,
		Error: null, IncompleteDetails: null,
		Instructions:    given(req.Instructions, "null"),
		MaxOutputTokens: given(req.MaxOutputTokens, "null"),
		MaxToolCalls:    given(req.MaxToolCalls, "null"),
		Model:           req.Model, Output: output,
		ParallelToolCalls: req.parallel(), PreviousResponseID: req.PreviousResponseID,
		Reasoning:   json.RawMessage(`{"effort":null,"summary":null}`),
		ServiceTier: "default", Store: req.stored(),
		Temperature: given(req.Temperature, "1.0"),
		Text:        json.RawMessage(`{"format":{"type":"text"},"verbosity":"medium"}`),
		ToolChoice:  given(req.ToolChoice, `"auto"`),
		Tools:       append([]json.RawMessage{}, req.Tools...),
		TopP:        given(req.TopP, "1.0"),
		Truncation:  "disabled", Usage: null,
		Metadata: given(req.Metadata, "{}"),
	}
	if status == "completed" {
		out.Usage = r.usage.responses()
	}
	return out
}

func given(raw json.RawMessage, otherwise string) json.RawMessage {
	if absent(raw) {
		return json.RawMessage(otherwise)
	}
	return raw
}

// responses writes the usage of the Responses API.
func (u usage) responses() json.RawMessage {
	return json.RawMessage(at(`{"input_tokens":%d,"input_tokens_details":{"cached_tokens":0,"cache_write_tokens":0},`+
		`"output_tokens":%d,"output_tokens_details":{"reasoning_tokens":0},"total_tokens":%d}`,
		u.input, u.output, u.total()))
}

// outputItem is a message or a function call. The pointers and the omitted
// members keep each kind to its own shape.
type outputItem struct {
	ID        string        `json:"id"`
	Type      string        `json:"type"`
	Status    string        `json:"status"`
	Role      string        `json:"role,omitempty"`
	Content   *[]outputText `json:"content,omitempty"`
	Arguments *string       `json:"arguments,omitempty"`
	CallID    string        `json:"call_id,omitempty"`
	Name      string        `json:"name,omitempty"`
}

type outputText struct {
	Type        string   `json:"type"`
	Annotations []string `json:"annotations"`
	Logprobs    []string `json:"logprobs"`
	Text        string   `json:"text"`
}

func newOutputText(text string) outputText {
	return outputText{Type: "output_text", Annotations: []string{}, Logprobs: []string{}, Text: text}
}

// items is the finished output.
func (r responsesReply) items() []outputItem {
	if len(r.reply.calls) == 0 {
		return []outputItem{r.messageItem("completed", newOutputText(r.reply.text))}
	}
	items := make([]outputItem, len(r.reply.calls))
	for i, made := range r.reply.calls {
		items[i] = r.callItem(i, "completed", made.Arguments)
	}
	return items
}

func (r responsesReply) messageItem(status string, texts ...outputText) outputItem {
	content := append([]outputText{}, texts...)
	return outputItem{ID: r.ids.of("msg", 0), Type: "message", Status: status, Role: "assistant", Content: &content}
}

func (r responsesReply) callItem(i int, status, arguments string) outputItem {
	made := r.reply.calls[i]
	return outputItem{
		ID: r.ids.of("fc", i), Type: "function_call", Status: status,
		Arguments: &arguments, CallID: made.ID, Name: made.Name,
	}
}
