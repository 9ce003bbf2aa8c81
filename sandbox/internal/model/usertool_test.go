package model_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"
)

// TestUserTools shows when a tool of the user's own is called, beside the
// connector's.
func TestUserTools(t *testing.T) {
	t.Parallel()
	const (
		plan = `{"name":"customer_plan","description":"Tells which plan a customer is on.","parameters":{"type":"object","properties":` +
			`{"email":{"type":"string"}},"required":["email"]}}`
		rate = `{"name":"fx","description":"Returns the exchange rate between two currencies.","parameters":{"type":"object","properties":` +
			`{"pair":{"type":"string"}},"required":["pair"]}}`
		parcel = `{"name":"track","description":"Says where a parcel is.","parameters":{"type":"object","properties":` +
			`{"order_id":{"type":"string"},"note":{"type":"string"}},"required":["order_id"]}}`
	)
	issue := execute(`{"action":"get","entity":"issues","params":{"id":"1042"}}`)
	tests := []struct{ name, tool, question, want string }{
		{"a value for a property, a word of the name", plan, "Which plan is ada@example.com on?", `customer_plan {"email":"ada@example.com"}`},
		{"before a built-in rule", plan, "Which plan is the customer ada@example.com on?", `customer_plan {"email":"ada@example.com"}`},
		{"a word without a value", plan, "Which plan are they on?", ""},
		{"a value without a word", plan, "Who is the contact ada@example.com?", execute(`{"action":"context_store_search","entity":"contacts","params":{"limit":25,"query":{"filter":{"eq":{"email":"ada@example.com"}}}}}`)},
		{"the words of the description", rate, "What is the exchange rate of the euro?", `fx {"pair":"What is the exchange rate of the euro?"}`},
		{"one of its words", rate, "How do I rate this?", ""},
		{"a value after the property's name", parcel, "Where is the parcel of order A-17?", `track {"order_id":"A-17"}`},
		{"an issue stays the connector's", parcel, "What is the state of issue 1042?", issue},
		{"an order is none", plan, "Delete the plan of ada@example.com", ""},
	}
	server := newServer(t)
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			message := chat(t, server, []chatMessage{said("user", test.question)}, chatTools(executeTool, test.tool))
			var got string
			for _, made := range message.ToolCalls {
				got += made.String()
			}
			if diff := cmp.Diff(test.want, got); diff != "" {
				t.Errorf("calls (-want +got):\n%s", diff)
			}
		})
	}
}
