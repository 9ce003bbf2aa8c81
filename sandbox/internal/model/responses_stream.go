package model

import "net/http"

// eventHead is what all events of a response stream have in common.
type eventHead struct {
	Type           string `json:"type"`
	SequenceNumber int    `json:"sequence_number"`
}

func (h *eventHead) stamp(name string, number int) { h.Type, h.SequenceNumber = name, number }

// event is a payload that takes its name and number when it is sent.
type event interface{ stamp(name string, number int) }

type responseEvent struct {
	eventHead
	Response responseBody `json:"response"`
}

type itemEvent struct {
	eventHead
	OutputIndex int        `json:"output_index"`
	Item        outputItem `json:"item"`
}

type partEvent struct {
	eventHead
	ItemID       string     `json:"item_id"`
	OutputIndex  int        `json:"output_index"`
	ContentIndex int        `json:"content_index"`
	Part         outputText `json:"part"`
}

type textEvent struct {
	eventHead
	ItemID       string   `json:"item_id"`
	OutputIndex  int      `json:"output_index"`
	ContentIndex int      `json:"content_index"`
	Delta        *string  `json:"delta,omitempty"`
	Text         *string  `json:"text,omitempty"`
	Logprobs     []string `json:"logprobs"`
}

type argumentsEvent struct {
	eventHead
	ItemID      string  `json:"item_id"`
	OutputIndex int     `json:"output_index"`
	Delta       *string `json:"delta,omitempty"`
	Name        *string `json:"name,omitempty"`
	Arguments   *string `json:"arguments,omitempty"`
}

// responsesStream numbers the events and stops at the first failed write, when
// the reader is gone.
type responsesStream struct {
	out    stream
	number int
	err    error
}

func (s *responsesStream) send(name string, e event) {
	if s.err != nil {
		return
	}
	e.stamp(name, s.number)
	s.number++
	s.err = s.out.send(name, e)
}

// stream sends the response as events. The status is out by then, so a failed
// write cannot be reported any more.
func (r responsesReply) stream(w http.ResponseWriter) {
	s := &responsesStream{out: startStream(w)}
	begun := r.body("in_progress", []outputItem{})
	s.send("response.created", &responseEvent{Response: begun})
	s.send("response.in_progress", &responseEvent{Response: begun})
	if len(r.reply.calls) == 0 {
		r.streamMessage(s)
	}
	for i := range r.reply.calls {
		r.streamCall(s, i)
	}
	s.send("response.completed", &responseEvent{Response: r.body("completed", r.items())})
}

func (r responsesReply) streamMessage(s *responsesStream) {
	begun := r.messageItem("in_progress")
	s.send("response.output_item.added", &itemEvent{Item: begun})
	s.send("response.content_part.added", &partEvent{ItemID: begun.ID, Part: newOutputText("")})
	for _, chunk := range wordChunks(r.reply.text) {
		s.send("response.output_text.delta", &textEvent{ItemID: begun.ID, Delta: &chunk, Logprobs: []string{}})
	}
	text := r.reply.text
	s.send("response.output_text.done", &textEvent{ItemID: begun.ID, Text: &text, Logprobs: []string{}})
	s.send("response.content_part.done", &partEvent{ItemID: begun.ID, Part: newOutputText(text)})
	s.send("response.output_item.done", &itemEvent{Item: r.messageItem("completed", newOutputText(text))})
}

func (r responsesReply) streamCall(s *responsesStream, i int) {
	made := r.reply.calls[i]
	begun := r.callItem(i, "in_progress", "")
	s.send("response.output_item.added", &itemEvent{OutputIndex: i, Item: begun})
	for _, piece := range fragments(made.Arguments) {
		s.send("response.function_call_arguments.delta", &argumentsEvent{ItemID: begun.ID, OutputIndex: i, Delta: &piece})
	}
	s.send("response.function_call_arguments.done", &argumentsEvent{
		ItemID: begun.ID, OutputIndex: i, Name: &made.Name, Arguments: &made.Arguments,
	})
	s.send("response.output_item.done", &itemEvent{OutputIndex: i, Item: r.callItem(i, "completed", made.Arguments)})
}
