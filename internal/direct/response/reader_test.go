package response_test

import (
	"encoding/json"
	"errors"
	"net/http"
	"strings"
	"testing"

	"github.com/agentsdk-go/airbyte/internal/direct/response"
	"github.com/agentsdk-go/airbyte/internal/fault"
	"github.com/agentsdk-go/airbyte/internal/manifest"
	"github.com/agentsdk-go/airbyte/internal/template"
)

// operation makes one with an action and a record path.
func operation(action, records string) *manifest.Operation {
	return &manifest.Operation{Action: action, Method: "GET", Path: "/things", Records: records}
}

func graphQL(action, records string) *manifest.Operation {
	op := operation(action, records)
	op.Body = &manifest.Body{Kind: manifest.BodyGraphQL}
	return op
}

// answer makes one with a body and a content type, "" for none.
func answer(body, contentType string) response.Answer {
	a := response.Answer{Status: http.StatusOK, Header: http.Header{}, Body: []byte(body)}
	if contentType != "" {
		a.Header.Set("Content-Type", contentType)
	}
	return a
}

func compile(t testing.TB, op *manifest.Operation, check *manifest.ErrorCheck) *response.Reader {
	t.Helper()
	r, err := response.Compile(op, check)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

func read(t *testing.T, op *manifest.Operation, a response.Answer) response.Page {
	t.Helper()
	page, err := compile(t, op, nil).Read(a, template.Env{})
	if err != nil {
		t.Fatal(err)
	}
	if len(page.Data) > 0 && !json.Valid(page.Data) {
		t.Errorf("data is not JSON: %s", page.Data)
	}
	return page
}

func TestRecords(t *testing.T) {
	t.Parallel()
	tests := []struct{ name, action, records, body, want string }{
		{"case 51: no extractor", "get", "", `[1,{"x":1},null,[2]]`, `[{"value":1},{"x":1},{"value":null},{"value":[2]}]`},
		{"case 51: no extractor, bare number", "get", "", `5`, `{"value":5}`},
		{"no extractor, null", "get", "", `null`, ``},
		{"B36: no extractor, list of one object", "list", "", `{"id":1}`, `[{"id":1}]`},
		{"B36: no extractor, list of a number", "list", "", `5`, `[{"value":5}]`},
		{"case 52: list", "list", "$.data", `{"data":[{"id":1}]}`, `[{"id":1}]`},
		{"case 52: list without the member", "list", "$.data", `{}`, `[]`},
		{"case 52: empty list", "list", "$.data", `{"data":[]}`, `[]`},
		{"case 52: get without the member", "get", "$.data", `{}`, ``},
		{"case 53 B36: null", "list", "$.data", `{"data":null}`, `[]`},
		{"case 53 B36: object", "api_search", "$.data", `{"data":{"id":1}}`, `[{"id":1}]`},
		{"null for a get", "get", "$.data", `{"data":null}`, ``},
		{"array for a get", "get", "$.data", `{"data":[{"id":1},2]}`, `[{"id":1},{"value":2}]`},
		{"text for a get", "get", "$.url", `{"url":"\u0068"}`, `{"value":"\u0068"}`},
		{"case 54: one", "list", "$.list[*].c", `{"list":[{"c":{"id":1}}]}`, `[{"id":1}]`},
		{"case 54: some without", "list", "$.list[*].c", `{"list":[{},{"c":{"id":1}},{"c":2},{"c":[3]}]}`, `[{"id":1},{"value":2},{"value":[3]}]`},
		{"case 54: none", "list", "$.list[*].c", `{"list":[]}`, `[]`},
		{"case 54: null", "list", "$.list[*].c", `{"list":null}`, `[]`},
		{"one null behind a wildcard", "list", "$.list[*].c", `{"list":[{"c":null}]}`, `[{"value":null}]`},
		{"wildcard for a get", "get", "$.list[*].c", `{"list":[{"c":{"id":1}},{"c":{"id":2}}]}`, `{"id":1}`},
		{"case 55: first element", "get", "$.data[0]", `{"data":[{"id":1},{"id":2}]}`, `{"id":1}`},
		{"case 55: no element", "get", "$.data[0]", `{"data":[]}`, ``},
		{"case 55 B37: no array", "get", "$.data[0]", `{"data":{"id":1}}`, ``},
		{"first element of a list", "list", "$.data[0]", `{"data":[[{"id":1}]]}`, `[{"id":1}]`},
		{"case 56 B22: two boards", "list", "$.b[*].p.items", `{"b":[{"p":{"items":[{"id":1}]}},{"p":{"items":[]}},{"p":{"items":[{"id":2},3]}}]}`, `[{"id":1},{"id":2},{"value":3}]`},
		{"case 56 B22: one board", "list", "$.b[*].p.items", `{"b":[{"p":{"items":[{"id":1} ,{"id":2}]}}]}`, `[{"id":1} ,{"id":2}]`},
		{"case 57 B23", "list", "$[*][*]", `{"visitor":[{"id":1}],"ip_address":[{"id":2}]}`, `[{"id":1},{"id":2}]`},
		{"case 58: array body", "list", "$", `[{"id":1}]`, `[{"id":1}]`},
		{"case 68: every digit", "get", "", `{"id":12345678901234567890}`, `{"id":12345678901234567890}`},
		{"bytes as sent", "list", "$.data", "{ \"data\" : [ {\"a\":\"\\u00e9\",\"a\":1e400} ] }\n", `[ {"a":"\u00e9","a":1e400} ]`},
		{"byte order mark", "get", "", "\ufeff{}", `{}`},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			page := read(t, operation(tt.action, tt.records), answer(tt.body, "application/json"))
			if got := string(page.Data); got != tt.want {
				t.Errorf("data = %s, want %s", got, tt.want)
			}
		})
	}
}

func TestCompact(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name, action, records, body string
		want                        bool
	}{
		{"no space at all", "list", "$.data", `{"data":[{"a":" "}]}`, true},
		{"space around the data only", "list", "$.data", "{ \"next\": null, \"data\": [{\"a\":1}] }\n", true},
		{"space after the document", "list", "", "[{\"a\":1}]\n", true},
		{"space within the data", "list", "$.data", `{"data":[{"a": 1}]}`, false},
		{"space beside a match", "list", "$.data[*].a", `{"data":[{"a": {}}]}`, false},
		{"wrapped numbers", "list", "$.data", `{"data":[1,2]}`, true},
		{"nothing found", "list", "$.data", `{ }`, false},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			page := read(t, operation(tt.action, tt.records), answer(tt.body, "application/json"))
			if page.Compact != tt.want {
				t.Errorf("Compact = %v for %s", page.Compact, page.Data)
			}
		})
	}
}

// TestDataIsPartOfTheBody holds that records are not copied.
func TestDataIsPartOfTheBody(t *testing.T) {
	t.Parallel()
	a := answer(`{"data":[{"id":1}]}`, "application/json")
	page := read(t, operation("list", "$.data"), a)
	if &page.Data[0] != &a.Body[8] {
		t.Error("the records were copied")
	}
}

func TestBodies(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name, action, records, body, contentType, want string
	}{
		{"case 67: blank get", "get", "", "", "", `{}`},
		{"case 67: blank delete", "delete", "", " \n", "text/html", `{}`},
		{"blank delete with a record path", "delete", "$.data", "", "", `{}`},
		{"blank get with a record path", "get", "$.data", "", "application/json", ``},
		{"blank list", "list", "", "", "application/json", `[]`},
		{"case 67: text/plain with JSON in it", "get", "", `{"a":1}`, "text/plain; charset=utf-8", `{"a":1}`},
		{"no content type", "get", "", `{"a":1}`, "", `{"a":1}`},
		{"JSON of a vendor", "get", "", `{"a":1}`, "application/vnd.api+json", `{"a":1}`},
		{"binary type with JSON in it", "get", "", `{"a":1}`, "application/octet-stream", `{"a":1}`},
		{"B71: a page after a delete", "delete", "", `<p>"Deleted"</p>`, "text/html", `{"value":"<p>\"Deleted\"</p>"}`},
		{"B71: a word after an update", "update", "$.data", "OK\n", "text/plain", `{"value":"OK"}`},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			page := read(t, operation(tt.action, tt.records), answer(tt.body, tt.contentType))
			if got := string(page.Data); got != tt.want {
				t.Errorf("data = %s, want %s", got, tt.want)
			}
		})
	}
}

func TestUnreadableBodies(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name, action, effect, body, contentType string
		kind                                    fault.Kind
		want                                    string
	}{
		{"case 67: a page", "get", "", `<html>`, "text/html; charset=utf-8", fault.Unavailable, "content type is text/html"},
		{"a page with JSON in it", "list", "", `{}`, "text/html", fault.Unavailable, "content type is text/html"},
		{"xml", "list", "", `<a/>`, "application/xml", fault.Unavailable, "content type is application/xml"},
		{"xml after a write", "create", "", `<a/>`, "application/xml", fault.UnknownOutcome, "may have happened"},
		{"cut", "list", "", `{"data":[`, "application/json", fault.Unavailable, "ends too early"},
		{"cut after a write", "create", "", `{"data":[`, "application/json", fault.UnknownOutcome, "ends too early"},
		{"cut after a delete", "delete", "", `{"data":[`, "", fault.UnknownOutcome, "ends too early"},
		{"an action that only reads", "summarize", "read", `{"data":[`, "", fault.Unavailable, "try again"},
		{"plain text", "get", "", "Service on strike", "text/plain", fault.Unavailable, "content type is text/plain, and invalid json"},
		{"not a number", "get", "", `{"a":NaN}`, "application/json", fault.Unavailable, "invalid json at byte 5"},
		{"endless nesting", "get", "", strings.Repeat("[", 1<<20), "application/json", fault.Unavailable, "deeper"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			op := operation(tt.action, "")
			op.Effect = tt.effect
			_, err := compile(t, op, nil).Read(answer(tt.body, tt.contentType), template.Env{})
			checkFault(t, err, tt.kind, tt.want)
		})
	}
}

// checkFault holds the kind, the status and a part of the text of an error.
func checkFault(t *testing.T, err error, kind fault.Kind, want string) {
	t.Helper()
	var f *fault.Error
	if !errors.As(err, &f) {
		t.Fatalf("error = %v, want a fault", err)
	}
	if f.Kind != kind || f.Status != http.StatusOK || !strings.Contains(err.Error(), want) {
		t.Errorf("error = %s, status %d, %v; want %s with %q", f.Kind, f.Status, err, kind, want)
	}
}

func TestMeta(t *testing.T) {
	t.Parallel()
	op := operation("list", "$.data")
	op.Meta = []manifest.Pair{
		{Name: "c", Value: "$.p.c"},
		{Name: "miss", Value: "$.no"},
		{Name: "n", Value: "@link.next"},
		{Name: "h", Value: "@header.X-Rate"},
		{Name: "last", Value: "@link.last"},
		{Name: "other", Value: "@header.X-Other"},
		{Name: "first", Value: "$.data[0].id"},
		{Name: "whole", Value: "$.p"},
		{Name: "null", Value: "$.z"},
	}
	a := answer(`{"p":{"c":12345678901234567890},"data":[{"id":"a"}],"z":null}`, "application/json")
	a.Header.Add("Link", `<https://a/?p=2,3>; foo="bar"; rel="next", <https://a/0>; rel=prev`)
	a.Header.Add("X-Rate", "9")
	const want = `{"c":12345678901234567890,"miss":null,"n":"https://a/?p=2,3","h":"9","last":null,` +
		`"other":null,"first":"a","whole":{"c":12345678901234567890},"null":null}`
	if got := read(t, op, a).Meta; string(got) != want {
		t.Errorf("case 63: meta = %s\nwant %s", got, want)
	}
	a.Body = nil
	const blank = `{"c":null,"miss":null,"n":"https://a/?p=2,3","h":"9","last":null,` +
		`"other":null,"first":null,"whole":null,"null":null}`
	if got := read(t, op, a).Meta; string(got) != blank {
		t.Errorf("without a body: meta = %s\nwant %s", got, blank)
	}
	if got := read(t, operation("list", ""), a).Meta; got != nil {
		t.Errorf("an operation without meta has %s", got)
	}
}

func TestCompileRefuses(t *testing.T) {
	t.Parallel()
	pair := func(value string) []manifest.Pair { return []manifest.Pair{{Name: "f", Value: value}} }
	tests := []struct {
		name  string
		op    manifest.Operation
		check *manifest.ErrorCheck
		want  string
	}{
		{"B37: record path", manifest.Operation{Action: "list", Records: "$..a"}, nil, `records: json path "$..a"`},
		{"meta path", manifest.Operation{Meta: pair("a.b")}, nil, "meta f: json path"},
		{"meta source", manifest.Operation{Meta: pair("@cookie.a")}, nil, "neither @link.<relation> nor @header.<name>"},
		{"meta without a relation", manifest.Operation{Meta: pair("@link.")}, nil, "neither"},
		{"case 62 B16: filter without records", manifest.Operation{Action: "list", Filter: "{{ record.a }}"}, nil, `"$" is the whole answer`},
		{"B16: transform without records", manifest.Operation{Action: "get", Transform: pair("{{ record.a }}")}, nil, "transform of f"},
		{"B16: filter of a get", manifest.Operation{Action: "get", Records: "$", Filter: "{{ record.a }}"}, nil, "only list and api_search can filter, not get"},
		{"filter that does not compile", manifest.Operation{Action: "list", Records: "$", Filter: "{{ record + 1 }}"}, nil, "filter: template"},
		{"unknown variable", manifest.Operation{Action: "list", Records: "$", Filter: "{{ row.a }}"}, nil, "unknown variable row; there are record and config"},
		{"error check without value", manifest.Operation{}, &manifest.ErrorCheck{Field: "ok"}, "needs a field and a value"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			_, err := response.Compile(&tt.op, tt.check)
			if !errors.Is(err, fault.ErrConfig) || !strings.Contains(err.Error(), tt.want) {
				t.Errorf("Compile = %v, want a configuration error with %q", err, tt.want)
			}
		})
	}
}
