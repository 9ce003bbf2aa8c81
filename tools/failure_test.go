package tools_test

import (
	"encoding/json"
	"strings"
	"testing"
	"time"

	"github.com/agentsdk-go/airbyte/connector"
	"github.com/agentsdk-go/airbyte/internal/golden"
	"github.com/agentsdk-go/airbyte/sandbox"
	"github.com/agentsdk-go/airbyte/tools"
)

// TestFailureTexts holds every kind of text that a model reads of a failure.
func TestFailureTexts(t *testing.T) {
	t.Parallel()
	const get = `{"entity":"issues","action":"get","params":{"id":"1001"}}`
	const note = `{"entity":"issue_notes","action":"create","params":{"id":"1001","body_html":"<p>seen</p>"}}`
	status := func(code int, body string) *sandbox.Fault {
		return &sandbox.Fault{Route: sandbox.RouteExecute, Times: -1, Status: code, Body: body}
	}
	tests := []struct {
		name, args string
		fault      *sandbox.Fault
		opts       []tools.Option
		conn       []connector.Option
		tool       string // the name called, when it is not the set's own
	}{
		{name: "unknown_tool", args: get, tool: "pylon_exec"},
		{name: "null_in_update", args: `{"entity":"issue_assignments","action":"update","params":{"id":"1001","assignee_id":null}}`},
		{name: "fields_as_text", args: `{"entity":"issues","action":"context_store_search","params":{"query":{},"fields":["id"]}}`},
		{name: "too_large", args: `{"entity":"me","action":"get"}`, opts: []tools.Option{tools.WithMaxOutput(400)}, fault: &sandbox.Fault{
			Route: sandbox.RouteExecute, Body: `{"status":"success","result":{"all":{` + strings.Repeat(`"k":1,`, 999) + `"k":1},"n":2}}`,
		}},
		{name: "answer_over_the_byte_limit", args: `{"entity":"accounts","action":"list"}`, conn: []connector.Option{connector.WithMaxResponseBytes(5000)}},
		{
			name: "client_credentials_refused", args: get,
			conn: []connector.Option{connector.WithConnectorID(sandbox.ConnectorID), connector.WithCredentials(sandbox.ClientID, "wrong")},
		},
		{name: "many_allowed_under_a_small_limit", args: `{"entity":"isues","action":"get"}`, opts: []tools.Option{tools.WithMaxOutput(200)}},
		{name: "unknown_entity", args: `{"entity":"isues","action":"get"}`},
		{name: "unknown_action", args: `{"entity":"issues","action":"find"}`},
		{name: "unknown_parameter", args: `{"entity":"issues","action":"get","params":{"issue_id":"1"}}`},
		{name: "missing_parameter", args: `{"entity":"issue_replies","action":"create","params":{"id":"1001"}}`},
		{name: "wrong_type", args: `{"entity":"issues","action":"get","params":{"id":1001}}`},
		{name: "wrong_element_type", args: `{"entity":"issues","action":"update","params":{"id":"1001","tags":["a",2]}}`},
		{name: "text_for_array", args: `{"entity":"issues","action":"update","params":{"id":"1001","tags":"vip"}}`},
		{name: "wrong_enum_value", args: `{"entity":"custom_fields","action":"list","params":{"object_type":"contcat"}}`},
		{name: "several_problems", args: `{"entity":"issues","action":"list","params":{"start":"2026-10-01T00:00:00Z","limit":5}}`},
		{name: "argument_outside_params", args: `{"entity":"issues","action":"get","id":"1001"}`},
		{name: "params_is_text", args: `{"entity":"issues","action":"get","params":"1001"}`},
		{name: "not_json", args: `list the issues`},
		{name: "array", args: `[1]`},
		{name: "filter_operator_inside", args: `{"entity":"issues","action":"context_store_search","params":{"query":{"filter":{"state":{"eq":"new"}}}}}`},
		{name: "filter_unknown_operator", args: `{"entity":"issues","action":"context_store_search","params":{"query":{"filter":{"equals":{"state":"new"}}}}}`},
		{name: "filter_two_operators", args: `{"entity":"issues","action":"context_store_search","params":{"query":{"filter":{"eq":{"state":"new"},"gt":{"number":1}}}}}`},
		{name: "filter_and_without_list", args: `{"entity":"issues","action":"context_store_search","params":{"query":{"filter":{"and":{"eq":{"state":"new"}}}}}}`},
		{name: "filter_is_query", args: `{"entity":"issues","action":"context_store_search","params":{"query":{"eq":{"state":"new"}}}}`},
		{name: "sort_is_text", args: `{"entity":"issues","action":"context_store_search","params":{"query":{"sort":"created_at"}}}`},
		{name: "sort_direction", args: `{"entity":"issues","action":"context_store_search","params":{"query":{"sort":[{"created_at":"newest"}]}}}`},
		{name: "unknown_search_field", args: `{"entity":"issues","action":"context_store_search","params":{"query":{"filter":{"eq":{"status":"new"}}}}}`},
		{name: "policy", args: `{"entity":"issues","action":"delete","params":{"id":"1001"}}`, opts: []tools.Option{tools.WithDeny("*.delete")}},
		{name: "read_only", args: note, opts: []tools.Option{tools.WithReadOnly()}},
		{name: "record_not_found", args: `{"entity":"issues","action":"get","params":{"id":"99999"}}`},
		{name: "window_too_long", args: `{"entity":"issues","action":"list","params":{"start_time":"2024-01-01T00:00:00Z","end_time":"2099-12-31T23:59:59Z"}}`},
		{name: "upstream_400", args: get, fault: status(400, `{"message":"id is malformed","errors":[{"field":"id","message":"not a uuid"}]}`)},
		{name: "upstream_401", args: get, fault: status(401, `{"detail":"token expired"}`)},
		{name: "upstream_403", args: get, fault: status(403, `{"detail":"no subscription"}`)},
		{name: "upstream_404", args: get, fault: status(404, `{"detail":"Not Found"}`)},
		{name: "upstream_429", args: get, fault: &sandbox.Fault{Route: sandbox.RouteExecute, Times: -1, Status: 429, RetryAfter: time.Hour}},
		{name: "upstream_500_html", args: get, fault: status(500, `<html><body><h1>Server error</h1></body></html>`)},
		{name: "upstream_302", args: get, fault: status(302, ``)},
		{name: "upstream_not_json", args: get, fault: status(200, `<html>login</html>`)},
		{name: "upstream_cut", args: get, fault: &sandbox.Fault{Route: sandbox.RouteExecute, Times: -1, Truncate: 40}},
		{name: "write_dropped_after_work", args: note, fault: &sandbox.Fault{Route: sandbox.RouteExecute, Drop: true, AfterWork: true}},
		{name: "write_500", args: note, fault: status(500, `{"detail":"boom"}`)},
		{name: "write_429", args: note, fault: &sandbox.Fault{Route: sandbox.RouteExecute, Times: -1, Status: 429, RetryAfter: time.Hour}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			box, conn := connect(t, tt.conn...)
			set := newSet(t, conn, tt.opts...)
			name := set.Tools()[0].Name()
			if tt.tool != "" {
				name = tt.tool
			}
			if tt.fault != nil {
				box.Inject(*tt.fault)
			}
			out, err := set.Call(t.Context(), name, json.RawMessage(tt.args))
			if err != nil {
				t.Fatalf("the run ended: %v", err)
			}
			if !out.IsError || out.Err == nil {
				t.Fatalf("no failure: %s", out.Text)
			}
			if strings.Contains(out.Text, sandbox.ClientSecret) {
				t.Errorf("the text holds the client secret: %s", out.Text)
			}
			golden.Check(t, "failures/"+tt.name+".json", out.Text+"\n")
		})
	}
}
