package model

import (
	"fmt"
	"slices"
)

// accountIssuesRule answers "issues of the account Acme" in two steps, as the
// search knows no accounts on issues: the account first, then the issues of the
// longest window, of which those of the account are kept.
func accountIssuesRule() Rule {
	return Rule{
		Example: `Which open issues does the account "Foxglove Logistics" have?`,
		Pattern: asks(`(?s)` + issueNoun + `.*\b(?:` + accountNouns + `)\b|\b(?:` + accountNouns + `)\b.*` + issueNoun),
		Calls: func(q Question) []Call {
			name := properName(q.Text, accountNouns)
			if name == "" {
				return nil
			}
			return []Call{search("accounts", &Call{Entity: "accounts", Action: "list"}, alike("name", name))}
		},
		Next: func(_ Question, results []Result) []Call {
			if account(results) == nil {
				return nil
			}
			return []Call{issuesOf(longestWindow)}
		},
		Answer: answerAccountIssues,
	}
}

// account is the first row of the account search, nil when it found none.
func account(results []Result) record {
	if len(results) == 0 || results[0].Error != nil {
		return nil
	}
	rows, _ := results[0].rows()
	if len(rows) == 0 || rows[0].text("id") == "" {
		return nil
	}
	return rows[0]
}

func answerAccountIssues(q Question, results []Result) string {
	found := account(results)
	if found == nil || len(results) < 2 || results[1].Error != nil {
		return describeEach(results)
	}
	wanted := states(q.Text)
	rows, _ := results[1].rows()
	rows = slices.DeleteFunc(rows, func(row record) bool {
		if row.object("account").text("id") != found.text("id") {
			return true
		}
		return wanted != nil && !slices.Contains(wanted, row.text("state"))
	})
	text := describeList(Call{Entity: "issues"}, rows, results[1].Meta)
	return fmt.Sprintf("For the account %s, in the last %d days of the data: %s", found.text("name", "id"), longestWindow, text)
}
