package model_test

import (
	"net/http"
	"regexp"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/agentsdk-go/airbyte/sandbox/internal/model"
)

func TestUserRules(t *testing.T) {
	t.Parallel()
	refund := model.Rule{
		Example: "Refund order 7.",
		Pattern: regexp.MustCompile(`(?i)refund order (?P<order>\d+)`),
		Calls: func(q model.Question) []model.Call {
			return []model.Call{{Tool: "refund", Params: map[string]any{"order": q.Group("order")}}}
		},
		Next: func(_ model.Question, results []model.Result) []model.Call {
			if results[0].Error != nil {
				return nil
			}
			return []model.Call{{Entity: "teams", Action: "list"}}
		},
		Answer: func(q model.Question, results []model.Result) string {
			if len(results) == 1 {
				return "Order " + q.Group("order") + ": " + results[0].Error.Message
			}
			return "Refunded " + q.Groups[1] + ". " + model.Describe(results[1])
		},
	}
	greeting := model.Rule{
		Pattern: regexp.MustCompile(`^Hello`),
		Answer:  func(model.Question, []model.Result) string { return "Good day." },
	}
	shadow := model.Rule{
		Pattern: regexp.MustCompile(`tags`),
		Calls: func(model.Question) []model.Call {
			return []model.Call{{Entity: "tags", Action: "get", Params: map[string]any{"id": "x"}}}
		},
	}
	unfit := model.Rule{
		Pattern: regexp.MustCompile(`teams`),
		Calls:   func(model.Question) []model.Call { return []model.Call{{Tool: "not offered"}} },
	}
	const refundTool = `{"name":"refund","parameters":{"type":"object","properties":{"order":{"type":"string"}}}}`
	tests := []struct {
		name, question string
		results        []string
		calls          []string
		answer         string
	}{
		{
			"groups, a tool by name, a next step", "Please refund order 7, and list tags",
			[]string{`{"data":true}`, oneTeam},
			[]string{`refund {"order":"7"}`, twoCalls[0]},
			"Refunded 7. I found 1 team:\n- Support",
		},
		{
			"no next step after a failure", "Refund order 8",
			[]string{`{"error":{"kind":"validation","message":"too late"}}`},
			[]string{`refund {"order":"8"}`},
			"Order 8: too late",
		},
		{"no call at all", "Hello", nil, nil, "Good day."},
		{
			"before the built-in rules", "List the tags",
			[]string{`{"data":{"id":"x","value":"vip"}}`},
			[]string{`pylon_execute {"action":"get","entity":"tags","params":{"id":"x"}}`},
			"The tag: value vip, id x.",
		},
		{"a tool that is not offered", "List the teams", []string{oneTeam}, twoCalls[:1], "I found 1 team:\n- Support"},
	}
	server := newServer(t, model.Rule{}, refund, greeting, shadow, unfit)
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			calls, answer := converse(t, server, test.question, func(n int, _ string) string { return test.results[n] }, chatTools(executeTool, refundTool))
			if diff := cmp.Diff(test.calls, calls); diff != "" {
				t.Errorf("calls (-want +got):\n%s", diff)
			}
			if diff := cmp.Diff("[scripted model] "+test.answer, answer); diff != "" {
				t.Errorf("answer (-want +got):\n%s", diff)
			}
		})
	}
	introduction := chat(t, server, []chatMessage{said("user", "What can you do?")})
	if !strings.Contains(*introduction.Content, "Refund order 7.") {
		t.Errorf("the rule's example is not listed: %s", *introduction.Content)
	}
}

// TestDeterminism shows that the same request gets the same bytes, from any
// handler.
func TestDeterminism(t *testing.T) {
	t.Parallel()
	for _, path := range []string{"/v1/chat/completions", "/v1/responses"} {
		body := `{"model":"m","input":"list teams","messages":[{"role":"user","content":"list teams"}]}`
		status, first := post(t, newServer(t).URL+path, body)
		_, second := post(t, newServer(t).URL+path, body)
		if status != http.StatusOK || string(first) != string(second) {
			t.Errorf("%s: status %d, %s, then %s", path, status, first, second)
		}
	}
}
