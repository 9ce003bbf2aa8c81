package sandbox_test

import (
	"encoding/json"
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/tidwall/gjson"

	"github.com/agentsdk-go/airbyte/connector"
	"github.com/agentsdk-go/airbyte/sandbox"
	"github.com/agentsdk-go/airbyte/tools"
)

// bot is the sandbox's model with the tools of the sandbox's Pylon connector.
type bot struct {
	model *client
	set   *tools.Set
	wired string // the tools as a chat request has them
}

func newBot(t *testing.T, opts ...tools.Option) *bot {
	t.Helper()
	box := sandbox.Test(t)
	conn, err := connector.Connect(t.Context(), "pylon", sandbox.Workspace,
		connector.WithBaseURL(box.PlatformURL()), connector.WithCredentials(sandbox.ClientID, sandbox.ClientSecret))
	if err != nil {
		t.Fatal(err)
	}
	return newBotOver(t, box, conn, opts...)
}

func newBotOver(t *testing.T, box *sandbox.Sandbox, conn *connector.Connector, opts ...tools.Option) *bot {
	t.Helper()
	t.Cleanup(func() {
		if err := conn.Close(); err != nil {
			t.Error(err)
		}
	})
	set, err := tools.New(conn, opts...)
	if err != nil {
		t.Fatal(err)
	}
	var wired []any
	for _, tool := range set.Tools() {
		wired = append(wired, map[string]any{"type": "function", "function": map[string]any{
			"name": tool.Name(), "description": tool.Description(), "parameters": tool.Schema(),
		}})
	}
	return &bot{model: &client{t: t, base: box.ModelURL(), token: "any-key"}, set: set, wired: encode(t, wired)}
}

func encode(t *testing.T, value any) string {
	t.Helper()
	raw, err := json.Marshal(value)
	if err != nil {
		t.Fatal(err)
	}
	return string(raw)
}

// ask runs the tool loop, in which no call may fail.
func (b *bot) ask(t *testing.T, question string) (answer string, calls int) {
	t.Helper()
	messages := encode(t, map[string]string{"role": "user", "content": question})
	for range 5 {
		got := b.model.post("/chat/completions", `{"model":"any","tools":`+b.wired+`,"messages":[`+messages+`]}`)
		b.model.want(got, 200)
		made := got.get("choices.0.message.tool_calls").Array()
		if len(made) == 0 {
			return got.get("choices.0.message.content").String(), calls
		}
		calls += len(made)
		messages += "," + got.get("choices.0.message").Raw
		for _, one := range made {
			messages += "," + encode(t, map[string]string{"role": "tool", "tool_call_id": one.Get("id").String(), "content": b.call(t, one)})
		}
	}
	t.Fatal("no answer after five rounds")
	return "", 0
}

func (b *bot) call(t *testing.T, made gjson.Result) string {
	t.Helper()
	name, arguments := made.Get("function.name").String(), made.Get("function.arguments").String()
	out, err := b.set.Call(t.Context(), name, json.RawMessage(arguments))
	if err != nil {
		t.Fatal(err)
	}
	if out.IsError {
		t.Errorf("%s %s: %s", name, arguments, out.Text)
	}
	return out.Text
}

// exampleQuestions are the questions that the model says it can be asked.
func exampleQuestions(t *testing.T) []string {
	t.Helper()
	said, _ := newBot(t).ask(t, "What can you do?")
	var questions []string
	for line := range strings.Lines(said) {
		if question, ok := strings.CutPrefix(strings.TrimSpace(line), "- "); ok {
			questions = append(questions, question)
		}
	}
	return questions
}

var toolsets = map[string][]tools.Option{"one tool": nil, "per action": {tools.WithPerAction()}}

// TestModelExamples: what the model proposes works on the simulated
// organization.
func TestModelExamples(t *testing.T) {
	t.Parallel()
	questions := exampleQuestions(t)
	if len(questions) < 18 {
		t.Fatalf("it proposes only %q", questions)
	}
	for _, shape := range slices.Sorted(maps.Keys(toolsets)) {
		for _, question := range questions {
			t.Run(shape+" "+question, func(t *testing.T) {
				t.Parallel()
				answer, calls := newBot(t, toolsets[shape]...).ask(t, question)
				if calls == 0 || !strings.HasPrefix(answer, "[scripted model] ") {
					t.Errorf("after %d calls it says %q", calls, answer)
				}
				for _, bad := range []string{"I changed nothing", "I sent nothing", "could not do that", "I found no "} {
					if strings.Contains(answer, bad) {
						t.Errorf("it says %q", answer)
					}
				}
			})
		}
	}
}

// TestModelOrders: an order changes the record it names, or nothing.
func TestModelOrders(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name, order, says   string
		entity, params      string // what to read afterwards
		path, before, after string
	}{
		{"close", "Close issue 1448", "I closed issue 1448 (id ", "issues", `{"id":"1448"}`, "data.state", "waiting_on_you", "closed"},
		{"no rule", "Reopen issue 1042", "I changed nothing", "issues", `{"id":"1042"}`, "data.state", "closed", "closed"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			b := newBot(t)
			read := func() string {
				out, err := b.set.Call(t.Context(), "pylon_execute", json.RawMessage(`{"entity":"`+test.entity+`","action":"get","params":`+test.params+`}`))
				if err != nil || out.IsError {
					t.Fatalf("error %v, output %s", err, out.Text)
				}
				return gjson.Get(out.Text, test.path).String()
			}
			if got := read(); got != test.before {
				t.Fatalf("before it is %q, want %q", got, test.before)
			}
			if answer, _ := b.ask(t, test.order); !strings.Contains(answer, test.says) {
				t.Errorf("it says %q", answer)
			}
			if got := read(); got != test.after {
				t.Errorf("after it is %q, want %q", got, test.after)
			}
		})
	}
	t.Run("assign", func(t *testing.T) {
		t.Parallel()
		b := newBot(t)
		for order, says := range map[string]string{
			"Assign issue 1434 to the Billing team":              "I assigned issue 1434 to the team Billing (id ",
			"please assign ticket #1434 to Aiko.":                "I assigned issue 1434 to the user Aiko Hanamura (id ",
			"Reassign 1434 to beatrix@northlight.test":           "I assigned issue 1434 to the user Beatrix Oyelaran (id ",
			`Assign issue 1434 to "Platform Engineering" now`:    "I assigned issue 1434 to the team Platform Engineering (id ",
			"Assign issue 1434 to Nobody Known":                  `I changed nothing: I found no team or user called "Nobody Known".`,
			"Assign issue 1434 to the Billing team and close it": `I changed nothing: I found no team or user called "Billing team and close it".`,
		} {
			if answer, _ := b.ask(t, order); !strings.Contains(answer, says) {
				t.Errorf("%s: it says %q", order, answer)
			}
		}
	})
}
