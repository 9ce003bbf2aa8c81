package model

import (
	"fmt"
	"html"
	"strings"
)

const (
	// polite may stand before an order; nothing else may, so that a question
	// about replying never writes.
	polite  = `(?s)^\s*(?:(?:please|now|then|can you|could you|would you)[\s,]+)*`
	target  = `(?:the\s+)?(?:issue|ticket)?\s*#?(?P<id>\d{1,9})`
	wording = `\s*(?::|,|\bsaying\b|\bthat\s+says\b|\bwith\s+the\s+text\b|\bwith\b)\s*(?P<body>\S.*)$`
)

// writeRules change data, and therefore ask for an order in so many words.
func writeRules() []Rule {
	return []Rule{noteRule(), replyRule(), closeRule(), assignRule(), createTagRule()}
}

func noteRule() Rule {
	return Rule{
		Example: "Add a note to issue 1042: the fix ships on Monday",
		Pattern: asks(polite + `(?:add|leave|post|write|create|put)\s+(?:an?\s+)?(?:internal\s+|private\s+)?note\s+(?:to|on|in|for)\s+` + target + wording),
		Calls: func(q Question) []Call {
			return []Call{{Entity: "issue_notes", Action: "create", Params: map[string]any{
				"id": q.Group("id"), "body_html": paragraph(q.Group("body")),
			}}}
		},
		Answer: func(q Question, results []Result) string {
			return confirm("I added the note to issue "+q.Group("id"), results)
		},
	}
}

func replyRule() Rule {
	return Rule{
		// Not an issue that came by email: its replies need recipients, which no
		// parameter of the operation holds.
		Example: "Reply to issue 1448: we are looking into it",
		Pattern: asks(polite + `(?:(?:send|post|write)\s+an?\s+(?:public\s+)?reply\s+(?:to|on)|reply\s+(?:to|on)|respond\s+(?:to|on)|answer)\s+` + target + wording),
		// A reply hangs on a message, so the messages are read first.
		Calls: func(q Question) []Call {
			return []Call{{Entity: "messages", Action: "list", Params: map[string]any{"id": q.Group("id")}}}
		},
		Next:   replyToLast,
		Answer: answerReply,
	}
}

// paragraph makes HTML of a text, without the quotes around it.
func paragraph(text string) string {
	text = strings.TrimSpace(text)
	if quoted := quotedPattern.FindStringSubmatch(text); quoted != nil && quoted[0] == text {
		text = quoted[1]
	}
	return "<p>" + html.EscapeString(text) + "</p>"
}

func replyToLast(q Question, results []Result) []Call {
	message := lastPublic(results)
	if message == "" {
		return nil
	}
	return []Call{{Entity: "issue_replies", Action: "create", Params: map[string]any{
		"id": q.Group("id"), "message_id": message, "body_html": paragraph(q.Group("body")),
	}}}
}

// lastPublic is the id of the customer's last message, or of the last message
// of anyone that is not internal.
func lastPublic(results []Result) string {
	if len(results) == 0 {
		return ""
	}
	rows, _ := results[0].rows()
	var customer, anyone string
	for _, row := range rows {
		if private, _ := row["is_private"].(bool); private || row.text("id") == "" {
			continue
		}
		anyone = row.text("id")
		if row.object("author").object("contact") != nil {
			customer = anyone
		}
	}
	if customer != "" {
		return customer
	}
	return anyone
}

func answerReply(q Question, results []Result) string {
	if len(results) > 1 {
		return confirm("I replied on issue "+q.Group("id"), results[1:])
	}
	if lastPublic(results) != "" {
		return fmt.Sprintf("I sent nothing: no tool offered replies on issue %s.", q.Group("id"))
	}
	if len(results) == 1 && results[0].Error == nil {
		return fmt.Sprintf("I sent nothing: issue %s has no public message to reply to.", q.Group("id"))
	}
	return describeEach(results)
}

// confirm says that a write is done, only when the tool did not fail.
func confirm(done string, results []Result) string {
	if len(results) == 0 || results[0].Error != nil {
		return describeEach(results)
	}
	rows, _ := results[0].rows()
	if len(rows) == 1 && rows[0].text("id") != "" {
		return fmt.Sprintf("%s (id %s).", done, rows[0].text("id"))
	}
	return done + "."
}
