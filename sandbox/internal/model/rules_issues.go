package model

import (
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"
)

// issueNumber finds numbers of issues: "#1042", "issue 1042", and the rest of an
// enumeration, "issues 1042, 1043 and 1044".
var issueNumber = asks(`(?:#|\b(?:issues?|tickets?|and|or)\s*#?|,\s*#?)(\d{1,9})\b`)

const numbered = `(?:#|\b(?:issues?|tickets?)\s*#?)\d`

func issueNumbers(text string) []string {
	var numbers []string
	for _, m := range issueNumber.FindAllStringSubmatch(text, -1) {
		if !slices.Contains(numbers, m[1]) {
			numbers = append(numbers, m[1])
		}
	}
	return numbers
}

func eachIssue(entity, action string) func(Question) []Call {
	return func(q Question) []Call {
		var calls []Call
		for _, number := range issueNumbers(q.Text) {
			calls = append(calls, Call{Entity: entity, Action: action, Params: map[string]any{"id": number}})
		}
		return calls
	}
}

func issueRule() Rule {
	return Rule{
		Example: "What is the state of issue 1042?",
		Pattern: asks(numbered),
		Calls:   eachIssue("issues", "get"),
	}
}

func messagesRule() Rule {
	const about = `\b(?:messages?|threads?|conversation|history|said|wrote)\b`
	return Rule{
		Example: "Show the messages of issue 1042.",
		Pattern: asks(`(?s)` + about + `.*` + numbered + `|` + numbered + `.*` + about),
		Calls:   eachIssue("messages", "list"),
	}
}

const issueNoun = `\b(?:issues?|tickets?)\b`

// dataEnd is the last moment of the sandbox's data, which the listing by time
// counts back from: with the wall clock it would find nothing.
var dataEnd = time.Date(2026, time.October, 30, 12, 0, 0, 0, time.UTC)

// longestWindow is how far apart the two bounds of a listing may be.
const longestWindow = 30

// issuesOf lists the issues of the last days before the end of the data.
func issuesOf(days int) Call {
	return Call{Entity: "issues", Action: "list", Params: map[string]any{
		"start_time": dataEnd.AddDate(0, 0, -days).Format(time.RFC3339),
		"end_time":   dataEnd.Format(time.RFC3339),
	}}
}

// issueRules cover issues in general: of a time, of a state, about a subject.
func issueRules() []Rule {
	return []Rule{
		{
			Example: "Which issues came in during the last 7 days?",
			Pattern: asks(`(?s)^` + timed + `.*` + issueNoun + `|` + issueNoun + timed),
			Calls:   func(q Question) []Call { return []Call{issuesOf(days(q.Text))} },
			Answer:  answerIssues,
		},
		{
			Example: "Which issues are waiting on us?",
			Pattern: asks(issueNoun),
			Calls:   searchIssues,
			Answer:  answerIssues,
		},
	}
}

const timed = `.*\b(?:recent(?:ly)?|latest|newest|today|yesterday|(?:last|past|this)\s+(?:\d+\s*)?(?:days?|weeks?|months?|issues?|tickets?))\b`

var period = asks(`\b(\d+)?\s*(days?|weeks?|months?|today|yesterday)\b`)

// days reads a period, at most the longest window.
func days(text string) int {
	m := period.FindStringSubmatch(text)
	if m == nil {
		return longestWindow
	}
	n := 1
	if count, err := strconv.Atoi(m[1]); err == nil && count > 0 {
		n = min(count, longestWindow)
	}
	switch unit := strings.ToLower(m[2]); {
	case strings.HasPrefix(unit, "week"):
		n *= 7
	case strings.HasPrefix(unit, "month"):
		n = longestWindow
	case unit == "yesterday":
		n = 2
	}
	return min(n, longestWindow)
}

// stateWords are tried in order: a phrase before the word inside it.
var stateWords = []struct {
	pattern *regexp.Regexp
	states  []string
}{
	{asks(`\b(?:waiting|pending)\s+(?:on|for)\s+(?:the\s+|a\s+)?customers?\b|\bwaiting_on_customer\b`), []string{"waiting_on_customer"}},
	{asks(`\b(?:waiting|pending)\s+(?:on|for)\s+(?:us|me|you|our|the\s+team)\b|\bwaiting_on_you\b|\bneeds?\s+(?:a|an|our)\s+(?:reply|answer)\b`), []string{"new", "waiting_on_you"}},
	{asks(`\b(?:waiting|pending)\b`), []string{"new", "waiting_on_you", "waiting_on_customer"}},
	{asks(`\bon[\s_]hold\b`), []string{"on_hold"}},
	{asks(`\b(?:closed|resolved|solved)\b`), []string{"closed"}},
	{asks(`\b(?:open|unresolved|unsolved|active)\b`), []string{"new", "waiting_on_you", "waiting_on_customer", "on_hold"}},
	{asks(`\b(?:new|untouched)\b`), []string{"new"}},
}

// states returns the states that the text asks for, nil for any.
func states(text string) []string {
	for _, word := range stateWords {
		if word.pattern.MatchString(text) {
			return word.states
		}
	}
	return nil
}

var topic = asks(`\b(?:about|regarding|concerning|mention(?:s|ing)?|related\s+to)\s+(?:the\s+|an?\s+)?["“]?([^"”?.!]+)`)

func searchIssues(q Question) []Call {
	var wanted []condition
	if these := states(q.Text); these != nil {
		wanted = append(wanted, oneOfThese("state", these))
	}
	if m := topic.FindStringSubmatch(q.Text); m != nil {
		wanted = append(wanted, alike("title", strings.TrimSpace(m[1])))
	}
	listed := issuesOf(longestWindow)
	if len(wanted) == 0 {
		return []Call{listed}
	}
	found := search("issues", &listed, wanted...)
	found.Params["query"].(map[string]any)["sort"] = []any{map[string]any{"created_at": "desc"}}
	return []Call{found}
}

// answerIssues leaves out the rows of other states, which a plain listing
// cannot filter.
func answerIssues(q Question, results []Result) string {
	wanted := states(q.Text)
	if len(results) != 1 || wanted == nil {
		return describeEach(results)
	}
	rows, isList := results[0].rows()
	if !isList {
		return Describe(results[0])
	}
	kept := slices.DeleteFunc(rows, func(row record) bool {
		state := row.text("state")
		return state != "" && !slices.Contains(wanted, state)
	})
	text := describeList(Call{Entity: "issues"}, kept, results[0].Meta)
	return fmt.Sprintf("Of the states %s: %s", strings.Join(wanted, ", "), text)
}
