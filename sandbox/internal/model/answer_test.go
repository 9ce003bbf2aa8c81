package model_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// TestAnswers shows what is said about a result. The tool returns the same
// output each time it is called.
func TestAnswers(t *testing.T) {
	t.Parallel()
	const manyTeams = `{"data":[{"id":"1","name":"A"},{"id":"2","name":"B"},{"id":"3","name":"C"},{"id":"4","name":"D"},{"id":"5","name":"E"},{"id":"6","name":"F"}],"meta":{"has_more":true,"cursor":"x"}}`
	tests := []struct {
		name, question, result, want string
	}{
		{
			"five of six, and more", "list teams", manyTeams,
			"I found 6 teams; the first 5:\n- A\n- B\n- C\n- D\n- E\nThere are more on the next page.",
		},
		{"none", "list teams", `{"data":[]}`, "I found no teams."},
		{"one row", "list tags", `{"data":[{"id":"1","value":"vip","object_type":"account"}]}`, "I found 1 tag:\n- vip (account)"},
		{
			"truncated", "list users", `{"data":[{"name":"Ana","email":"ana@x.test"}],"meta":{"truncated":true,"returned":1,"total":20}}`,
			"I found 1 user:\n- Ana <ana@x.test>\nThe result was cut: it holds 1 of 20 rows.",
		},
		{
			"an issue", "issue 1042", `{"data":{"id":"u-1","number":1042,"title":"Export fails","state":"new","source":"email","body_html":"<p>It &lt;stops&gt;</p>"}}`,
			"The issue is #1042 Export fails: state new, source email, id u-1, it reads \"It <stops>\".",
		},
		{
			"large numbers keep their digits", "issue 1042", `{"data":{"id":"u","number":9007199254740993}}`,
			"The issue is #9007199254740993: id u.",
		},
		{"me", "who am I", `{"data":{"id":"org","name":"Example Inc"}}`, "The user behind these credentials is Example Inc: id org."},
		{
			"messages", "messages of issue 1042", `{"data":[{"id":"m","author":{"name":"Ana"},"message_html":"<p>Hello <b>you</b></p>"},{"id":"n","is_private":true,"message_html":"psst"}]}`,
			"I found 2 messages:\n- Ana: Hello you\n- Unknown author (internal): psst",
		},
		{
			"issues of other states are left out", "open issues", `{"data":[{"number":1,"title":"One","state":"closed"},{"number":2,"title":"Two","state":"new"}]}`,
			"Of the states new, waiting_on_you, waiting_on_customer, on_hold: I found 1 issue:\n- #2 Two (new)",
		},
		{
			"error", "list teams", `{"error":{"kind":"permission","message":"teams may not be read","hint":"Ask an administrator","retryable":false}}`,
			"The tool teams.list could not do that (permission). It said: teams may not be read. Its hint: Ask an administrator.",
		},
		{"error in a string", "list teams", `{"error":"boom"}`, "The tool teams.list could not do that. It said: boom."},
		{"text", "list teams", "no idea", `The tool teams.list said: "no idea".`},
		{"empty", "list teams", "", `The tool teams.list said: "".`},
		{"null", "list teams", `{"data":null}`, "The tool teams.list returned no data."},
		{"scalar", "list teams", `42`, "The tool teams.list returned 42."},
		{"JSON without an envelope", "list teams", `[{"name":"A"}]`, "I found 1 team:\n- A"},
		{"rows without telling fields", "list teams", `{"data":[{"x":[1]},7]}`, "I found 2 teams:\n- {\"x\":[1]}\n- 7"},
		{"two subjects", "list the teams and the tags", `{"data":[]}`, "I found no teams.\n\nI found no tags."},
		{"note", "Add a note to issue 7: done", `{"data":{"data":{"id":"n-1","issue_id":"i"},"request_id":"r"}}`, "I added the note to issue 7 (id n-1)."},
		{
			"refused note", "Add a note to issue 7: done", `{"error":{"kind":"not_found","message":"no issue 7"}}`,
			"The tool issue_notes.create could not do that (not_found). It said: no issue 7.",
		},
		{"nothing to reply to", "Reply to issue 7: hello", `{"data":[{"id":"m","is_private":true}]}`, "I sent nothing: issue 7 has no public message to reply to."},
		{"unknown account", `issues of the account "Nobody"`, `{"data":[]}`, "I found no accounts."},
	}
	server := newServer(t)
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			result := func(int, string) string { return test.result }
			calls, answer := converse(t, server, test.question, result, chatTools(executeTool))
			if len(calls) == 0 {
				t.Error("no tool was called")
			}
			if diff := cmp.Diff("[scripted model] "+test.want, answer); diff != "" {
				t.Errorf("answer (-want +got):\n%s", diff)
			}
		})
	}
}

// TestSeveralSteps shows plans whose later calls depend on earlier results.
func TestSeveralSteps(t *testing.T) {
	t.Parallel()
	const (
		listTeams  = `pylon_execute {"action":"list","entity":"teams","params":{}}`
		listTags   = `pylon_execute {"action":"list","entity":"tags","params":{}}`
		retryable  = `{"error":{"kind":"unavailable","message":"try again","retryable":true}}`
		noTeams    = `{"data":[]}`
		oneTag     = `{"data":[{"value":"vip"}]}`
		sequential = `"parallel_tool_calls":false`
	)
	tests := []struct {
		name, question string
		results        []string
		extra          []string
		calls          []string
		answer         string
	}{
		{
			name: "a passing failure is tried once more", question: "list teams", results: []string{retryable, noTeams},
			calls: []string{listTeams, listTeams}, answer: "I found no teams.",
		},
		{
			name: "but only once", question: "list teams", results: []string{retryable, retryable},
			calls: []string{listTeams, listTeams}, answer: "The tool teams.list could not do that (unavailable). It said: try again.",
		},
		{
			name: "one of two fails", question: "teams and tags", results: []string{retryable, oneTag, noTeams},
			calls: []string{listTeams, listTags, listTeams}, answer: "I found no teams.\n\nI found 1 tag:\n- vip",
		},
		{
			name: "one call at a time", question: "teams and tags", results: []string{retryable, oneTag, noTeams}, extra: []string{sequential},
			calls: []string{listTeams, listTags, listTeams}, answer: "I found no teams.\n\nI found 1 tag:\n- vip",
		},
		{
			name: "a suggested value", question: "list teams", results: []string{`{"error":{"kind":"validation","message":"no such entity","did_you_mean":"team"}}`, noTeams},
			calls: []string{listTeams, `pylon_execute {"action":"list","entity":"team","params":{}}`}, answer: "I found no team.",
		},
		{
			name: "a suggested parameter", question: "issue 7", results: []string{`{"error":{"kind":"validation","message":"no parameter id","did_you_mean":"issue_id"}}`, `{"data":null}`},
			calls: []string{
				`pylon_execute {"action":"get","entity":"issues","params":{"id":"7"}}`,
				`pylon_execute {"action":"get","entity":"issues","params":{"issue_id":"7"}}`,
			}, answer: "The tool issues.get returned no data.",
		},
		{
			name: "search is not supported", question: `find the account "Acme"`, results: []string{`{"error":{"kind":"unsupported","message":"no context store"}}`, noTeams},
			calls: []string{
				`pylon_execute {"action":"context_store_search","entity":"accounts","params":{"limit":25,"query":{"filter":{"fuzzy":{"name":"Acme"}}}}}`,
				`pylon_execute {"action":"list","entity":"accounts","params":{}}`,
			}, answer: "I found no accounts.",
		},
		{
			name: "reply to the customer's last message", question: `Reply to issue 7: "On it!"`,
			results: []string{
				`{"data":[{"id":"m1","author":{"contact":{"id":"c"}}},{"id":"m2","author":{"user":{"id":"u"}}},{"id":"m3","is_private":true,"author":{"contact":{"id":"c"}}}]}`,
				`{"data":{"id":"r1","issue_id":"i"}}`,
			},
			calls: []string{
				`pylon_execute {"action":"list","entity":"messages","params":{"id":"7"}}`,
				`pylon_execute {"action":"create","entity":"issue_replies","params":{"body_html":"<p>On it!</p>","id":"7","message_id":"m1"}}`,
			}, answer: "I replied on issue 7 (id r1).",
		},
		{
			name: "issues of an account", question: `Which open issues does the account "Acme" have?`,
			results: []string{
				`{"data":[{"id":"a1","name":"Acme"}]}`,
				`{"data":[{"number":1,"title":"Mine","state":"new","account":{"id":"a1"}},{"number":2,"title":"Other","state":"new","account":{"id":"a2"}},{"number":3,"title":"Done","state":"closed","account":{"id":"a1"}}]}`,
			},
			calls: []string{
				`pylon_execute {"action":"context_store_search","entity":"accounts","params":{"limit":25,"query":{"filter":{"fuzzy":{"name":"Acme"}}}}}`,
				`pylon_execute {"action":"list","entity":"issues","params":{"end_time":"2026-10-30T12:00:00Z","start_time":"2026-09-30T12:00:00Z"}}`,
			}, answer: "For the account Acme, in the last 30 days of the data: I found 1 issue:\n- #1 Mine (new)",
		},
	}
	server := newServer(t)
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			result := func(n int, call string) string {
				if n >= len(test.results) {
					t.Errorf("unexpected call %d: %s", n, call)
					return ""
				}
				return test.results[n]
			}
			calls, answer := converse(t, server, test.question, result, append(test.extra, chatTools(executeTool))...)
			if diff := cmp.Diff(test.calls, calls); diff != "" {
				t.Errorf("calls (-want +got):\n%s", diff)
			}
			if diff := cmp.Diff("[scripted model] "+test.answer, answer); diff != "" {
				t.Errorf("answer (-want +got):\n%s", diff)
			}
		})
	}
}

// TestToolChoice shows that the caller's rule on calls is kept.
func TestToolChoice(t *testing.T) {
	t.Parallel()
	const named = `"tool_choice":{"type":"function","function":{"name":"get_weather"}}`
	tests := []struct {
		name, question, choice string
		calls                  int
		answer                 string
	}{
		{"auto", "list teams", `"tool_choice":"auto"`, 1, ""},
		{"none", "list teams", `"tool_choice":"none"`, 0, "tool_choice is none"},
		{"required without a rule", "hello", `"tool_choice":"required"`, 1, ""},
		{"named", "list teams", named, 1, ""},
		{"not parallel", "list teams and tags", `"parallel_tool_calls":false`, 1, ""},
		{"parallel", "list teams and tags", `"parallel_tool_calls":true`, 2, ""},
		{"no rule", "hello", `"tool_choice":"auto"`, 0, "Which issues are waiting on us?"},
	}
	server := newServer(t)
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			message := chat(t, server, []chatMessage{said("user", test.question)}, chatTools(executeTool, weatherTool), test.choice)
			if len(message.ToolCalls) != test.calls {
				t.Fatalf("want %d calls, got %v", test.calls, message.ToolCalls)
			}
			if test.choice == named && message.ToolCalls[0].Function.Name != "get_weather" {
				t.Errorf("want get_weather, got %s", message.ToolCalls[0])
			}
			if test.calls == 0 && !strings.Contains(*message.Content, test.answer) {
				t.Errorf("want an answer with %q, got %q", test.answer, *message.Content)
			}
		})
	}
}

func TestIntroductionWithoutTools(t *testing.T) {
	t.Parallel()
	message := chat(t, newServer(t), []chatMessage{said("user", "Which issues are open?")})
	for _, want := range []string{"[scripted model] ", "no tools", "List the teams and the tags."} {
		if !strings.Contains(*message.Content, want) {
			t.Errorf("want %q in %q", want, *message.Content)
		}
	}
}

// TestResultsOfUnplannedCalls shows that results are answered from even when no
// rule made the calls.
func TestResultsOfUnplannedCalls(t *testing.T) {
	t.Parallel()
	messages := []chatMessage{said("user", "hello")}
	first := chat(t, newServer(t), messages, chatTools(executeTool, weatherTool), `"tool_choice":{"type":"function","function":{"name":"get_weather"}}`)
	output := said("tool", `{"data":{"name":"Porto"}}`)
	output.ToolCallID = first.ToolCalls[0].ID
	answer := chat(t, newServer(t), append(messages, first, output), chatTools(executeTool, weatherTool))
	if diff := cmp.Diff("[scripted model] The result is Porto.", *answer.Content); diff != "" {
		t.Errorf("answer (-want +got):\n%s", diff)
	}
}
