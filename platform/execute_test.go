package platform_test

import (
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"strings"
	"testing"
	"unsafe"

	"github.com/google/go-cmp/cmp"

	"github.com/agentsdk-go/airbyte/platform"
)

func TestExecuteRequestBody(t *testing.T) {
	t.Parallel()
	no, yes := false, true
	tests := []struct {
		name string
		req  platform.ExecuteRequest
		want string
	}{
		{"least", platform.ExecuteRequest{Action: "describe"}, `{"entity":"","action":"describe","skip_truncation":true}`},
		{
			"params as they are",
			platform.ExecuteRequest{Entity: "e", Action: "list", Params: raw(` {"n": 9007199254740993, "a":"<&>é"} `)},
			`{"entity":"e","action":"list","params": {"n": 9007199254740993, "a":"<&>é"} ,"skip_truncation":true}`,
		},
		{"all", platform.ExecuteRequest{
			Entity: "e", Action: "list", Params: raw(`{}`), SelectFields: []string{"id", "user.name"},
			ExcludeFields: []string{"body"}, SkipTruncation: &no, Intent: `say "hi"` + "\n\u2028日本",
		}, `{"entity":"e","action":"list","params":{},"select_fields":["id","user.name"],"exclude_fields":["body"],` +
			`"skip_truncation":false,"intent":"say \"hi\"\n\u2028日本"}`},
		{"explicit", platform.ExecuteRequest{Entity: "e", Action: "get", SkipTruncation: &yes}, `{"entity":"e","action":"get","skip_truncation":true}`},
		{"odd names", platform.ExecuteRequest{Entity: "a\"b\\c\x01", Action: "\xff"}, `{"entity":"a\"b\\c\u0001","action":"\ufffd","skip_truncation":true}`},
	}
	for _, tc := range tests {
		t.Run(tc.name, func(t *testing.T) {
			t.Parallel()
			a := newAPI(t).withToken(900).reply(executeRoute, success)
			if _, err := a.client().Execute(t.Context(), "con-1", tc.req); err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(tc.want, a.calls()[0].Body); diff != "" {
				t.Error(diff)
			}
			if !json.Valid([]byte(a.calls()[0].Body)) {
				t.Error("not valid json")
			}
		})
	}
}

func TestExecuteRefusesLocally(t *testing.T) {
	t.Parallel()
	ok := platform.ExecuteRequest{Entity: "e", Action: "list"}
	with := func(change func(*platform.ExecuteRequest)) platform.ExecuteRequest {
		req := ok
		change(&req)
		return req
	}
	tests := []struct {
		name, id string
		req      platform.ExecuteRequest
		says     string
	}{
		{"empty id", "", ok, "connector id is empty"},
		{"blank id", "  ", ok, "connector id is empty"},
		{"dots", "..", ok, "not an id"},
		{"no action", "c", with(func(r *platform.ExecuteRequest) { r.Action = "" }), "action is empty"},
		{"params array", "c", with(func(r *platform.ExecuteRequest) { r.Params = raw(`[]`) }), "params"},
		{"params cut", "c", with(func(r *platform.ExecuteRequest) { r.Params = raw(`{"a":`) }), "params"},
		{"params smuggling", "c", with(func(r *platform.ExecuteRequest) { r.Params = raw(`{},"action":"delete"`) }), "params"},
		{"long intent", "c", with(func(r *platform.ExecuteRequest) { r.Intent = strings.Repeat("é", 513) }), "512"},
	}
	c := newAPI(t).client() // any request fails the test
	for _, tc := range tests {
		t.Run(tc.name, func(t *testing.T) {
			t.Parallel()
			_, err := c.Execute(t.Context(), tc.id, tc.req)
			if !errors.Is(err, platform.ErrValidation) || !strings.Contains(err.Error(), tc.says) {
				t.Errorf("got %v", err)
			}
		})
	}
}

func TestExecuteResponse(t *testing.T) {
	t.Parallel()
	const body = `{"status":"success","result":{"data":[{"id":9007199254740993,"z":1,"a":"\u00e9😀"}],"meta":{"has_more":true,"cursor":"c2"}},` +
		`"connector_metadata":null,"execution_metadata":{"execution_time_ms":5},"warning":"stale"}`
	a := newAPI(t).withToken(900).reply(executeRoute, body)
	res, err := a.client().Execute(t.Context(), "con-1", platform.ExecuteRequest{Entity: "e", Action: "list"})
	if err != nil {
		t.Fatal(err)
	}
	want := &platform.ExecuteResponse{
		Status:            "success",
		Result:            raw(`{"data":[{"id":9007199254740993,"z":1,"a":"\u00e9😀"}],"meta":{"has_more":true,"cursor":"c2"}}`),
		ExecutionMetadata: raw(`{"execution_time_ms":5}`),
		Warning:           raw(`"stale"`),
		Body:              raw(body),
		Data:              raw(`[{"id":9007199254740993,"z":1,"a":"\u00e9😀"}]`),
		Compact:           true,
		HasMore:           true,
		Cursor:            "c2",
	}
	if diff := cmp.Diff(want, res); diff != "" {
		t.Error(diff)
	}
	for name, part := range map[string]json.RawMessage{"result": res.Result, "data": res.Data, "warning": res.Warning} {
		if !within(part, res.Body) {
			t.Errorf("%s is a copy", name)
		}
	}
}

// within reports whether part shares the memory of whole.
func within(part, whole []byte) bool {
	p, w := uintptr(unsafe.Pointer(unsafe.SliceData(part))), uintptr(unsafe.Pointer(unsafe.SliceData(whole)))
	return p >= w && p < w+uintptr(len(whole))
}

func TestPathsAreEscaped(t *testing.T) {
	t.Parallel()
	a := newAPI(t).withToken(900).reply("POST /base/api/v1/integrations/connectors/{id}/execute", success)
	a.mux.HandleFunc("POST /base/api/v1/account/applications/token", a.tokenHandler)
	c := a.clientAt("/base/")
	if _, err := c.Execute(t.Context(), "conn/1?x=y #é", platform.ExecuteRequest{Action: "list"}); err != nil {
		t.Fatal(err)
	}
	if got, want := a.calls()[0].Path, "/base/api/v1/integrations/connectors/conn%2F1%3Fx=y%20%23%C3%A9/execute"; got != want {
		t.Errorf("path %s, want %s", got, want)
	}
	if got := a.calls()[0].Query; got != "" {
		t.Errorf("query %s", got)
	}
}

// TestLargeResult: a result near the limit arrives whole.
func TestLargeResult(t *testing.T) {
	t.Parallel()
	body := `{"status":"success","result":"` + strings.Repeat("x", 8<<20) + `"}`
	a := newAPI(t).withToken(900).on(executeRoute, func(w http.ResponseWriter, _ *http.Request) { fmt.Fprint(w, body) })
	res, err := a.client().Execute(t.Context(), "con-1", platform.ExecuteRequest{Action: "get"})
	if err != nil || len(res.Result) != 8<<20+2 {
		t.Errorf("%d bytes, %v", len(res.Result), err)
	}
}
