package model_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"
)

func execute(rest string) string { return "pylon_execute " + rest }

// TestQuestions shows which calls a question leads to, with the generic tool.
func TestQuestions(t *testing.T) {
	t.Parallel()
	const window = `"end_time":"2026-10-30T12:00:00Z","start_time":"2026-`
	search := func(entity, filter string) string {
		return execute(`{"action":"context_store_search","entity":"` + entity + `","params":{"limit":25,"query":{"filter":` + filter + `}}}`)
	}
	searchIssues := func(filter string) string {
		return execute(`{"action":"context_store_search","entity":"issues","params":{"limit":25,"query":{"filter":` + filter + `,"sort":[{"created_at":"desc"}]}}}`)
	}
	list := func(entity string) string {
		return execute(`{"action":"list","entity":"` + entity + `","params":{}}`)
	}
	get := func(entity, id string) string {
		action := "get"
		if entity == "messages" {
			action = "list"
		}
		return execute(`{"action":"` + action + `","entity":"` + entity + `","params":{"id":"` + id + `"}}`)
	}
	issues := func(start string) string {
		return execute(`{"action":"list","entity":"issues","params":{` + window + start + `T12:00:00Z"}}`)
	}
	fields := func(object string) string {
		return execute(`{"action":"list","entity":"custom_fields","params":{"object_type":"` + object + `"}}`)
	}
	tests := []struct {
		name, question string
		want           []string
	}{
		{"open issues", "Which issues are open?", []string{searchIssues(`{"in":{"state":["new","waiting_on_you","waiting_on_customer","on_hold"]}}`)}},
		{"waiting on us", "Show tickets waiting on us", []string{searchIssues(`{"in":{"state":["new","waiting_on_you"]}}`)}},
		{"waiting on the customer", "issues waiting on the customer", []string{searchIssues(`{"in":{"state":["waiting_on_customer"]}}`)}},
		{"state in two clauses", "Which issues are new and waiting on us?", []string{searchIssues(`{"in":{"state":["new","waiting_on_you"]}}`)}},
		{"closed", "How many issues are closed?", []string{searchIssues(`{"in":{"state":["closed"]}}`)}},
		{"topic", "Find issues about the CSV export.", []string{searchIssues(`{"fuzzy":{"title":"CSV export"}}`)}},
		{"open and topic", "open issues about billing?", []string{searchIssues(`{"and":[{"in":{"state":["new","waiting_on_you","waiting_on_customer","on_hold"]}},{"fuzzy":{"title":"billing"}}]}`)}},
		{"all issues", "List the issues", []string{issues("09-30")}},
		{"last days", "Which issues came in during the last 7 days?", []string{issues("10-23")}},
		{"last weeks", "issues of the past 2 weeks", []string{issues("10-16")}},
		{"a year is cut to the window", "issues of the last 12 months", []string{issues("09-30")}},
		{"newest", "Show the newest tickets", []string{issues("09-30")}},
		{"one issue", "What is the state of issue 1042?", []string{get("issues", "1042")}},
		{"one issue by number sign", "Tell me about #1042.", []string{get("issues", "1042")}},
		{"two issues", "Compare issues 1042 and 1043", []string{get("issues", "1042"), get("issues", "1043")}},
		{"messages", "Show me the messages of issue 1042", []string{get("messages", "1042")}},
		{"messages, number first", "In ticket #7, what was said?", []string{get("messages", "7")}},
		{"accounts", "Which accounts do we have?", []string{list("accounts")}},
		{"account by quoted name", `Find the account "acme"`, []string{search("accounts", `{"fuzzy":{"name":"acme"}}`)}},
		{"account by name after", "Tell me about account Acme Labs.", []string{search("accounts", `{"fuzzy":{"name":"Acme Labs"}}`)}},
		{"account by name before", "Show the Acme Labs account", []string{search("accounts", `{"fuzzy":{"name":"Acme Labs"}}`)}},
		{"contacts", "list contacts", []string{list("contacts")}},
		{"contact by email", "Who is the contact ana@acme.test?", []string{search("contacts", `{"eq":{"email":"ana@acme.test"}}`)}},
		{"contact by name", "Find the contact Ana Silva", []string{search("contacts", `{"fuzzy":{"name":"Ana Silva"}}`)}},
		{"users", "Who are our agents?", []string{list("users")}},
		{"teams", "list all teams", []string{list("teams")}},
		{"tags", "What tags exist?", []string{list("tags")}},
		{"roles", "Which user roles are there?", []string{list("user_roles")}},
		{"ticket forms", "Show the ticket forms", []string{list("ticket_forms")}},
		{"custom fields", "What custom fields are there?", []string{fields("issue")}},
		{"custom fields of accounts", "Which custom fields do accounts have?", []string{fields("account")}},
		{"custom fields of contacts", "List contact custom fields", []string{fields("contact")}},
		{"me", "Who am I?", []string{execute(`{"action":"get","entity":"me","params":{}}`)}},
		{"two subjects", "List the teams and the tags.", []string{list("teams"), list("tags")}},
		{"three subjects", "teams, tags, and issue 12", []string{list("teams"), list("tags"), get("issues", "12")}},
		{"the same twice", "List the tags and all tags", []string{list("tags")}},
		{"note", "Please add an internal note to issue 1042: it's <fixed> & shipped", []string{
			execute(`{"action":"create","entity":"issue_notes","params":{"body_html":"<p>it&#39;s &lt;fixed&gt; &amp; shipped</p>","id":"1042"}}`),
		}},
		{"a question about replying reads", "Should I reply to issue 1042, or wait?", []string{get("issues", "1042")}},
	}
	server := newServer(t)
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			message := chat(t, server, []chatMessage{said("user", test.question)}, chatTools(executeTool))
			var got []string
			for _, made := range message.ToolCalls {
				got = append(got, made.String())
			}
			if diff := cmp.Diff(test.want, got); diff != "" {
				t.Errorf("calls (-want +got):\n%s", diff)
			}
		})
	}
}

// TestToolShapes shows how one question is fitted to the tools offered.
func TestToolShapes(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name, question string
		tools          []string
		want           string
	}{
		{"one string", "list teams", []string{wrappedTool}, `pylon_execute {"__arg1":"{\"action\":\"list\",\"entity\":\"teams\",\"params\":{}}"}`},
		{"per action", "issue 7", perAction("issues_list", "issues_get"), `pylon_issues_get {"id":"7"}`},
		{"per action beats generic", "issue 7", append(perAction("issues_get"), executeTool), `pylon_issues_get {"id":"7"}`},
		{"per action with a longer entity", "user roles", perAction("roles_list", "user_roles_list"), `pylon_user_roles_list {}`},
		{"no search offered", "accounts named Acme", perAction("accounts_list"), `pylon_accounts_list {}`},
		{"no search described", `find account "Acme"`, []string{directTool}, execute(`{"action":"list","entity":"accounts","params":{}}`)},
		{"tool of the user", "What is the weather for 3 days in Porto, in fahrenheit?", []string{executeTool, weatherTool}, `get_weather {"days":3,"place":"What is the weather for 3 days in Porto, in fahrenheit?","unit":"fahrenheit"}`},
		{"one-string tool of the user", "What is the weather in Porto?", []string{`{"name":"weather","parameters":{"type":"object","properties":{"__arg1":{"type":"string"}}}}`}, `weather {"__arg1":"What is the weather in Porto?"}`},
		{"tool of the user about a known entity", "Post team messages saying hello", []string{executeTool, `{"name":"team_messages_post","parameters":{"type":"object","properties":{"text":{"type":"string"}}}}`}, `team_messages_post {"text":"Post team messages saying hello"}`},
		{"wrapped per action", "issue 7", []string{`{"name":"pylon_issues_get","parameters":{"type":"object","properties":{"__arg1":{"type":"string"}}}}`}, `pylon_issues_get {"__arg1":"{\"id\":\"7\"}"}`},
	}
	server := newServer(t)
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			message := chat(t, server, []chatMessage{said("user", test.question)}, chatTools(test.tools...))
			if len(message.ToolCalls) != 1 {
				t.Fatalf("want one call, got %v, content %v", message.ToolCalls, message.Content)
			}
			if diff := cmp.Diff(test.want, message.ToolCalls[0].String()); diff != "" {
				t.Errorf("call (-want +got):\n%s", diff)
			}
		})
	}
}
