package sandbox_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/agentsdk-go/airbyte/connector"
	"github.com/agentsdk-go/airbyte/sandbox"
	"github.com/agentsdk-go/airbyte/tools"
)

// newDirectBot has the tools of a connector that calls Pylon itself.
func newDirectBot(t *testing.T, opts ...tools.Option) *bot {
	t.Helper()
	manifest, ok := connector.LookupManifest("pylon")
	if !ok {
		t.Fatal("there is no manifest of pylon")
	}
	box := sandbox.Test(t)
	conn, err := connector.Open(manifest, connector.Credentials{"api_token": sandbox.PylonToken}, connector.WithBaseURL(box.PylonURL()))
	if err != nil {
		t.Fatal(err)
	}
	return newBotOver(t, box, conn, opts...)
}

// directToolsets keep to what a request may offer: 128 tools.
var directToolsets = map[string][]tools.Option{
	"one tool": nil,
	"per action": {tools.WithPerAction(), tools.WithAllow(
		"issue*.*", "messages.*", "accounts.*", "contacts.*", "teams.*", "tags.*", "users.*", "custom_fields.*", "ticket_forms.*",
		"user_roles.*", "me.*", "macro*.*", "survey*.*", "account_*.*",
	)},
}

// TestModelAnswersAlikeInBothModes: what the model proposes gets the same answer
// where the program calls Pylon itself. There it is another search, and another
// page size: how many rows were left out is not compared.
func TestModelAnswersAlikeInBothModes(t *testing.T) {
	t.Parallel()
	for _, question := range append(exampleQuestions(t),
		"Which open issues are about the CSV export?", "Find issues about billing", "Who is the contact ingrid@nobody.test?",
		`Find the account "Foxglove"`, "issue 1042, its messages and the tags", "Which customers do we have?",
	) {
		t.Run(question, func(t *testing.T) {
			t.Parallel()
			for shape, opts := range directToolsets {
				want, _ := newBot(t, toolsets[shape]...).ask(t, question)
				got, calls := newDirectBot(t, opts...).ask(t, question)
				if diff := cmp.Diff(rowsOf(want), rowsOf(got)); diff != "" || calls == 0 {
					t.Errorf("%s, %d calls (-hosted +direct):\n%s", shape, calls, diff)
				}
			}
		})
	}
}

// rowsOf is an answer without its remarks on rows that it lacks.
func rowsOf(answer string) []string {
	var kept []string
	for line := range strings.Lines(answer) {
		if !strings.HasPrefix(line, "The result was cut") && !strings.HasPrefix(line, "There are more") {
			kept = append(kept, strings.TrimSpace(line))
		}
	}
	return kept
}

// TestModelSearchesWithWhatThereIs: the service's own search stands in for the
// platform's.
func TestModelSearchesWithWhatThereIs(t *testing.T) {
	t.Parallel()
	const question = `Tell me about the account "Foxglove Logistics".`
	for action, b := range map[string]*bot{"context_store_search": newBot(t), "api_search": newDirectBot(t)} {
		request := `{"model":"any","tools":` + b.wired + `,"messages":[` + encode(t, map[string]string{"role": "user", "content": question}) + `]}`
		made := b.model.post("/chat/completions", request).get("choices.0.message.tool_calls.#.function.arguments")
		if !strings.Contains(made.Raw, action) {
			t.Errorf("with %s offered it calls %s", action, made.Raw)
		}
	}
}

// TestModelKnowsTheOperationsOfPylon: the tool of an operation that no rule asks
// for is not taken for a tool of the program's own, which a question that names
// it would call.
func TestModelKnowsTheOperationsOfPylon(t *testing.T) {
	t.Parallel()
	manifest, ok := connector.LookupManifest("pylon")
	if !ok {
		t.Fatal("there is no manifest of pylon")
	}
	offered := &client{t: t, base: sandbox.Test(t).ModelURL(), token: "any-key"}
	calls := func(entity, action string) int {
		name, question := entity+"_"+action, strings.ReplaceAll("what is pylon "+entity+" "+action+" for", "_", " ")
		got := offered.post("/chat/completions", `{"model":"any","tools":[{"type":"function","function":{"name":"pylon_`+name+
			`","parameters":{"type":"object","properties":{}}}}],"messages":[{"role":"user","content":"`+question+`"}]}`)
		offered.want(got, 200)
		return len(got.get("choices.0.message.tool_calls").Array())
	}
	hosted := map[string]bool{}
	for _, e := range manifest.Entities() {
		hosted[e.Name] = true
	}
	for _, e := range manifest.DirectEntities() {
		for _, a := range e.Actions {
			if !hosted[e.Name] && calls(e.Name, a.Name) != 0 {
				t.Errorf("%s.%s is taken for a tool of the program", e.Name, a.Name)
			}
		}
	}
	if calls("gadgets", "list") != 1 {
		t.Error("a tool of the program is not called")
	}
}
