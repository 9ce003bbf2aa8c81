package tools_test

import (
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/tidwall/gjson"

	"github.com/agentsdk-go/airbyte/sandbox"
	"github.com/agentsdk-go/airbyte/tools"
)

// failureRow is a call that both modes refuse, as a kind of error.
type failureRow struct {
	parityRow

	kind string
	// own says that "allowed" lists what the mode offers, which is not the same:
	// Pylon itself has more entities, actions and values, and the platform has
	// context_store_search.
	own bool
}

// TestParityOfFailures holds that a refused call reads the same in both modes.
// The signature is left aside, as it shows the parameters that each mode has.
func TestParityOfFailures(t *testing.T) {
	t.Parallel()
	for _, row := range []failureRow{
		{parityRow{"unknown record", "issues", "get", `{"id":"unknown"}`}, "not_found", false},
		{parityRow{"unknown record inside another", "articles", "update", `{"kb_id":"x","article_id":"y","title":"T"}`}, "not_found", false},
		{parityRow{"unknown entity", "issue", "get", `{"id":"1001"}`}, "validation", true},
		{parityRow{"unknown action", "teams", "find", `{"id":"1001"}`}, "validation", true},
		{parityRow{"misspelt action", "ticket_forms", "lists", `{}`}, "validation", true},
		{parityRow{"unknown parameter", "teams", "get", `{"ident":"1"}`}, "validation", false},
		{parityRow{"missing parameter", "teams", "get", `{}`}, "validation", false},
		{parityRow{"empty parameter", "teams", "get", `{"id":" "}`}, "validation", false},
		{parityRow{"wrong type", "issues", "update", `{"id":"1001","tags":"vip"}`}, "validation", false},
		{parityRow{"wrong type of an element", "issues", "update", `{"id":"1001","tags":["vip",5]}`}, "validation", false},
		{parityRow{"wrong value", "custom_fields", "list", `{"object_type":"contcat"}`}, "validation", true},
		{parityRow{"window too long for the service", "issues", "list", `{"start_time":"2026-01-01T00:00:00Z","end_time":"2026-10-30T12:00:00Z"}`}, "validation", false},
		{parityRow{"time that the service cannot read", "issues", "list", `{"start_time":"soon","end_time":"2026-10-30T12:00:00Z"}`}, "validation", false},
		{parityRow{"duplicate", "tags", "create", `{"value":"billing","object_type":"issue"}`}, "validation", false},
		{parityRow{"value unknown to the service", "issue_statuses", "update", `{"id":"1001","state":"clsed"}`}, "validation", false},
		{parityRow{"foreign cursor", "accounts", "list", `{"cursor":"nonsense"}`}, "validation", false},
	} {
		t.Run(row.name, func(t *testing.T) {
			t.Parallel()
			hosted, direct := bothModes(t)
			checkFailure(t, hosted, direct, row)
		})
	}
}

// TestParityOfPolicy holds that a policy refuses the same calls in both modes,
// before anything is sent.
func TestParityOfPolicy(t *testing.T) {
	t.Parallel()
	readOnly, denied := tools.WithReadOnly(), tools.WithDeny("teams.*", "*.delete")
	tests := []struct {
		opt tools.Option
		row failureRow
	}{
		{readOnly, failureRow{parityRow{"write", "tags", "create", `{"value":"x","object_type":"issue"}`}, "permission", false}},
		{readOnly, failureRow{parityRow{"delete", "issues", "delete", `{"id":"1001"}`}, "permission", false}},
		{readOnly, failureRow{parityRow{"read of nothing", "issues", "get", `{"id":"unknown"}`}, "not_found", false}},
		{denied, failureRow{parityRow{"denied entity", "teams", "list", `{}`}, "permission", false}},
		{denied, failureRow{parityRow{"denied action", "issues", "delete", `{"id":"1001"}`}, "permission", false}},
	}
	for _, tt := range tests {
		t.Run(tt.row.name, func(t *testing.T) {
			t.Parallel()
			hosted, direct := bothModes(t, tt.opt)
			checkFailure(t, hosted, direct, tt.row)
		})
	}
}

func checkFailure(t *testing.T, hosted, direct *tools.Set, row failureRow) {
	t.Helper()
	args := executeCall(t, row.entity, row.action, row.params)
	want, got := callSet(t, hosted, args), callSet(t, direct, args)
	if kind := gjson.Get(want.Text, "error.kind").String(); kind != row.kind || !want.IsError || !got.IsError {
		t.Errorf("%s is of kind %q, want %q: %s", args, kind, row.kind, want.Text)
	}
	apart := []string{"error.signature"}
	if row.own {
		apart = append(apart, "error.allowed")
		for _, out := range []tools.Output{want, got} {
			if len(gjson.Get(out.Text, "error.allowed").Array()) == 0 {
				t.Errorf("nothing is allowed: %s", out.Text)
			}
		}
	}
	if diff := cmp.Diff(without(t, want.Text, apart...), without(t, got.Text, apart...)); diff != "" {
		t.Errorf("%s (-hosted +direct):\n%s", args, diff)
	}
}

// TestParityOfServiceFailures holds that a status of the service means the same
// in both modes. The texts are those of two services, so they are left aside.
func TestParityOfServiceFailures(t *testing.T) {
	t.Parallel()
	const get, create = `{"entity":"issues","action":"get","params":{"id":"1001"}}`, `{"entity":"teams","action":"create","params":{"name":"N"}}`
	tests := []struct {
		name, args string
		status     int
		want       string
	}{
		{"bad request", get, http.StatusBadRequest, `["validation",false]`},
		{"token refused", get, http.StatusUnauthorized, `["auth",false]`},
		{"forbidden", get, http.StatusForbidden, `["permission",false]`},
		{"conflict", create, http.StatusConflict, `["validation",false]`},
		{"rate limit", get, http.StatusTooManyRequests, `["rate_limited",true,7]`},
		{"rate limit of a write", create, http.StatusTooManyRequests, `["rate_limited",true,7]`},
		{"broken", get, http.StatusInternalServerError, `["unavailable",true]`},
		{"away", get, http.StatusServiceUnavailable, `["unavailable",true]`},
		{"broken in a write", create, http.StatusInternalServerError, `["unknown_outcome",false]`},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			fault := sandbox.Fault{Times: -1, Status: tt.status, Body: `{"detail":"no"}`, Route: sandbox.RouteExecute}
			hostedBox, directBox := sandbox.Test(t), sandbox.Test(t)
			if tt.status == http.StatusTooManyRequests {
				fault.RetryAfter = 7 * time.Second
			}
			hostedBox.Inject(fault)
			fault.Route, fault.Body = sandbox.RoutePylon, `{"errors":["no"],"request_id":"r"}`
			directBox.Inject(fault)
			for mode, set := range map[string]*tools.Set{
				"hosted": newSet(t, connectHosted(t, hostedBox)),
				"direct": newSet(t, openDirect(t, directBox)),
			} {
				out := callSet(t, set, []byte(tt.args))
				got := gjson.Get(out.Text, "error.[kind,retryable,retry_after_seconds]").Raw
				if got != tt.want {
					t.Errorf("%s: %s, want %s: %s", mode, got, tt.want, out.Text)
				}
				if strings.Contains(out.Text, sandbox.PylonToken) || strings.Contains(out.Text, sandbox.ClientSecret) {
					t.Errorf("%s: the text holds a secret: %s", mode, out.Text)
				}
			}
		})
	}
}
