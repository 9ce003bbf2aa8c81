package model

import "regexp"

// builtinRules are tried in this order on each part of a question: what names a
// record first, the smaller lists next, then issues before the contacts and
// customers that questions about issues mention.
func builtinRules() []Rule {
	rules := []Rule{messagesRule(), issueRule(), accountIssuesRule(), meRule()}
	rules = append(rules, catalogueRules()...)
	rules = append(rules, issueRules()...)
	return append(rules, contactsRule(), accountsRule())
}

// asks compiles a pattern that ignores case.
func asks(pattern string) *regexp.Regexp { return regexp.MustCompile(`(?i)` + pattern) }

func always(calls ...Call) func(Question) []Call {
	return func(Question) []Call { return calls }
}

func meRule() Rule {
	return Rule{
		Example: "Who am I?",
		Pattern: asks(`\bwho\s*am\s*i\b|\bmy\s+(?:own\s+)?(?:user|profile|identity|account)\b`),
		Calls:   always(Call{Entity: "me", Action: "get"}),
	}
}

// catalogueRules list what a workspace has few of.
func catalogueRules() []Rule {
	return []Rule{
		{
			Example: "What custom fields do accounts have?",
			Pattern: asks(`\bcustom\s+fields?\b`),
			Calls:   customFields,
		},
		listRule("Which ticket forms are there?", `\b(?:ticket\s+)?forms?\b`, "ticket_forms"),
		listRule("List the user roles.", `\broles?\b`, "user_roles"),
		listRule("List the teams and the tags.", `\bteams?\b`, "teams"),
		listRule("", `\btags?\b`, "tags"),
		listRule("Who are the users?", `\b(?:users?|agents?|team\s?mates?|colleagues?)\b`, "users"),
	}
}

func listRule(example, pattern, entity string) Rule {
	return Rule{
		Example: example,
		Pattern: asks(pattern),
		Calls:   always(Call{Entity: entity, Action: "list"}),
	}
}

var (
	accountWord = asks(`\baccounts?\b`)
	contactWord = asks(`\bcontacts?\b`)
)

func customFields(q Question) []Call {
	object := "issue"
	switch {
	case accountWord.MatchString(q.Text):
		object = "account"
	case contactWord.MatchString(q.Text):
		object = "contact"
	}
	return []Call{{Entity: "custom_fields", Action: "list", Params: map[string]any{"object_type": object}}}
}

func contactsRule() Rule {
	return Rule{
		Example: `Find the contact named "Castellanos".`,
		Pattern: asks(`\bcontacts?\b`),
		Calls: func(q Question) []Call {
			everyone := Call{Entity: "contacts", Action: "list"}
			if email := emailPattern.FindString(q.Text); email != "" {
				return []Call{search("contacts", &everyone, equal("email", email))}
			}
			if name := properName(q.Text, `contacts?`); name != "" {
				return []Call{search("contacts", &everyone, alike("name", name))}
			}
			return []Call{everyone}
		},
	}
}

func accountsRule() Rule {
	return Rule{
		Example: `Tell me about the account "Foxglove Logistics".`,
		Pattern: asks(`\b(?:accounts?|customers?|compan(?:y|ies))\b`),
		Calls: func(q Question) []Call {
			everyone := Call{Entity: "accounts", Action: "list"}
			if name := properName(q.Text, accountNouns); name != "" {
				return []Call{search("accounts", &everyone, alike("name", name))}
			}
			return []Call{everyone}
		},
	}
}

const accountNouns = `accounts?|customers?|company|companies`
