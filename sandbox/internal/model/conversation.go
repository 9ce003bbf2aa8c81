package model

import "strings"

// A role says who a turn comes from.
type role string

const (
	roleSystem    role = "system"
	roleUser      role = "user"
	roleAssistant role = "assistant"
	roleTool      role = "tool"
)

// call is one tool call as it stands on the wire.
type call struct {
	ID, Name, Arguments string
}

// turn is one step of a conversation, whichever protocol it came in.
type turn struct {
	Role   role
	Text   string
	Calls  []call // of an assistant
	CallID string // of a tool; empty in the deprecated functions protocol
	Name   string // of a function, in the deprecated protocol
}

// conversation is what both protocols are decoded to.
type conversation struct {
	tools    []tool
	choice   choice
	parallel bool
	turns    []turn
}

// choice is the caller's rule on calling tools.
type choice struct {
	mode string // auto, none, required or named
	name string // of the tool, when named
}

const (
	choiceAuto     = "auto"
	choiceNone     = "none"
	choiceRequired = "required"
	choiceNamed    = "named"
)

// executed is a tool call of the history with its result.
type executed struct {
	call   call
	result string
}

// newMessage stands before the question where an agent sends its memory of the
// conversation in the same turn: the rest is no part of the question.
const (
	memory     = "The conversation so far:\n"
	newMessage = "\n\nThe new message:\n"
)

func withoutMemory(text string) string {
	if at := strings.LastIndex(text, newMessage); at >= 0 && strings.HasPrefix(text, memory) {
		return text[at+len(newMessage):]
	}
	return text
}

// question returns the last user turn and the calls answered after it.
func (c conversation) question() (text string, done []executed, found bool) {
	last := -1
	for i, t := range c.turns {
		if t.Role == roleUser {
			last = i
		}
	}
	if last < 0 {
		return "", nil, false
	}
	return withoutMemory(c.turns[last].Text), pair(c.turns[last+1:]), true
}

// pair brings calls and results together, in the order of the calls.
func pair(turns []turn) []executed {
	var done []executed
	answered := map[int]bool{}
	for i, t := range turns {
		for _, made := range t.Calls {
			if at := resultOf(made, turns[i+1:], i+1, answered); at >= 0 {
				answered[at] = true
				done = append(done, executed{call: made, result: turns[at].Text})
			}
		}
	}
	return done
}

// resultOf returns the position of the first unused result of a call, -1 if
// there is none. The deprecated protocol has no ids and matches by name.
func resultOf(made call, turns []turn, offset int, used map[int]bool) int {
	for i, t := range turns {
		if t.Role != roleTool || used[offset+i] {
			continue
		}
		if t.CallID != "" && t.CallID == made.ID || t.CallID == "" && t.Name == made.Name {
			return offset + i
		}
	}
	return -1
}

// usage counts tokens as a quarter of the characters, rounded up: a number that
// grows with the text and is the same in every run.
type usage struct{ input, output int }

func (u usage) total() int { return u.input + u.output }

func (c conversation) inputTokens() int {
	chars := 0
	for _, t := range c.turns {
		chars += runes(t.Text)
		for _, made := range t.Calls {
			chars += runes(made.Name) + runes(made.Arguments)
		}
	}
	for _, offered := range c.tools {
		chars += runes(offered.Name) + runes(offered.Description) + runes(string(offered.Schema))
	}
	return quarter(chars)
}

// reply is what the model says next: text or calls, never both.
type reply struct {
	text  string
	calls []call
}

func (r reply) outputTokens() int {
	chars := runes(r.text)
	for _, made := range r.calls {
		chars += runes(made.Name) + runes(made.Arguments)
	}
	return quarter(chars)
}

func quarter(chars int) int { return (chars + 3) / 4 }
