package model

import (
	"regexp"
	"slices"
	"strings"
)

// planner holds the rules in the order they are tried.
type planner struct {
	user     []Rule
	builtin  []Rule
	writes   []Rule
	readOnly bool // no call that may change something is made
}

// segment is a part of the question with what it asks for.
type segment struct {
	rule     Rule
	question Question
	calls    []placed

	turnedDown bool // an order that is not carried out
}

// script is the whole plan for one question: the segments in order.
type script struct{ segments []segment }

// longestQuestion is how many characters the built-in reading rules look at.
const longestQuestion = 4000

var conjunction = regexp.MustCompile(`(?i)\s*(?:,|;|&|\band\b|\bplus\b|\bas well as\b)\s*`)

// plan turns a question into segments. Rules of the user and writes see the
// whole question, so that a text to post is never cut apart.
func (p planner) plan(text string, tools offer) (script, bool) {
	for _, rules := range [][]Rule{p.user, p.writes} {
		if s, ok := match(rules, text, tools); ok {
			return script{segments: []segment{s}}, true
		}
	}
	if isOrder(text) && !tools.nameOwn(text) {
		return script{segments: []segment{p.turnDown(text)}}, true
	}
	// A question is short; what follows is pasted text that only costs time.
	text = string([]rune(text)[:min(longestQuestion, runes(text))])
	var found []segment
	for _, clause := range conjunction.Split(text, -1) {
		if s, ok := p.clause(clause, tools); ok {
			found = append(found, s)
		}
	}
	if len(found) == 1 {
		// The other clauses may qualify the one that matched: "which issues
		// are new and waiting on us".
		if s, ok := p.clause(text, tools); ok {
			found[0] = s
		}
	}
	found = distinct(found)
	return script{segments: found}, len(found) > 0
}

// clause plans one part: a tool of the user that it names or has a value for,
// else a built-in rule, else a tool of the user that is described in its words.
// An order is none of these but for a tool that it names.
func (p planner) clause(text string, tools offer) (segment, bool) {
	if s, ok := tools.own(text, tool.namedIn); ok {
		return s, true
	}
	if isOrder(text) {
		return p.turnDown(text), true
	}
	if s, ok := tools.own(text, tool.fits); ok {
		return s, true
	}
	if s, ok := match(p.builtin, text, tools); ok {
		return s, true
	}
	return tools.own(text, tool.describes)
}

// own plans a call of the first tool of the user that suits the text.
func (o offer) own(text string, suits func(tool, string) bool) (segment, bool) {
	for _, t := range o {
		if t.ofUser() && suits(t, text) {
			return segment{question: Question{Text: text}, calls: []placed{t.order(text)}}, true
		}
	}
	return segment{}, false
}

func (o offer) nameOwn(text string) bool {
	return slices.ContainsFunc(o, func(t tool) bool { return t.ofUser() && t.namedIn(text) })
}

func (s script) turnsDown() bool {
	return slices.ContainsFunc(s.segments, func(part segment) bool { return part.turnedDown })
}

// match returns the first rule that matches and whose calls the tools can carry.
func match(rules []Rule, text string, tools offer) (segment, bool) {
	for _, rule := range rules {
		question, ok := rule.ask(text)
		if !ok {
			continue
		}
		if calls, ok := placeAll(rule, question, tools); ok {
			return segment{rule: rule, question: question, calls: calls}, true
		}
	}
	return segment{}, false
}

func placeAll(rule Rule, question Question, tools offer) ([]placed, bool) {
	if rule.Calls == nil {
		return nil, rule.Answer != nil
	}
	var calls []placed
	for _, want := range rule.Calls(question) {
		one, ok := tools.place(want)
		if !ok {
			return nil, false
		}
		calls = append(calls, one)
	}
	return calls, len(calls) > 0
}

// distinct drops segments that ask for the same calls as an earlier one.
func distinct(segments []segment) []segment {
	seen := map[string]bool{}
	var kept []segment
	for _, s := range segments {
		var key strings.Builder
		for _, c := range s.calls {
			key.WriteString(c.call.Name + c.call.Arguments + "\n")
		}
		if key.Len() > 0 && seen[key.String()] {
			continue
		}
		seen[key.String()] = true
		kept = append(kept, s)
	}
	return kept
}

// first returns the calls of all segments.
func (s script) first() []placed {
	var calls []placed
	for _, part := range s.segments {
		calls = append(calls, part.calls...)
	}
	return calls
}

// split gives each segment its share of the results of the first calls.
func (s script) split(results []Result) [][]Result {
	shares := make([][]Result, len(s.segments))
	for i, part := range s.segments {
		n := min(len(part.calls), len(results))
		shares[i], results = results[:n:n], results[n:]
	}
	return shares
}
