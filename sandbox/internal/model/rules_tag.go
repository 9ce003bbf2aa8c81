package model

import (
	"cmp"
	"strings"
)

// sentenceWord is a word that a tag's name without quotes does not hold: with
// one, the order says more than the name.
var sentenceWord = asks(`\b(?:and|or|then|to|on|for|with|in|from|of)\b`)

func createTagRule() Rule {
	return Rule{
		Example: "Create a tag called churn-risk",
		Pattern: asks(polite + `(?:create|add|make)\s+(?:an?\s+|the\s+)?(?:new\s+)?(?:(?P<object>issue|account|article)\s+)?tag` +
			`(?:\s+(?:called|named)|\s*:)?\s+(?:["“](?P<quoted>[^"”]+)["”]|(?P<bare>[^\s"“”.!?,;:]+(?:\s+[^\s"“”.!?,;:]+){0,2}))` + ending),
		Calls: func(q Question) []Call {
			name := tagName(q)
			if name == "" {
				return nil
			}
			return []Call{{Entity: "tags", Action: "create", Params: map[string]any{
				"value": name, "object_type": tagged(q),
			}}}
		},
		Answer: func(q Question, results []Result) string {
			return confirm("I created the "+tagged(q)+" tag "+tagName(q), results)
		},
	}
}

// tagName is empty where it cannot be told from the rest of the order.
func tagName(q Question) string {
	if quoted := strings.TrimSpace(q.Group("quoted")); quoted != "" {
		return quoted
	}
	if sentenceWord.MatchString(q.Group("bare")) {
		return ""
	}
	return q.Group("bare")
}

func tagged(q Question) string { return strings.ToLower(cmp.Or(q.Group("object"), "issue")) }
