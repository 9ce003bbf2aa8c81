package model

import (
	"encoding/json"
	"maps"
	"slices"
)

// correction is the one more try of the call at a position.
type correction struct {
	at   int
	call placed
}

// correct returns a better call for each result that invites one: the same call
// where the failure is passing, the suggested value where the tool names one,
// the alternative where the operation is refused.
func correct(calls []placed, results []Result, tools offer) []correction {
	var corrections []correction
	for i, r := range results {
		if r.Error == nil {
			continue
		}
		if better, ok := improve(calls[i], *r.Error, tools); ok {
			corrections = append(corrections, correction{at: i, call: better})
		}
	}
	return corrections
}

func improve(c placed, failure Failure, tools offer) (placed, bool) {
	if failure.Retryable {
		return c, true
	}
	if suggestion := suggested(failure.DidYouMean); suggestion != "" {
		return tools.fit(c.want.replace(suggestion, words(failure.Message)))
	}
	if c.want.Else != nil && (failure.Kind == "validation" || failure.Kind == "unsupported") {
		return tools.fit(tools.instead(c.want))
	}
	return placed{}, false
}

// suggested reads did_you_mean, a string or a list of which the first counts.
func suggested(raw json.RawMessage) string {
	var one string
	if json.Unmarshal(raw, &one) == nil {
		return one
	}
	var several []string
	if json.Unmarshal(raw, &several) == nil && len(several) > 0 {
		return several[0]
	}
	return ""
}

// replace puts the suggestion in place of what it resembles most: the entity,
// the action, a parameter's name or a parameter's text. What the message speaks
// of goes before what only resembles.
func (c Call) replace(suggestion string, message []string) Call {
	best := nearest{distance: len(suggestion) + 1, message: message}
	best.consider(c.Entity, suggestion, func(out *Call) { out.Entity = suggestion })
	best.consider(c.Action, suggestion, func(out *Call) { out.Action = suggestion })
	for _, name := range slices.Sorted(maps.Keys(c.Params)) {
		value := c.Params[name]
		best.consider(name, suggestion, func(out *Call) {
			delete(out.Params, name)
			out.Params[suggestion] = value
		})
		if text, ok := value.(string); ok {
			best.consider(text, suggestion, func(out *Call) { out.Params[name] = suggestion })
		}
	}
	c.Params = maps.Clone(c.Params)
	if best.apply != nil {
		best.apply(&c)
	}
	return c
}

// maxCompared bounds the work of comparing two texts; names are far below it.
const maxCompared = 1 << 16

type nearest struct {
	distance int
	message  []string
	apply    func(*Call)
}

func (n *nearest) consider(have, suggestion string, apply func(*Call)) {
	if have == "" || have == suggestion || len(have)*len(suggestion) > maxCompared {
		return
	}
	d := distance(have, suggestion)
	if mentions(n.message, words(have)) {
		d -= len(have) + len(suggestion)
	}
	if d < n.distance {
		n.distance, n.apply = d, apply
	}
}

// mentions reports whether the words occur in the message one after another.
func mentions(message, wanted []string) bool {
	for i := range message {
		if len(wanted) > 0 && len(message)-i >= len(wanted) && slices.Equal(message[i:i+len(wanted)], wanted) {
			return true
		}
	}
	return false
}

// distance is the Levenshtein distance in bytes, enough to compare names.
func distance(a, b string) int {
	row := make([]int, len(b)+1)
	for j := range row {
		row[j] = j
	}
	for i := range len(a) {
		diagonal := row[0]
		row[0] = i + 1
		for j := range len(b) {
			cost := diagonal
			if a[i] != b[j] {
				cost++
			}
			diagonal = row[j+1]
			row[j+1] = min(cost, row[j]+1, row[j+1]+1)
		}
	}
	return row[len(b)]
}

func list(corrections []correction) []placed {
	calls := make([]placed, len(corrections))
	for i, c := range corrections {
		calls[i] = c.call
	}
	return calls
}

// merge puts the results of the corrections in place of the failures and
// returns the calls made after them.
func merge(results []Result, corrections []correction, done []executed) []executed {
	for i, c := range corrections {
		results[c.at] = readResult(c.call.want, done[i].result)
	}
	return done[len(corrections):]
}
