package model

import (
	"regexp"
	"strings"
)

const (
	// someIssues is one issue or an enumeration: "issues 1042, 1043 and 1044".
	someIssues = `(?:the\s+)?(?P<ids>` + oneIssue + `(?:(?:\s*,\s*|\s*,?\s+and\s+)` + oneIssue + `)*)`
	oneIssue   = `(?:(?:issues?|tickets?)\s*)?#?\d{1,9}`

	// ending is all that may follow an order: with more text in it the order may
	// mean something else, and then nothing is written.
	ending = `\s*(?:,?\s*(?:please|now|for\s+me))?\s*[.!?]*\s*$`
)

var digits = regexp.MustCompile(`\d+`)

func closeRule() Rule {
	return Rule{
		Example: "Close issue 1448",
		Pattern: asks(polite + `(?:` +
			`(?:close|resolve)\s+` + someIssues +
			`|(?:mark|set)\s+(?:the\s+(?:state|status)\s+of\s+)?` + strings.Replace(someIssues, "ids", "marked", 1) +
			`\s+(?:as|to)\s+(?:closed|resolved|solved))` + ending),
		Calls: func(q Question) []Call {
			var calls []Call
			for _, number := range closing(q) {
				calls = append(calls, Call{Entity: "issue_statuses", Action: "update", Params: map[string]any{
					"id": number, "state": "closed",
				}})
			}
			return calls
		},
		Answer: func(q Question, results []Result) string {
			numbers := closing(q)
			parts := make([]string, min(len(results), len(numbers)))
			for i := range parts {
				parts[i] = confirm("I closed issue "+numbers[i], results[i:i+1])
			}
			return strings.Join(parts, "\n\n")
		},
	}
}

func closing(q Question) []string {
	return digits.FindAllString(q.Group("ids")+q.Group("marked"), -1)
}
