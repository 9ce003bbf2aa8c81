package model_test

import (
	"net/http/httptest"
	"regexp"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/agentsdk-go/airbyte/sandbox/internal/model"
)

// TestReadOnly: no way to a call leads to one that changes something.
func TestReadOnly(t *testing.T) {
	t.Parallel()
	const (
		required = `"tool_choice":"required"`
		enumTool = `{"name":"pylon_execute","parameters":{"type":"object","properties":{"entity":{"type":"string","enum":["issue_notes"]},` +
			`"action":{"type":"string","enum":["create","list"]},"params":{"type":"object"}},"required":["entity","action"]}}`
		deleteVIP  = `{"name":"delete_vip","parameters":{"type":"object","properties":{"name":{"type":"string"}}}}`
		switchTool = `{"name":"plans","description":"Switches the plan of a customer.","parameters":{"type":"object","properties":{"email":{"type":"string"}}}}`
		planTool   = `{"name":"customer_plan","parameters":{"type":"object","properties":{"customer":{"type":"string"}}}}`
	)
	tests := []struct {
		name, question string
		extra          []string
		want           []string // calls; none: it turns the question down
	}{
		{"note", "Please add a note to issue 1042: done", []string{chatTools(executeTool)}, nil},
		{"reply", "Reply to issue 1042: done", []string{chatTools(executeTool)}, nil},
		{"reply, a tool per action", "Reply to issue 1042: done", []string{chatTools(perAction("issue_replies_create", "messages_list")...)}, nil},
		{"close", "Close issue 1042", []string{chatTools(executeTool)}, nil},
		{"close, a tool per action", "Close issue 1042", []string{chatTools(perAction("issue_statuses_update")...)}, nil},
		{"assign", "Assign issue 1042 to the Billing team", []string{chatTools(executeTool)}, nil},
		{"create a tag", "Create a tag called churn-risk", []string{chatTools(executeTool)}, nil},
		{"an order without a rule", "Delete the tag billing", []string{chatTools(executeTool)}, nil},
		{"such an order, demanded", "Delete the tag billing", []string{chatTools(executeTool), required}, nil},
		{"the user's own tool by its description", "Which plan gets ada@example.com?", []string{chatTools(switchTool)}, nil},
		{"demanded, the enum's first is a write", "hello", []string{chatTools(enumTool), required}, nil},
		{"demanded, a tool per action", "hello", []string{chatTools(perAction("issues_create")...), required}, nil},
		{"demanded, arguments in the question", `{"entity":"issue_notes","action":"create","params":{}}`, []string{chatTools(wrappedTool), required}, nil},
		{"the user's own tool", "delete the vip Ana", []string{chatTools(deleteVIP)}, nil},
		{"another connector's tool", "create crm deals", []string{chatTools(`{"name":"crm_deals_create","parameters":{"type":"object","properties":{}}}`)}, nil},
		{"a rule of the user", "purge it", []string{chatTools(executeTool)}, nil},
		{"a reading question", "What about issue 1042?", []string{chatTools(executeTool)}, []string{execute(`{"action":"get","entity":"issues","params":{"id":"1042"}}`)}},
		{"a reading tool per action", "issue 7", []string{chatTools(perAction("issues_get")...)}, []string{`pylon_issues_get {"id":"7"}`}},
		{"the user's own reading tool", "Which plan has this customer?", []string{chatTools(planTool)}, []string{`customer_plan {"customer":"Which plan has this customer?"}`}},
	}
	purge := model.Rule{
		Pattern: regexp.MustCompile(`purge`),
		Calls:   func(model.Question) []model.Call { return []model.Call{{Entity: "tags", Action: "delete"}} },
	}
	server := httptest.NewServer(model.NewHandler(model.Options{ReadOnly: true, Rules: []model.Rule{purge}}))
	t.Cleanup(server.Close)
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			message := chat(t, server, []chatMessage{said("user", test.question)}, test.extra...)
			var got []string
			for _, made := range message.ToolCalls {
				got = append(got, made.String())
			}
			if diff := cmp.Diff(test.want, got); diff != "" {
				t.Errorf("calls (-want +got):\n%s", diff)
			}
			if test.want == nil && (message.Content == nil || !strings.Contains(*message.Content, "I changed nothing")) {
				t.Errorf("it says %v", message.Content)
			}
		})
	}
	introduction := chat(t, server, []chatMessage{said("user", "What can you do?")}, chatTools(executeTool))
	if strings.Contains(*introduction.Content, "Add a note") || !strings.Contains(*introduction.Content, "Who am I?") {
		t.Errorf("it offers %s", *introduction.Content)
	}
}
