package model

import (
	"slices"

	"github.com/agentsdk-go/airbyte/internal/action"
)

const (
	refusal   = "I changed nothing: the data behind these tools is live, and a script only reads it. Use a real model for that."
	noWriting = prefix + refusal
)

// refusals are the writing rules without their calls: an order to change
// something is recognised and turned down, not taken for a question.
func refusals() []Rule {
	rules := writeRules()
	for i, rule := range rules {
		rules[i] = Rule{
			Pattern: rule.Pattern,
			Answer:  func(Question, []Result) string { return refusal },
		}
	}
	return rules
}

// mayChange reports whether a call could change something. It looks at what
// goes over the wire, so that no way to a call gets around it.
func (o offer) mayChange(c placed) bool {
	read := readCall(c.call)
	for _, t := range o {
		if t.Name == c.call.Name && !t.executes() && read.Entity == "" {
			return t.namesChange() || t.describesChange()
		}
	}
	return action.Of(read.Action) != action.Read
}

// changing are words of a tool's name that speak of a change.
var changing = []string{
	"add", "approve", "archive", "assign", "authorize", "book", "cancel", "change", "close", "create", "delete",
	"disable", "edit", "enable", "execute", "import", "insert", "invite", "merge", "move", "patch", "pay", "post", "publish", "put",
	"refund", "reject", "remove", "rename", "reopen", "reply", "resolve", "send", "set", "submit", "switch", "tag",
	"unassign", "update", "upload", "upsert", "write",
}

func (t tool) namesChange() bool {
	return slices.ContainsFunc(words(t.Name), func(w string) bool { return slices.Contains(changing, w) })
}

// describesChange looks at the first word, which says what the tool does.
func (t tool) describesChange() bool {
	described := words(t.Description)
	return len(described) > 0 && slices.ContainsFunc(changing, func(w string) bool {
		return sameWord(w, described[0]) || described[0] == w+"es"
	})
}
