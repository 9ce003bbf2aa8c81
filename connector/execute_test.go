package connector_test

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"io"
	"log/slog"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/agentsdk-go/airbyte/connector"
	"github.com/agentsdk-go/airbyte/sandbox"
)

func TestExecuteReadsAndWrites(t *testing.T) {
	t.Parallel()
	conn := connect(t, sandbox.Test(t))
	created, err := conn.Execute(t.Context(), "tags", "create", connector.Params{"value": "from-go", "object_type": "issue", "hex_color": nil})
	if err != nil {
		t.Fatal(err)
	}
	var tag struct{ ID, Value string }
	if err := created.Decode(&tag); err != nil || tag.Value != "from-go" {
		t.Fatalf("created %s: %v", created.Data, err)
	}
	got, err := conn.Execute(t.Context(), "tags", "get", connector.Params{"id": tag.ID})
	if err != nil || !bytes.Contains(got.Data, []byte(`"value":"from-go"`)) {
		t.Errorf("get = %v, %v", got, err)
	}
}

// TestExecuteParams holds that values of any Go type go out as they are.
func TestExecuteParams(t *testing.T) {
	t.Parallel()
	box := sandbox.Test(t)
	conn := connect(t, box)
	box.Inject(sandbox.Fault{Route: sandbox.RouteExecute, Body: `{"result":{}}`})
	_, err := conn.Execute(t.Context(), "issues", "context_store_search", connector.Params{
		"query":  map[string]any{"filter": json.RawMessage(`{"eq":{"number":9007199254740993}}`)},
		"limit":  json.Number("10"),
		"fields": [][]string{{"id"}, {"title"}},
		"cursor": (*string)(nil),
	})
	if err != nil {
		t.Fatal(err)
	}
	requests := box.Requests()
	want := `{"entity":"issues","action":"context_store_search","params":{"fields":[["id"],["title"]],"limit":10,` +
		`"query":{"filter":{"eq":{"number":9007199254740993}}}},"skip_truncation":true}`
	if diff := cmp.Diff(want, string(requests[len(requests)-1].Body)); diff != "" {
		t.Errorf("body (-want +got):\n%s", diff)
	}
}

func TestExecuteRefusesWrongCalls(t *testing.T) {
	t.Parallel()
	box := sandbox.Test(t)
	conn := connect(t, box)
	tests := []struct {
		name, entity, action string
		params               connector.Params
		holds                string
		allowed              string // the first legal value
		didYouMean           string
	}{
		{"entity", "issue", "get", nil, `unknown entity "issue"`, "issues", "issues"},
		{"action", "issues", "remove", nil, `unknown action "remove"`, "list", ""},
		{"parameter", "issues", "get", connector.Params{"Id": "1"}, `unknown parameter "Id"`, "id", "id"},
		{"missing", "issues", "get", nil, `required parameter "id" is missing`, "", ""},
		{"empty path parameter", "issues", "get", connector.Params{"id": " "}, `parameter "id" is empty`, "", ""},
		{"null for a required one", "issues", "get", connector.Params{"id": nil}, `required parameter "id" is missing`, "", ""},
		{"raw null for a required one", "issues", "get", connector.Params{"id": json.RawMessage("null")}, `required parameter "id" is missing`, "", ""},
		{"nil pointer for a required one", "issues", "get", connector.Params{"id": (*string)(nil)}, `required parameter "id" is missing`, "", ""},
		{"raw value that is no JSON", "issues", "get", connector.Params{"id": json.RawMessage("{")}, "parameters are not JSON: id: json ends too early", "", ""},
		{"enum", "custom_fields", "list", connector.Params{"object_type": "Issue"}, `cannot be "Issue"`, "account", "issue"},
		{"type", "issues", "get", connector.Params{"id": 5}, "must be a string, got 5", "", ""},
		{"not JSON", "issues", "get", connector.Params{"id": func() {}}, "parameters are not JSON", "", ""},
		{"boolean as text", "articles", "create", connector.Params{"kb_id": "k", "title": "t", "body_html": "b", "author_user_id": "u", "is_published": "true"}, "must be a boolean", "", ""},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			_, err := conn.Execute(t.Context(), tt.entity, tt.action, tt.params)
			var ce *connector.Error
			if !errors.As(err, &ce) || !errors.Is(err, connector.ErrValidation) || !strings.Contains(err.Error(), tt.holds) {
				t.Fatalf("Execute = %v, want ErrValidation with %q", err, tt.holds)
			}
			first := ""
			if len(ce.Allowed) > 0 {
				first = ce.Allowed[0]
			}
			if first != tt.allowed || ce.DidYouMean != tt.didYouMean {
				t.Errorf("allowed starts with %q, did you mean %q; want %q, %q", first, ce.DidYouMean, tt.allowed, tt.didYouMean)
			}
		})
	}
	t.Cleanup(func() {
		if n := box.Count(sandbox.RouteExecute); n != 0 {
			t.Errorf("%d execute requests were sent, want none", n)
		}
	})
}

// TestExecuteFailures holds the kind of every way in which a call can fail.
func TestExecuteFailures(t *testing.T) {
	t.Parallel()
	const read, write = "get", "update"
	status := func(code int, body string) sandbox.Fault { return sandbox.Fault{Status: code, Body: body} }
	tests := []struct {
		name, action string
		fault        sandbox.Fault
		kind         connector.Kind
		status       int
		holds        string
	}{
		{"400", read, status(400, `{"message":"bad id"}`), connector.KindValidation, 400, "bad id"},
		{"400 with an empty body", read, status(400, ""), connector.KindValidation, 400, ""},
		{"401", read, status(401, `{"detail":"expired"}`), connector.KindAuth, 401, "expired"},
		{"403 with a detail object", read, status(403, `{"detail":{"reason":"plan"}}`), connector.KindPermission, 403, "plan"},
		{"404", read, status(404, `{"detail":"gone"}`), connector.KindNotFound, 404, "gone"},
		{"409", read, status(409, `{"detail":"busy"}`), connector.KindValidation, 409, "busy"},
		{"422 with a detail list", read, status(422, `{"detail":[{"loc":["body","entity"],"msg":"field required"}]}`), connector.KindValidation, 422, "field required"},
		{"429", read, sandbox.Fault{RetryAfter: 7 * time.Second}, connector.KindRateLimited, 429, ""},
		{"500 with HTML", read, status(500, "<html><title>Oops</title></html>"), connector.KindUnavailable, 500, "Oops"},
		{"302", read, status(302, ""), connector.KindUnavailable, 302, "redirect"},
		{"200 without a body", read, sandbox.Fault{Status: 200}, connector.KindUnavailable, 200, "empty"},
		{"200 that is no JSON", read, status(200, "OK"), connector.KindUnavailable, 200, ""},
		{"200 cut short", read, sandbox.Fault{Truncate: 50}, connector.KindUnavailable, 200, ""},
		{"connection dropped", read, sandbox.Fault{Drop: true}, connector.KindUnavailable, 0, ""},
		{"write: 400", write, status(400, `{"message":"bad state"}`), connector.KindValidation, 400, "bad state"},
		{"write: 429 cannot have happened", write, sandbox.Fault{RetryAfter: time.Hour}, connector.KindRateLimited, 429, ""},
		{"write: 502", write, status(502, ""), connector.KindUnknownOutcome, 502, ""},
		{"write: dropped before the work", write, sandbox.Fault{Drop: true}, connector.KindUnknownOutcome, 0, ""},
		{"write: dropped after the work", write, sandbox.Fault{Drop: true, AfterWork: true}, connector.KindUnknownOutcome, 0, ""},
		{"write: answer cut short", write, sandbox.Fault{Truncate: 50}, connector.KindUnknownOutcome, 200, ""},
		{"write: answer unreadable", write, status(200, "OK"), connector.KindUnknownOutcome, 200, ""},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			box := sandbox.Test(t)
			conn := connect(t, box)
			fault := tt.fault
			fault.Route, fault.Times = sandbox.RouteExecute, -1
			box.Inject(fault)
			_, err := conn.Execute(t.Context(), "issues", tt.action, connector.Params{"id": "1001"})
			var ce *connector.Error
			if !errors.As(err, &ce) {
				t.Fatalf("Execute = %v, want a *connector.Error", err)
			}
			if ce.Kind != tt.kind || ce.Status != tt.status || ce.Entity != "issues" || ce.Action != tt.action {
				t.Errorf("kind %q, status %d for %s.%s; want %q, %d: %v", ce.Kind, ce.Status, ce.Entity, ce.Action, tt.kind, tt.status, err)
			}
			if !strings.Contains(err.Error(), tt.holds) {
				t.Errorf("error lacks %q: %v", tt.holds, err)
			}
			if tt.kind == connector.KindUnknownOutcome && !errors.Is(err, connector.ErrUnavailable) {
				t.Errorf("an unknown outcome does not match ErrUnavailable: %v", err)
			}
		})
	}
}

// TestRetries holds what is repeated, and that no write happens twice.
func TestRetries(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name, entity, action string
		params               connector.Params
		fault                sandbox.Fault
		requests             int
		ok                   bool
	}{
		{"read after 503", "me", "get", nil, sandbox.Fault{Status: 503}, 2, true},
		{"read after a drop", "me", "get", nil, sandbox.Fault{Drop: true}, 2, true},
		{"read after a cut answer", "me", "get", nil, sandbox.Fault{Truncate: 20}, 2, true},
		{"no read after 500", "me", "get", nil, sandbox.Fault{Status: 500}, 1, false},
		{"write after 429", "teams", "create", connector.Params{"name": "Night"}, sandbox.Fault{RetryAfter: time.Millisecond}, 2, true},
		{"no write after 503", "teams", "create", connector.Params{"name": "Night"}, sandbox.Fault{Status: 503}, 1, false},
		{"no write after a drop", "teams", "create", connector.Params{"name": "Night"}, sandbox.Fault{Drop: true, AfterWork: true}, 1, false},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			box := sandbox.Test(t)
			conn := connect(t, box, connector.WithRetries(2))
			tt.fault.Route = sandbox.RouteExecute
			box.Inject(tt.fault)
			_, err := conn.Execute(t.Context(), tt.entity, tt.action, tt.params)
			if (err == nil) != tt.ok {
				t.Errorf("Execute = %v, want ok %v", err, tt.ok)
			}
			if n := box.Count(sandbox.RouteExecute); n != tt.requests {
				t.Errorf("%d requests, want %d", n, tt.requests)
			}
		})
	}
}

func TestCancel(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		action  string
		unknown bool // the outcome
	}{{"get", false}, {"update", true}} {
		t.Run(tt.action, func(t *testing.T) {
			t.Parallel()
			box := sandbox.Test(t)
			conn := connect(t, box)
			if _, err := conn.Execute(t.Context(), "me", "get", nil); err != nil { // the token is there
				t.Fatal(err)
			}
			box.Inject(sandbox.Fault{Route: sandbox.RouteExecute, Delay: time.Hour})
			ctx, cancel := context.WithTimeout(t.Context(), 50*time.Millisecond)
			defer cancel()
			_, err := conn.Execute(ctx, "issues", tt.action, connector.Params{"id": "1001"})
			if !errors.Is(err, context.DeadlineExceeded) || errors.Is(err, connector.ErrUnknownOutcome) != tt.unknown {
				t.Errorf("Execute = %v, want DeadlineExceeded, and an unknown outcome: %v", err, tt.unknown)
			}
		})
	}
}

func TestRecords(t *testing.T) {
	t.Parallel()
	for _, keys := range []sandbox.PagingKeys{sandbox.PagingNextCursor, sandbox.PagingEndCursor, sandbox.PagingCamelCase} {
		for _, shape := range [][]sandbox.Option{nil, {sandbox.WithBareResults()}} {
			box := sandbox.Test(t, append(shape, sandbox.WithPageSize("accounts", 7), sandbox.WithPagingKeys(keys))...)
			conn := connect(t, box)
			all, err := conn.Execute(t.Context(), "accounts", "context_store_search", connector.Params{"query": map[string]any{}})
			if err != nil {
				t.Fatal(err)
			}
			var rows []json.RawMessage
			if err := all.Decode(&rows); err != nil {
				t.Fatal(err)
			}
			ids := map[string]bool{}
			for record, err := range conn.Records(t.Context(), "accounts", "list", nil) {
				if err != nil {
					t.Fatal(err)
				}
				var account struct{ ID string }
				if err := json.Unmarshal(record, &account); err != nil {
					t.Fatal(err)
				}
				ids[account.ID] = true
			}
			if len(ids) != len(rows) || len(ids) < 25 {
				t.Errorf("paging keys %v: %d records in pages, %d in the store", keys, len(ids), len(rows))
			}
		}
	}
}

func TestRecordsStops(t *testing.T) {
	t.Parallel()
	page := func(meta string) sandbox.Fault {
		return sandbox.Fault{Route: sandbox.RouteExecute, Times: -1, Body: `{"result":[{"id":"1"}],"connector_metadata":` + meta + `}`}
	}
	tests := []struct {
		name    string
		fault   sandbox.Fault
		records int
		want    error
	}{
		{"a cursor that comes again", page(`{"has_more":true,"cursor":"same"}`), 2, connector.ErrUnavailable},
		{"more without a cursor", page(`{"has_more":true}`), 1, connector.ErrUnsupported},
		{"a failure", sandbox.Fault{Route: sandbox.RouteExecute, Times: -1, Status: 404}, 0, connector.ErrNotFound},
		{"no records", sandbox.Fault{Route: sandbox.RouteExecute, Body: `{"status":"success","result":null}`}, 0, nil},
		{"one object", sandbox.Fault{Route: sandbox.RouteExecute, Body: `{"result":{"id":"1"}}`}, 1, nil},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			box := sandbox.Test(t)
			conn := connect(t, box)
			box.Inject(tt.fault)
			records, failure := 0, error(nil)
			for _, err := range conn.Records(t.Context(), "accounts", "list", nil) {
				if err != nil {
					failure = err
					continue
				}
				records++
			}
			if records != tt.records || !errors.Is(failure, tt.want) {
				t.Errorf("%d records, then %v; want %d, then %v", records, failure, tt.records, tt.want)
			}
		})
	}
}

func TestRecordsStopsWithTheLoop(t *testing.T) {
	t.Parallel()
	box := sandbox.Test(t, sandbox.WithPageSize("accounts", 5))
	conn := connect(t, box)
	params := connector.Params{}
	for _, err := range conn.Records(t.Context(), "accounts", "list", params) {
		if err != nil {
			t.Fatal(err)
		}
		break
	}
	if n := box.Count(sandbox.RouteExecute); n != 1 || len(params) != 0 {
		t.Errorf("%d pages were fetched and the caller's params are %v; want one and none", n, params)
	}
}

func TestDownload(t *testing.T) {
	t.Parallel()
	box := sandbox.Test(t)
	box.Inject(sandbox.Fault{Route: sandbox.RouteConnectors, Body: `{"data":[{"id":"` + sandbox.ConnectorID + `","name":"Files","summarized_source_template":{"name":"Drive"}}]}`})
	conn, err := connector.Connect(t.Context(), "files", sandbox.Workspace, options(box)...)
	if err != nil {
		t.Fatal(err)
	}
	box.Inject(
		sandbox.Fault{Route: sandbox.RouteExecute, Body: "\x00\x01binary", Header: http.Header{"Content-Type": {"application/octet-stream"}}},
		sandbox.Fault{Route: sandbox.RouteExecute, Status: 200},
	)
	file, err := conn.Download(t.Context(), "files", connector.Params{"id": "1"})
	if err != nil {
		t.Fatal(err)
	}
	got, err := io.ReadAll(file)
	if err != nil || string(got) != "\x00\x01binary" {
		t.Errorf("read %q, %v", got, err)
	}
	if err := file.Close(); err != nil {
		t.Error(err)
	}
	if _, err := conn.Download(t.Context(), "files", nil); !errors.Is(err, connector.ErrNotFound) {
		t.Errorf("an empty file gave %v, want ErrNotFound", err)
	}
	if _, err := connect(t, box).Download(t.Context(), "issues", nil); !errors.Is(err, connector.ErrValidation) {
		t.Errorf("a download that Pylon does not have gave %v, want ErrValidation", err)
	}
}

func TestCheck(t *testing.T) {
	t.Parallel()
	box := sandbox.Test(t)
	conn := connect(t, box)
	health, err := conn.Check(t.Context())
	if err != nil || !health.OK || health.Status != "succeeded" {
		t.Errorf("Check = %+v, %v", health, err)
	}
	box.Inject(sandbox.Fault{Route: sandbox.RouteConnectorCheck, Body: `{"id":"x","status":"failed","error_message":"token revoked",` +
		`"entity_check_results":[{"entity":"accounts","status":"failed","error_message":"401"}]}`})
	want := connector.Health{Status: "failed", Message: "token revoked", Entities: []connector.EntityHealth{{Entity: "accounts", Status: "failed", Message: "401"}}}
	health, err = conn.Check(t.Context())
	if diff := cmp.Diff(want, health); err != nil || diff != "" {
		t.Errorf("Check: %v (-want +got):\n%s", err, diff)
	}
}

// TestLogHoldsNoSecret holds that a log at its most talkative shows neither the
// secret nor a token.
func TestLogHoldsNoSecret(t *testing.T) {
	t.Parallel()
	var log bytes.Buffer
	box := sandbox.Test(t)
	conn := connect(t, box, connector.WithLogger(slog.New(slog.NewTextHandler(&log, &slog.HandlerOptions{Level: slog.LevelDebug}))))
	box.Inject(sandbox.Fault{Route: sandbox.RouteExecute, Status: 400, Body: `{"detail":"you sent ` + sandbox.ClientSecret + `"}`})
	_, err := conn.Execute(t.Context(), "me", "get", nil)
	if err == nil || strings.Contains(err.Error(), sandbox.ClientSecret) {
		t.Errorf("Execute = %v, want an error without the secret", err)
	}
	if log.Len() == 0 || strings.Contains(log.String(), sandbox.ClientSecret) || strings.Contains(log.String(), "Bearer") {
		t.Errorf("log:\n%s", log.String())
	}
}

func TestManifest(t *testing.T) {
	t.Parallel()
	for _, name := range []string{"pylon", "Pylon", sandbox.PylonDefinitionID} {
		m, ok := connector.LookupManifest(name)
		if !ok || m.Name() != "pylon" || m.Title() == "" || m.Version() != "0.1.10" || m.DefinitionID() != sandbox.PylonDefinitionID {
			t.Errorf("LookupManifest(%q) = %v, %v", name, m, ok)
		}
	}
	if _, ok := connector.LookupManifest("no-such-connector"); ok {
		t.Error("an unknown manifest was found")
	}
	conn := connect(t, sandbox.Test(t))
	schema, ok := conn.EntitySchema("issues")
	if !ok || !json.Valid(schema) || !bytes.Contains(schema, []byte(`"latest_message_time"`)) {
		t.Errorf("EntitySchema(issues) = %s, %v", schema, ok)
	}
	if _, ok := conn.EntitySchema("invoices"); ok {
		t.Error("an unknown entity has a schema")
	}
}

// TestNulls holds what a null does: nothing in a create, a refusal in an update,
// where it would be taken for clearing a field.
func TestNulls(t *testing.T) {
	t.Parallel()
	box := sandbox.Test(t)
	conn := connect(t, box)
	if _, err := conn.Execute(t.Context(), "teams", "create", connector.Params{"name": nil}); err != nil {
		t.Errorf("create with a null: %v", err)
	}
	_, err := conn.Execute(t.Context(), "issue_assignments", "update", connector.Params{"id": "1001", "assignee_id": json.RawMessage("null")})
	if !errors.Is(err, connector.ErrValidation) || !strings.Contains(err.Error(), `"assignee_id" is null`) {
		t.Errorf("update with a null gave %v, want ErrValidation that says what to send", err)
	}
	if n := box.Count(sandbox.RouteExecute); n != 1 {
		t.Errorf("%d execute requests, want one", n)
	}
}

// TestOddStatus holds that a status which is no success is not lost.
func TestOddStatus(t *testing.T) {
	t.Parallel()
	box := sandbox.Test(t)
	conn := connect(t, box)
	box.Inject(
		sandbox.Fault{Route: sandbox.RouteExecute, Body: `{"status":"partial","result":[],"error":"` + sandbox.ClientSecret + `"}`},
		sandbox.Fault{Route: sandbox.RouteExecute, Body: `{"status":"partial","result":[],"error":"` + strings.Repeat("x", 50) + sandbox.ClientSecret + `"}`},
		sandbox.Fault{Route: sandbox.RouteExecute, Body: `{"status":"success","result":[],"warning":{"code":"stale","message":"data are old"}}`},
		sandbox.Fault{Route: sandbox.RouteExecute, Body: `{"status":"success","result":[],"warning":"as text"}`},
	)
	for _, want := range []string{
		`the platform reports status "partial": [redacted]`,
		`the platform reports status "partial": ` + strings.Repeat("x", 50) + `[redacted]`,
		"data are old", "as text",
	} {
		res, err := conn.Execute(t.Context(), "me", "get", nil)
		if err != nil || res.Meta.Warning != want {
			t.Errorf("warning = %+v, %v; want %q", res, err, want)
		}
	}
}

func TestCutDownload(t *testing.T) {
	t.Parallel()
	box := sandbox.Test(t)
	box.Inject(sandbox.Fault{Route: sandbox.RouteConnectors, Body: `{"data":[{"id":"` + sandbox.ConnectorID + `","name":"Files","summarized_source_template":{"name":"Drive"}}]}`})
	conn, err := connector.Connect(t.Context(), "files", sandbox.Workspace, options(box)...)
	if err != nil {
		t.Fatal(err)
	}
	box.Inject(sandbox.Fault{Route: sandbox.RouteExecute, Body: strings.Repeat("x", 10_000), Truncate: 5000})
	file, err := conn.Download(t.Context(), "files", nil)
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	if _, err := io.ReadAll(file); !errors.Is(err, connector.ErrUnavailable) {
		t.Errorf("a cut file gave %v, want ErrUnavailable", err)
	} else if _, ok := errors.AsType[*connector.Error](err); !ok {
		t.Errorf("a cut file gave a %T, want a *connector.Error", err)
	}
}

// TestUnsuccessfulSuccess holds that an answer which says that it failed, and has
// no result, is not taken for a success.
func TestUnsuccessfulSuccess(t *testing.T) {
	t.Parallel()
	box := sandbox.Test(t)
	conn := connect(t, box)
	body := `{"status":"error","result":null,"message":"quota exceeded"}`
	box.Inject(sandbox.Fault{Route: sandbox.RouteExecute, Times: 2, Body: body})
	_, err := conn.Execute(t.Context(), "me", "get", nil)
	if !errors.Is(err, connector.ErrUnavailable) || errors.Is(err, connector.ErrUnknownOutcome) || !strings.Contains(err.Error(), "quota exceeded") {
		t.Errorf("a read gave %v, want ErrUnavailable with the reason", err)
	}
	if _, err := conn.Execute(t.Context(), "teams", "create", nil); !errors.Is(err, connector.ErrUnknownOutcome) {
		t.Errorf("a write gave %v, want ErrUnknownOutcome", err)
	}
}
