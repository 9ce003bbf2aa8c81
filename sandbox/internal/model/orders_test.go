package model_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// TestOrders shows the calls of the orders that there are rules for.
func TestOrders(t *testing.T) {
	t.Parallel()
	closing := func(id string) string {
		return execute(`{"action":"update","entity":"issue_statuses","params":{"id":"` + id + `","state":"closed"}}`)
	}
	tagging := func(object, value string) string {
		return execute(`{"action":"create","entity":"tags","params":{"object_type":"` + object + `","value":"` + value + `"}}`)
	}
	const done = `{"data":{"id":"x"}}`
	tests := []struct {
		name, question string
		results        []string
		calls          []string
		answer         string
	}{
		{"close", "Close issue 1042", []string{done}, []string{closing("1042")}, "I closed issue 1042 (id x)."},
		{"close, asked politely", "Could you please resolve ticket #7 for me?", []string{done}, []string{closing("7")}, "I closed issue 7 (id x)."},
		{"mark as closed", "Mark issue 7 as resolved.", []string{done}, []string{closing("7")}, "I closed issue 7 (id x)."},
		{
			"close two, one fails", "Close issues 7 and 8",
			[]string{done, `{"error":{"kind":"not_found","message":"no issue 8"}}`},
			[]string{closing("7"), closing("8")},
			"I closed issue 7 (id x).\n\nThe tool issue_statuses.update could not do that (not_found). It said: no issue 8.",
		},
		{"tag", "Create a tag called churn-risk", []string{done}, []string{tagging("issue", "churn-risk")}, "I created the issue tag churn-risk (id x)."},
		{"tag of accounts, in quotes", `add a new account tag "at risk and loud"`, []string{done}, []string{tagging("account", "at risk and loud")}, "I created the account tag at risk and loud (id x)."},
		{
			"assign to a team", "Assign issue 7 to the Billing team",
			[]string{`{"data":[{"id":"t1","name":"Billing"},{"id":"t2","name":"Night Billing"}]}`, done},
			[]string{
				execute(`{"action":"list","entity":"teams","params":{}}`),
				execute(`{"action":"update","entity":"issue_assignments","params":{"id":"7","team_id":"t1"}}`),
			},
			"I assigned issue 7 to the team Billing (id x).",
		},
		{
			"assign to a user by a part of the name", "assign 7 to Ana",
			[]string{`{"data":[{"id":"t1","name":"Billing"}]}`, `{"data":[{"id":"u1","name":"Ana Silva"}]}`, done},
			[]string{
				execute(`{"action":"list","entity":"teams","params":{}}`), execute(`{"action":"list","entity":"users","params":{}}`),
				execute(`{"action":"update","entity":"issue_assignments","params":{"assignee_id":"u1","id":"7"}}`),
			},
			"I assigned issue 7 to the user Ana Silva (id x).",
		},
		{
			"two of that name", "Assign issue 7 to agent Ana",
			[]string{`{"data":[{"id":"u1","name":"Ana Silva"},{"id":"u2","name":"Ana Costa"}]}`},
			[]string{execute(`{"action":"list","entity":"users","params":{}}`)},
			`I changed nothing: "Ana" may be the user Ana Silva or the user Ana Costa. Say the whole name.`,
		},
		{
			"the lookup fails", "Assign issue 7 to agent Ana",
			[]string{`{"error":{"kind":"permission","message":"no"}}`},
			[]string{execute(`{"action":"list","entity":"users","params":{}}`)},
			"The tool users.list could not do that (permission). It said: no.\n\nI changed nothing.",
		},
	}
	server := newServer(t)
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			calls, answer := converse(t, server, test.question, func(n int, _ string) string { return test.results[n] }, chatTools(executeTool))
			if diff := cmp.Diff(test.calls, calls); diff != "" {
				t.Errorf("calls (-want +got):\n%s", diff)
			}
			if diff := cmp.Diff("[scripted model] "+test.answer, answer); diff != "" {
				t.Errorf("answer (-want +got):\n%s", diff)
			}
		})
	}
}

// TestOrdersWithoutRule: an order that no rule carries out is not taken for a
// question.
func TestOrdersWithoutRule(t *testing.T) {
	t.Parallel()
	const required = `"tool_choice":"required"`
	server := newServer(t)
	for _, question := range []string{
		"Delete the tag billing", "delete issue 1042", "Please, remove the vip tag.", "Merge issues 1042 and 1043", "Rename the tag vip to gold",
		"Snooze ticket 7 until Monday", "Reopen issue 7", "Could you update issue 7?", "I want you to delete all contacts", "Unassign issue 7",
		"Add a tag to issue 7", "Tag issue 7 as vip", "Create a tag called vip and add it to issue 7", "Close issue 7 and reply: done",
		"Close issue 7 if it is old", "Reply to issue 7", "Open a new ticket for Acme", "Set issue 7 to on hold", "Create the account Acme",
	} {
		for mode, extra := range map[string][]string{"free": {chatTools(executeTool)}, "demanded": {chatTools(executeTool), required}} {
			t.Run(mode+" "+question, func(t *testing.T) {
				t.Parallel()
				message := chat(t, server, []chatMessage{said("user", question)}, extra...)
				if len(message.ToolCalls) > 0 {
					t.Fatalf("it calls %v", message.ToolCalls)
				}
				for _, want := range []string{"I changed nothing: my script has no rule for", question, "\n- Close issue 1448"} {
					if !strings.Contains(*message.Content, want) {
						t.Errorf("it says %q, want %q in it", *message.Content, want)
					}
				}
			})
		}
	}
}

// TestNoOrders: what only sounds like an order is answered.
func TestNoOrders(t *testing.T) {
	t.Parallel()
	server := newServer(t)
	for _, question := range []string{
		"Write a summary of the open issues", "Send me the list of teams", "Give me the tags", "Update me on issue 7", "Update: what is the state of issue 7?", "Post-mortem issues", "Closed issues, please",
		"Should I close issue 7?", "Open issues about billing", "How do I delete a tag?", "Which issues did we close?", "Create an overview of the accounts",
	} {
		t.Run(question, func(t *testing.T) {
			t.Parallel()
			message := chat(t, server, []chatMessage{said("user", question)}, chatTools(executeTool))
			if len(message.ToolCalls) != 1 {
				t.Errorf("want a call, it says %v", message.Content)
			}
		})
	}
}

// TestOrderInAQuestion: the part that asks is answered, the part that orders is
// turned down.
func TestOrderInAQuestion(t *testing.T) {
	t.Parallel()
	calls, answer := converse(t, newServer(t), "List the teams and delete the tag billing", func(int, string) string { return oneTeam }, chatTools(executeTool))
	if diff := cmp.Diff(twoCalls[:1], calls); diff != "" {
		t.Errorf("calls (-want +got):\n%s", diff)
	}
	if want := "[scripted model] I found 1 team:\n- Support\n\nI changed nothing: my script has no rule for \"delete the tag billing\". "; !strings.HasPrefix(answer, want) {
		t.Errorf("it says %q", answer)
	}
}

// TestMemory: a question that comes with the conversation before it is the new
// message alone.
func TestMemory(t *testing.T) {
	t.Parallel()
	const past = "The conversation so far:\nHuman: What about issue 1042?\nAI: It is closed.\nHuman: Delete the tag billing\n\nThe new message:\n"
	tests := []struct{ name, text, want string }{
		{"a question", past + "List the teams.", twoCalls[0]},
		{"an order", past + "Close issue 7", execute(`{"action":"update","entity":"issue_statuses","params":{"id":"7","state":"closed"}}`)},
		{"the words without a memory", "Who am I?\n\nThe new message:\nhello", execute(`{"action":"get","entity":"me","params":{}}`)},
	}
	server := newServer(t)
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			message := chat(t, server, []chatMessage{said("user", test.text)}, chatTools(executeTool))
			if len(message.ToolCalls) != 1 || message.ToolCalls[0].String() != test.want {
				t.Errorf("calls %v, want %s; it says %v", message.ToolCalls, test.want, message.Content)
			}
		})
	}
	message := chat(t, server, []chatMessage{said("user", past+"And what now?")}, chatTools(executeTool))
	if message.Content == nil || !strings.Contains(*message.Content, "None of them fits this question") {
		t.Errorf("calls %v", message.ToolCalls)
	}
}
