package model

import (
	"encoding/json"
	"regexp"
)

// Rule maps questions to tool calls and to an answer. The zero value matches
// nothing. All functions must be safe for concurrent use and depend on their
// arguments alone: a plan is worked out afresh on every request.
type Rule struct {
	// Example is a question that the rule answers, listed where the model says
	// what it can be asked. Empty keeps the rule out of that list.
	Example string

	// Pattern is searched in the user's whole question. Start it with (?i) to
	// ignore case. A nil pattern never matches.
	Pattern *regexp.Regexp

	// Calls returns the tool calls to make at once, in order; none means that
	// the rule does not fit after all, and the next one is tried. A rule whose
	// Calls is nil answers straight away by its Answer.
	Calls func(Question) []Call

	// Next returns the calls that need the results of the first ones, nil for
	// none. It is asked once, when all results are there.
	Next func(Question, []Result) []Call

	// Answer phrases the answer from the results, in call order, those of Next
	// last. Nil describes the results in plain sentences.
	Answer func(Question, []Result) string
}

// Question is the text that a rule matched, with the groups of its pattern.
type Question struct {
	// Text is the question, or the part of it between two conjunctions when a
	// built-in rule matched that part alone.
	Text string

	// Groups holds the whole match and the pattern's groups by number.
	Groups []string

	names []string
}

// Group returns the group of the given name, "" when it is absent or empty.
func (q Question) Group(name string) string {
	for i, n := range q.names {
		if n == name && i < len(q.Groups) {
			return q.Groups[i]
		}
	}
	return ""
}

// Call is a tool call that a rule wants, before it is fitted to the tools
// offered: a generic execute tool, a tool per action, or a one-string tool.
type Call struct {
	// Tool is the exact name of an offered tool. Leave it empty to reach a
	// connector's operation by Entity and Action.
	Tool string

	// Entity and Action name a connector's operation, as "issues" and "get".
	Entity, Action string

	// Params are the operation's parameters, or the arguments of Tool.
	Params map[string]any

	// Else is used where the offered tools do not serve this operation, and for
	// the one retry after the tool has refused it.
	Else *Call
}

// Result is what came back for one call.
type Result struct {
	// Call is the call, as far as it can be read from the tool's name and
	// arguments.
	Call Call

	// Text is the tool's output as it came.
	Text string

	// Data is the envelope's data, or the whole output when it is JSON without
	// an envelope. Nil for an error and for output that is not JSON.
	Data json.RawMessage

	// Meta is the envelope's meta.
	Meta Meta

	// Error is the envelope's error, nil on success.
	Error *Failure
}

// Meta is the paging and cutting that an envelope reports.
type Meta struct {
	HasMore   bool   `json:"has_more"`
	Cursor    string `json:"cursor"`
	Truncated bool   `json:"truncated"`
	Returned  int    `json:"returned"`
	Total     int    `json:"total"`
	Hint      string `json:"hint"`
}

// Failure is an envelope's error.
type Failure struct {
	Kind       string          `json:"kind"`
	Message    string          `json:"message"`
	Hint       string          `json:"hint"`
	Retryable  bool            `json:"retryable"`
	DidYouMean json.RawMessage `json:"did_you_mean"`
}

// ask matches the rule's pattern and returns the question with its groups.
func (r Rule) ask(text string) (Question, bool) {
	if r.Pattern == nil {
		return Question{}, false
	}
	groups := r.Pattern.FindStringSubmatch(text)
	if groups == nil {
		return Question{}, false
	}
	return Question{Text: text, Groups: groups, names: r.Pattern.SubexpNames()}, true
}
