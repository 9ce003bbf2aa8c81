package tools_test

import (
	"context"
	"encoding/json"
	"errors"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/agentsdk-go/airbyte/connector"
	"github.com/agentsdk-go/airbyte/sandbox"
	"github.com/agentsdk-go/airbyte/tools"
)

// TestArguments holds that the same call is understood however it is wrapped.
func TestArguments(t *testing.T) {
	t.Parallel()
	_, conn := connect(t)
	set := newSet(t, conn)
	const plain = `{"entity":"issues","action":"get","params":{"id":"1001"}}`
	quoted, err := json.Marshal(plain)
	if err != nil {
		t.Fatal(err)
	}
	tests := []struct{ name, args string }{
		{"object", plain},
		{"white space", "\n " + plain + "\t"},
		{"__arg1 with an object", `{"__arg1":` + plain + `}`},
		{"__arg1 with text", `{"__arg1":` + string(quoted) + `}`},
		{"doubly encoded", string(quoted)},
		{"code fence", "```json\n" + plain + "\n```"},
		{"code fence without a language", "```\n" + plain + "\n```\n"},
		{"code fence on one line", "```json" + plain + "```"},
		{"code fence in text in __arg1", `{"__arg1":"` + "```json\\n" + strings.ReplaceAll(plain, `"`, `\"`) + "\\n```" + `"}`},
		{"a fence with words around it", "Here it is:\n```json\n" + plain + "\n```\nThanks!"},
		{"byte order mark", "\ufeff" + plain},
		{"params as text", `{"entity":"issues","action":"get","params":"{\"id\":\"1001\"}"}`},
		{"null for an optional parameter", `{"entity":"messages","action":"list","params":{"id":"1001","cursor":null}}`},
		{"nothing, wrapped four times", nested(`{"entity":"me","action":"get"}`, 3)},
		{"null params", `{"entity":"me","action":"get","params":null}`},
		{"empty params text", `{"entity":"me","action":"get","params":""}`},
		{"no params", `{"entity":"me","action":"get"}`},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			out, err := set.Call(t.Context(), "pylon_execute", json.RawMessage(tt.args))
			if err != nil || out.IsError {
				t.Errorf("Call(%s) = (%s, %v)", tt.args, out.Text, err)
			}
		})
	}
}

// FuzzCall holds that no arguments make a call panic, end the run or answer
// with anything but an envelope.
func FuzzCall(f *testing.F) {
	for _, seed := range []string{``, `null`, `{}`, `{"entity":"issues"}`, "```json\n{}\n```", `{"__arg1":"x"}`, nested("", 4), nested(" ", 4), nested("null", 5), `"{\"entity\":1}"`, `[1]`, `{"a":1,"a":2}`, `{"entity":"issues","action":"context_store_search","params":{"query":{"filter":{"not":{"and":[]}}}}}`} {
		f.Add(seed)
	}
	conn, err := connector.Connect(f.Context(), "pylon", sandbox.Workspace,
		connector.WithConnectorID(sandbox.ConnectorID), connector.WithCredentials("id", "secret"), connector.WithRetries(0),
		connector.WithHTTPClient(&http.Client{Transport: refusing{}}))
	if err != nil {
		f.Fatal(err)
	}
	set, err := tools.New(conn)
	if err != nil {
		f.Fatal(err)
	}
	f.Fuzz(func(t *testing.T, args string) {
		out, err := set.Call(t.Context(), "pylon_execute", json.RawMessage(args))
		if err != nil || !json.Valid([]byte(out.Text)) {
			t.Errorf("Call(%q) = (%q, %v)", args, out.Text, err)
		}
	})
}

// refusing is a transport without a network behind it.
type refusing struct{}

func (refusing) RoundTrip(*http.Request) (*http.Response, error) {
	return nil, errors.New("no network here")
}

// TestWrongCallsSendNothing holds that what cannot be right costs no request.
func TestWrongCallsSendNothing(t *testing.T) {
	t.Parallel()
	box, conn := connect(t)
	set := newSet(t, conn)
	for _, args := range []string{
		`{"entity":"issue","action":"get"}`, `{"entity":"issues","action":"fetch"}`,
		`{"entity":"issues","action":"get","params":{"ident":"1"}}`, `{"entity":"issues","action":"get"}`,
		`{"entity":"custom_fields","action":"list","params":{"object_type":"users"}}`, `not json`,
	} {
		out, err := set.Call(t.Context(), "pylon_execute", json.RawMessage(args))
		if err != nil || !out.IsError {
			t.Errorf("Call(%s) = (%s, %v), want a failure for the model", args, out.Text, err)
		}
	}
	if n := box.Count(sandbox.RouteExecute); n != 0 {
		t.Errorf("%d execute requests were sent, want none", n)
	}
}

func TestPerActionCalls(t *testing.T) {
	t.Parallel()
	_, conn := connect(t)
	set := newSet(t, conn, tools.WithPerAction(), tools.WithAllow("issues.get", "me.get"), tools.WithName("desk"))
	if got := []string{set.Tools()[0].Name(), set.Tools()[1].Name()}; got[0] != "desk_issues_get" || got[1] != "desk_me_get" {
		t.Errorf("names = %v", got)
	}
	out, err := set.Call(t.Context(), "desk_issues_get", json.RawMessage(`{"id":"1001"}`))
	if err != nil || !strings.Contains(out.Text, `"number":1001`) {
		t.Errorf("got (%s, %v)", out.Text, err)
	}
	out, err = set.Call(t.Context(), "desk_issues_get", json.RawMessage(`{"number":1001}`))
	if err != nil || !out.IsError || !strings.Contains(out.Text, `"signature":"issues.get(id: string)"`) {
		t.Errorf("got (%s, %v)", out.Text, err)
	}
}

func TestRetries(t *testing.T) {
	t.Parallel()
	unavailable := sandbox.Fault{Route: sandbox.RouteExecute, Status: http.StatusServiceUnavailable}
	tests := []struct {
		name, args string
		fault      sandbox.Fault
		requests   int
		isError    bool
	}{
		{"a read is repeated", `{"entity":"me","action":"get"}`, unavailable, 2, false},
		{"a cut answer is", `{"entity":"me","action":"get"}`, sandbox.Fault{Route: sandbox.RouteExecute, Truncate: 20}, 2, false},
		{"a 500 is not", `{"entity":"me","action":"get"}`, sandbox.Fault{Route: sandbox.RouteExecute, Status: http.StatusInternalServerError}, 1, true},
		{"a login page is not", `{"entity":"me","action":"get"}`, sandbox.Fault{Route: sandbox.RouteExecute, Body: "<html>"}, 1, true},
		{
			"a status that is no success is not", `{"entity":"me","action":"get"}`,
			sandbox.Fault{Route: sandbox.RouteExecute, Body: `{"status":"error","result":null}`},
			1, true,
		},
		{"a write is not", `{"entity":"teams","action":"create","params":{"name":"Night"}}`, unavailable, 1, true},
		{"a wrong call is not", `{"entity":"issues","action":"get","params":{"id":"9"}}`, sandbox.Fault{}, 1, true},
		{
			"a long wait is left to the model", `{"entity":"me","action":"get"}`,
			sandbox.Fault{Route: sandbox.RouteExecute, Status: http.StatusTooManyRequests, RetryAfter: time.Hour},
			1, true,
		},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			box, conn := connect(t)
			if tt.fault.Route != "" {
				box.Inject(tt.fault)
			}
			out, err := newSet(t, conn, tools.WithRetries(1)).Call(t.Context(), "pylon_execute", json.RawMessage(tt.args))
			if err != nil || out.IsError != tt.isError {
				t.Errorf("got (%s, %v), want IsError %v", out.Text, err, tt.isError)
			}
			if n := box.Count(sandbox.RouteExecute); n != tt.requests {
				t.Errorf("%d requests, want %d", n, tt.requests)
			}
		})
	}
}

// TestBytesSurvive holds that what the service sent reaches the model unchanged.
func TestBytesSurvive(t *testing.T) {
	t.Parallel()
	const record = `{"z":9007199254740993,"a":"\u00e9 é 😀 \ud83d\ude00 \u202Ertl <b>&amp;</b>","n":1.10e5,"m":{"y":1,"b":2},"x":-0}`
	box, conn := connect(t)
	box.Inject(sandbox.Fault{Route: sandbox.RouteExecute, Body: `{"status":"success","result":` + record + `,"connector_metadata":null,"execution_metadata":null}`})
	out, err := newSet(t, conn).Call(t.Context(), "pylon_execute", json.RawMessage(`{"entity":"issues","action":"get","params":{"id":"1"}}`))
	if want := `{"data":` + record + `}`; err != nil || out.Text != want {
		t.Errorf("got  (%s, %v)\nwant %s", out.Text, err, want)
	}
}

// TestArgumentsSurvive holds that what the model sent reaches the service
// unchanged.
func TestArgumentsSurvive(t *testing.T) {
	t.Parallel()
	box, conn := connect(t)
	box.Inject(sandbox.Fault{Route: sandbox.RouteExecute, Body: `{"status":"success","result":{}}`})
	const query = `{"filter":{"eq":{"number":9007199254740993}}}`
	out, err := newSet(t, conn).Call(t.Context(), "pylon_execute",
		json.RawMessage(`{"entity":"issues","action":"context_store_search","params":{"query":`+query+`}}`))
	if err != nil || out.IsError {
		t.Fatalf("got (%s, %v)", out.Text, err)
	}
	requests := box.Requests()
	if body := string(requests[len(requests)-1].Body); !strings.Contains(body, query) {
		t.Errorf("the service got %s, want it to hold %s", body, query)
	}
}

func TestExpiredTokenIsRenewed(t *testing.T) {
	t.Parallel()
	box, conn := connect(t)
	set := newSet(t, conn)
	for range 2 {
		out, err := set.Call(t.Context(), "pylon_execute", json.RawMessage(`{"entity":"me","action":"get"}`))
		if err != nil || out.IsError {
			t.Fatalf("got (%s, %v)", out.Text, err)
		}
		box.ExpireTokens()
	}
	if n := box.Count(sandbox.RouteToken); n != 2 {
		t.Errorf("%d token requests, want 2: one at the start, one after the expiry", n)
	}
}

// TestTruncationAdvises holds what the model is told to do about rows that were
// left out, by what the operation can be asked.
func TestTruncationAdvises(t *testing.T) {
	t.Parallel()
	_, conn := connect(t)
	set := newSet(t, conn, tools.WithMaxOutput(3000))
	tests := []struct{ name, args, want string }{
		{"search", `{"entity":"issues","action":"context_store_search","params":{"query":{}}}`, "narrow the filter, ask for fewer fields or a smaller limit"},
		{"window", `{"entity":"issues","action":"list","params":{"start_time":"2026-10-01T00:00:00Z","end_time":"2026-10-30T00:00:00Z"}}`, "rows left out; ask for a shorter time window"},
		{"searchable list", `{"entity":"contacts","action":"list"}`, "use context_store_search of contacts"},
	}
	for _, tt := range tests {
		out, err := set.Call(t.Context(), "pylon_execute", json.RawMessage(tt.args))
		if err != nil || !strings.Contains(out.Text, `"truncated":true`) || !strings.Contains(out.Text, tt.want) {
			t.Errorf("%s: got (%v) %s, want %q", tt.name, err, out.Text[max(0, len(out.Text)-300):], tt.want)
		}
	}
}

// nested encodes text as JSON n times over.
func nested(text string, n int) string {
	for range n {
		raw, err := json.Marshal(text)
		if err != nil {
			panic(err) // no text fails to encode
		}
		text = string(raw)
	}
	return text
}

func TestWrappedNothing(t *testing.T) {
	t.Parallel()
	set := newSet(t, offline(t))
	for n := range 7 {
		for _, text := range []string{"", " ", "null", "{}"} {
			out, err := set.Call(t.Context(), "pylon_execute", json.RawMessage(nested(text, n)))
			if err != nil || !out.IsError {
				t.Errorf("%q wrapped %d times gave (%s, %v), want a failure for the model", text, n, out.Text, err)
			}
		}
	}
}

// TestPolicyOfForeignConnector holds that a policy cannot be got round by the
// spelling of a name, where the connector's own names are not known.
func TestPolicyOfForeignConnector(t *testing.T) {
	t.Parallel()
	box := sandbox.Test(t)
	box.Inject(sandbox.Fault{Route: sandbox.RouteConnectors, Body: `{"data":[{"id":"` + sandbox.ConnectorID +
		`","name":"Desk","summarized_source_template":{"name":"Other","connector_name":"other"}}]}`})
	conn, err := connector.Connect(t.Context(), "desk", sandbox.Workspace, connector.WithBaseURL(box.PlatformURL()),
		connector.WithCredentials(sandbox.ClientID, sandbox.ClientSecret), connector.WithRetries(0))
	if err != nil {
		t.Fatal(err)
	}
	set := newSet(t, conn, tools.WithDeny("*.delete", "users.*"))
	before := box.Count(sandbox.RouteExecute)
	for _, call := range []string{
		`{"entity":"issues","action":"delete"}`, `{"entity":"issues","action":"Delete"}`, `{"entity":"issues","action":" delete "}`,
		`{"entity":"a/b","action":"delete"}`, `{"entity":"Users","action":"list"}`, `{"entity":"users","action":"x\ny"}`,
	} {
		out, err := set.Call(t.Context(), "other_execute", json.RawMessage(call))
		if err != nil || !out.IsError || !strings.Contains(out.Text, "does not permit") {
			t.Errorf("%s: got (%s, %v), want it to be refused", call, out.Text, err)
		}
	}
	if n := box.Count(sandbox.RouteExecute) - before; n != 0 {
		t.Errorf("%d calls were sent, want none", n)
	}
	if set.Tools()[0].Effect() != connector.Destroy {
		t.Error("where nothing is known the worst must be assumed")
	}
}

func TestEndedContexts(t *testing.T) {
	t.Parallel()
	cause := errors.New("the user left")
	ctx, cancel := context.WithCancelCause(t.Context())
	cancel(cause)
	set := newSet(t, offline(t))
	for _, name := range []string{"pylon_execute", "no_such_tool"} {
		_, err := set.Call(ctx, name, json.RawMessage(`{"entity":"me","action":"get"}`))
		if !errors.Is(err, context.Canceled) || !errors.Is(err, cause) {
			t.Errorf("%s: %v, want it to match context.Canceled and the cause", name, err)
		}
	}
}

// TestOddText holds that a model never gets what is not UTF-8, and no cursor
// that leads nowhere.
func TestOddText(t *testing.T) {
	t.Parallel()
	box, conn := connect(t)
	box.Inject(sandbox.Fault{
		Route: sandbox.RouteExecute,
		Body:  "{\"status\":\"success\",\"result\":[\"a\xffb\"],\"connector_metadata\":{\"has_next_page\":false,\"end_cursor\":\"abc\"}}",
	})
	out, err := newSet(t, conn).Call(t.Context(), "pylon_execute", json.RawMessage(`{"entity":"teams","action":"list"}`))
	if want := "{\"data\":[\"a\ufffdb\"]}"; err != nil || out.Text != want {
		t.Errorf("got (%q, %v), want %q", out.Text, err, want)
	}
}

func TestNilSet(t *testing.T) {
	t.Parallel()
	var set *tools.Set
	out, err := set.Call(t.Context(), "x", nil)
	if err != nil || !out.IsError || len(set.Tools()) != 0 || set.Instructions() != "" {
		t.Errorf("got (%+v, %v), %d tools", out, err, len(set.Tools()))
	}
}

func TestEffectOf(t *testing.T) {
	t.Parallel()
	conn := offline(t)
	execute := newSet(t, conn).Tools()[0]
	tests := []struct {
		args string
		want connector.Effect
	}{
		{`{"entity":"issues","action":"list"}`, connector.Read},
		{`{"entity":"issues","action":"create"}`, connector.Write},
		{`{"entity":"issues","action":"delete"}`, connector.Destroy},
		{`{"__arg1":"{\"action\":\"get\"}"}`, connector.Read},
		{`{"entity":"issues"}`, connector.Destroy},
		{`not json`, connector.Destroy},
	}
	for _, tt := range tests {
		if got := execute.EffectOf(json.RawMessage(tt.args)); got != tt.want {
			t.Errorf("EffectOf(%s) = %s, want %s", tt.args, got, tt.want)
		}
	}
	get, _ := newSet(t, conn, tools.WithPerAction()).Lookup("pylon_issues_get")
	if got := get.EffectOf(nil); got != connector.Read {
		t.Errorf("EffectOf of a tool of one action = %s, want read", got)
	}
}

// TestMoreWithoutCursor holds that a model is not sent after a cursor that is
// not there.
func TestMoreWithoutCursor(t *testing.T) {
	t.Parallel()
	box, conn := connect(t)
	box.Inject(sandbox.Fault{Route: sandbox.RouteExecute, Body: `{"status":"success","result":[],"connector_metadata":{"has_more":true}}`})
	out, err := newSet(t, conn).Call(t.Context(), "pylon_execute", json.RawMessage(`{"entity":"teams","action":"list"}`))
	if err != nil || !strings.Contains(out.Text, "gave no cursor") {
		t.Errorf("got (%s, %v), want a hint", out.Text, err)
	}
}
