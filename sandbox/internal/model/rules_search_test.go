package model_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// searchingTool is a tool of open source mode: its texts name the service's own
// search, and not the platform's.
var searchingTool = strings.Replace(directTool, "accounts.list", "issues.api_search, accounts.list, accounts.api_search, contacts.list, contacts.api_search", 1)

// TestServiceSearch shows the searches with a tool that calls the service
// itself.
func TestServiceSearch(t *testing.T) {
	t.Parallel()
	const (
		unresolved = `{"field":"state","operator":"in","values":["new","waiting_on_you","waiting_on_customer","on_hold"]}`
		window     = `"end_time":"2026-10-30T12:00:00Z","start_time":"2026-09-30T12:00:00Z"`
	)
	search := func(entity, filter string) []string {
		return []string{execute(`{"action":"api_search","entity":"` + entity + `","params":{"filter":` + filter + `,"limit":25}}`)}
	}
	contains := func(field, word string) string {
		return `{"field":"` + field + `","operator":"string_contains","value":"` + word + `"}`
	}
	all := func(filters ...string) string {
		return `{"operator":"and","subfilters":[` + strings.Join(filters, ",") + `]}`
	}
	tests := []struct {
		name, question string
		want           []string
	}{
		{"state", "Which issues are waiting on us?", search("issues", `{"field":"state","operator":"in","values":["new","waiting_on_you"]}`)},
		{"one word", "Find issues about billing", search("issues", contains("title", "billing"))},
		{"words in any order", "Find issues about the CSV export.", search("issues", all(contains("title", "CSV"), contains("title", "export")))},
		{"state and words", "open issues about CSV export", search("issues", all(unresolved, contains("title", "CSV"), contains("title", "export")))},
		{"account", `Find the account "Acme Labs"`, search("accounts", all(contains("name", "Acme"), contains("name", "Labs")))},
		{"white space", `Find the account " Acme   Labs "`, search("accounts", all(contains("name", "Acme"), contains("name", "Labs")))},
		{"contact by email", "Who is the contact ana@acme.test?", search("contacts", `{"field":"email","operator":"equals","value":"ana@acme.test"}`)},
		{"contact by name", "Find the contact Ana", search("contacts", contains("name", "Ana"))},
		{"no condition", "List the issues", []string{execute(`{"action":"list","entity":"issues","params":{` + window + `}}`)}},
	}
	server := newServer(t)
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			message := chat(t, server, []chatMessage{said("user", test.question)}, chatTools(searchingTool))
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

// TestSearchPerAction shows which of several searches is chosen, and that the
// tool of one is not taken for a tool of the user.
func TestSearchPerAction(t *testing.T) {
	t.Parallel()
	const filter = `{"filter":{"field":"name","operator":"string_contains","value":"Acme"},"limit":25}`
	tests := []struct {
		name  string
		tools []string
		want  string
	}{
		{"the service's", []string{"accounts_list", "accounts_api_search"}, `pylon_accounts_api_search ` + filter},
		{"of another entity", []string{"accounts_list", "issues_api_search", "account_highlights_create"}, `pylon_accounts_list {}`},
		{
			"both",
			[]string{"accounts_api_search", "accounts_context_store_search"},
			`pylon_accounts_context_store_search {"limit":25,"query":{"filter":{"fuzzy":{"name":"Acme"}}}}`,
		},
	}
	server := newServer(t)
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			message := chat(t, server, []chatMessage{said("user", `Find the account "Acme"`)}, chatTools(perAction(test.tools...)...))
			if len(message.ToolCalls) != 1 || message.ToolCalls[0].String() != test.want {
				t.Errorf("calls %v, want %s", message.ToolCalls, test.want)
			}
		})
	}
}

// TestRefusedSearch shows what takes the place of a search that the tool
// refuses: the next one that it names, and in the end the list.
func TestRefusedSearch(t *testing.T) {
	t.Parallel()
	const (
		refused = `{"error":{"kind":"unsupported","message":"no"}}`
		listed  = `pylon_execute {"action":"list","entity":"accounts","params":{}}`
		found   = `pylon_execute {"action":"api_search","entity":"accounts","params":{"filter":{"field":"name","operator":"string_contains","value":"Acme"},"limit":25}}`
		stored  = `pylon_execute {"action":"context_store_search","entity":"accounts","params":{"limit":25,"query":{"filter":{"fuzzy":{"name":"Acme"}}}}}`
	)
	tests := []struct {
		name, tool string
		want       []string
	}{
		{"the platform's, with nothing else named", executeTool, []string{stored, listed}},
		{"the platform's, with the service's named", strings.Replace(executeTool, "context_store_search", "context_store_search, api_search", 1), []string{stored, found}},
		{"the service's", searchingTool, []string{found, listed}},
	}
	server := newServer(t)
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			results := []string{refused, `{"data":[{"id":"a","name":"Acme"}]}`}
			calls, answer := converse(t, server, `Find the account "Acme"`, func(n int, _ string) string { return results[n] }, chatTools(test.tool))
			if diff := cmp.Diff(test.want, calls); diff != "" {
				t.Errorf("calls (-want +got):\n%s", diff)
			}
			if want := "[scripted model] I found 1 account:\n- Acme"; answer != want {
				t.Errorf("answer %q, want %q", answer, want)
			}
		})
	}
}
