package model

import (
	"fmt"
	"slices"
	"strings"
)

// assignRule looks the name up first, as an assignment takes an id.
func assignRule() Rule {
	return Rule{
		Example: "Assign issue 1434 to the Billing team",
		Pattern: asks(polite + `(?:re)?assign\s+` + target + `\s+to\s+(?:the\s+|our\s+)?(?:(?P<kind>team|user|agent)\s+)?` +
			`["“]?(?P<name>[^"”]+?)["”]?(?:\s+(?P<team>team))?` + ending),
		Calls:  owners,
		Next:   assignToFound,
		Answer: answerAssign,
	}
}

// owners lists what the name may stand for.
func owners(q Question) []Call {
	teams, users := Call{Entity: "teams", Action: "list"}, Call{Entity: "users", Action: "list"}
	switch kind := strings.ToLower(q.Group("kind")); {
	case kind == "team" || q.Group("team") != "":
		return []Call{teams}
	case kind != "":
		return []Call{users}
	}
	return []Call{teams, users}
}

func assignToFound(q Question, results []Result) []Call {
	found := named(q.Group("name"), results)
	if len(found) != 1 || failed(results) {
		return nil
	}
	return []Call{{Entity: "issue_assignments", Action: "update", Params: map[string]any{
		"id": q.Group("id"), found[0].param: found[0].row.text("id"),
	}}}
}

// owner is a team or a user that a name fits.
type owner struct {
	row         record
	noun, param string
}

func (o owner) String() string { return o.noun + " " + o.row.text("name", "email", "id") }

// named returns what carries the name, or without an exact match what has all
// of its words.
func named(name string, results []Result) []owner {
	var exact, partly []owner
	for _, r := range results {
		rows, _ := r.rows()
		for _, row := range rows {
			one := owner{row: row, noun: "the team", param: "team_id"}
			if r.Call.Entity == "users" {
				one.noun, one.param = "the user", "assignee_id"
			}
			switch {
			case row.text("id") == "":
			case strings.EqualFold(row.text("name"), name), strings.EqualFold(row.text("email"), name):
				exact = append(exact, one)
			case holdsWords(row.text("name"), name):
				partly = append(partly, one)
			}
		}
	}
	if len(exact) > 0 {
		return exact
	}
	return partly
}

func holdsWords(text, wanted string) bool {
	have, want := words(text), words(wanted)
	return len(want) > 0 && !slices.ContainsFunc(want, func(w string) bool { return !slices.Contains(have, w) })
}

func failed(results []Result) bool {
	return slices.ContainsFunc(results, func(r Result) bool { return r.Error != nil })
}

func answerAssign(q Question, results []Result) string {
	asked := min(len(owners(q)), len(results))
	lookups, assigned := results[:asked], results[asked:]
	found := named(q.Group("name"), lookups)
	switch {
	case failed(lookups):
		return describeEach(lookups) + "\n\nI changed nothing."
	case len(found) == 0:
		return fmt.Sprintf("I changed nothing: I found no team or user called %q.", q.Group("name"))
	case len(found) > 1:
		return fmt.Sprintf("I changed nothing: %q may be %s. Say the whole name.", q.Group("name"), oneOf(found))
	case len(assigned) == 0:
		return fmt.Sprintf("I changed nothing: no tool offered assigns an issue to %s.", found[0])
	}
	return confirm(fmt.Sprintf("I assigned issue %s to %s", q.Group("id"), found[0]), assigned)
}

func oneOf(found []owner) string {
	names := make([]string, len(found))
	for i, one := range found {
		names[i] = one.String()
	}
	return strings.Join(names, " or ")
}
