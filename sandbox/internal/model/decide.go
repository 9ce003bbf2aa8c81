package model

import "slices"

// decide works out the next reply from the conversation alone. A plan has three
// stages, first calls, one correction of those that failed, calls that need the
// results, and the number of calls made so far tells where it stands. A caller
// that demands a call gets one every time, also when all is known: taking the
// demand back after the first round is the caller's part, as with the service.
// Only an order that is turned down gets none, as any call might carry it out.
func (p planner) decide(c conversation) reply {
	text, done, found := c.question()
	if !found {
		return reply{text: p.introduction(offer(c.tools))}
	}
	tools := offer(c.tools)
	if c.choice.mode == choiceNamed {
		tools = only(tools, c.choice.name)
	}
	if c.choice.mode == choiceNone {
		return reply{text: p.withoutCalls(text, done, offer(c.tools))}
	}
	s, planned := p.plan(text, tools)
	answer, calls := p.step(s, planned, done, tools)
	if len(calls) == 0 && c.choice.mode != choiceAuto && !s.turnsDown() {
		calls = forced(s, text, tools)
	}
	if len(calls) == 0 {
		return reply{text: answer}
	}
	if p.readOnly && slices.ContainsFunc(calls, tools.mayChange) {
		return reply{text: noWriting}
	}
	if !c.parallel {
		calls = calls[:1]
	}
	return reply{calls: wire(calls)}
}

// step returns the calls to make now, or the answer when nothing is left to ask.
func (p planner) step(s script, planned bool, done []executed, tools offer) (string, []placed) {
	if !planned {
		if len(done) > 0 {
			return describeAll(readAll(nil, done)), nil
		}
		return p.introduction(tools), nil
	}
	first := s.first()
	if len(done) < len(first) {
		return "", first[len(done):]
	}
	results := readAll(first, done[:len(first)])
	rest := done[len(first):]
	if corrections := correct(first, results, tools); len(corrections) > 0 {
		if len(rest) < len(corrections) {
			return "", list(corrections)[len(rest):]
		}
		rest = merge(results, corrections, rest)
	}
	return follow(s, results, rest, tools)
}

// follow runs the third stage, and answers when it is over.
func follow(s script, results []Result, rest []executed, tools offer) (string, []placed) {
	shares := s.split(results)
	var calls []placed
	counts := make([]int, len(s.segments))
	for i, part := range s.segments {
		if part.rule.Next == nil {
			continue
		}
		for _, want := range part.rule.Next(part.question, shares[i]) {
			if one, ok := tools.place(want); ok {
				calls = append(calls, one)
				counts[i]++
			}
		}
	}
	if len(rest) < len(calls) {
		return "", calls[len(rest):]
	}
	later := readAll(calls, rest)
	for i := range shares {
		shares[i] = append(shares[i], later[:counts[i]]...)
		later = later[counts[i]:]
	}
	return s.answer(shares), nil
}

// withoutCalls answers a question for which tool calls are forbidden.
func (p planner) withoutCalls(text string, done []executed, tools offer) string {
	s, planned := p.plan(text, tools)
	if first := s.first(); planned && len(first) == len(done) {
		return s.answer(s.split(readAll(first, done)))
	}
	if len(done) > 0 {
		return describeAll(readAll(nil, done))
	}
	return prefix + "I may not call a tool for this question (tool_choice is none), and I know nothing by myself. " + p.questions()
}

// forced picks the call of a caller that demands one where the plan has none.
func forced(s script, text string, tools offer) []placed {
	if first := s.first(); len(first) > 0 {
		return first
	}
	for _, t := range tools {
		return []placed{t.order(text)}
	}
	return nil
}

func only(tools offer, name string) offer {
	return slices.DeleteFunc(slices.Clone(tools), func(t tool) bool { return t.Name != name })
}

func wire(calls []placed) []call {
	out := make([]call, len(calls))
	for i, c := range calls {
		out[i] = c.call
	}
	return out
}

// readAll reads the results; where the call was planned its meaning is known,
// otherwise it is read back from the arguments.
func readAll(planned []placed, done []executed) []Result {
	results := make([]Result, len(done))
	for i, d := range done {
		from := readCall(d.call)
		if i < len(planned) {
			from = planned[i].want
		}
		results[i] = readResult(from, d.result)
	}
	return results
}
