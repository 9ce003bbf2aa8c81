package response_test

import (
	"encoding/json"
	"errors"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/agentsdk-go/airbyte/internal/direct/response"
	"github.com/agentsdk-go/airbyte/internal/fault"
	"github.com/agentsdk-go/airbyte/internal/manifest"
	"github.com/agentsdk-go/airbyte/internal/template"
)

func TestFilterAndTransform(t *testing.T) {
	t.Parallel()
	const private = `{{ not record.isPrivate }}`
	id := []manifest.Pair{{Name: "id", Value: `{{ record.value | replace('customers/', '') }}`}, {Name: "of", Value: `{{ config.account }}`}}
	tests := []struct {
		name, action, filter string
		transform            []manifest.Pair
		body, want           string
	}{
		{
			"case 59", "list", private, nil,
			`[{"isPrivate":true},{"isPrivate":false},{"isPrivate":null},{"isPrivate":"false"},{"isPrivate":0}]`,
			`[{"isPrivate":false},{"isPrivate":null},{"isPrivate":0}]`,
		},
		{
			"case 60", "list", `{{ record.v }}`, nil,
			`[{"v":""},{"v":"0"},{"v":0},{"v":"null"},{"v":" False "},{"v":[]},{"v":"no"},{"v":0.0},{"v":{}}]`,
			`[{"v":[]},{"v":"no"},{"v":0.0},{"v":{}}]`,
		},
		{"all stay as sent", "list", private, nil, `[ {"isPrivate": false} ]`, `[ {"isPrivate": false} ]`},
		{"none stays", "list", private, nil, `[{"isPrivate":1}]`, `[]`},
		{"a single object is dropped", "api_search", private, nil, `{"isPrivate":1}`, `[]`},
		{"nothing to filter", "list", private, nil, `null`, `[]`},
		{"case 61", "list", "", id, `["customers/1","x"]`, `[{"id":"1","of":7},{"id":"x","of":7}]`},
		{"transform of one object", "get", "", id, `{"value":"customers/2"}`, `{"id":"2","of":7}`},
		{"transform of nothing", "get", "", id, `null`, ``},
		{"B74: native types", "get", "", []manifest.Pair{{Name: "n", Value: `{{ record.n }}`}, {Name: "t", Value: `n={{ record.n }}`}}, `{"n":12345678901234567890}`, `{"n":12345678901234567890,"t":"n=12345678901234567890"}`},
		{"filter sees the transformed", "list", `{{ record.id }}`, id, `["customers/","a"]`, `[{"id":"a","of":7}]`},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			op := operation(tt.action, "$")
			op.Filter, op.Transform = tt.filter, tt.transform
			env := template.Env{Vars: map[string]json.RawMessage{"config": json.RawMessage(`{"account":7}`)}}
			page, err := compile(t, op, nil).Read(answer(tt.body, ""), env)
			if err != nil {
				t.Fatal(err)
			}
			if got := string(page.Data); got != tt.want {
				t.Errorf("data = %s, want %s", got, tt.want)
			}
			if _, leaked := env.Vars["record"]; leaked {
				t.Error("the caller's variables were changed")
			}
		})
	}
}

// TestShapingFailsClosed holds that a record which an expression cannot judge
// is never given out, nor are those beside it.
func TestShapingFailsClosed(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name, action, effect, expr string
		kind                       fault.Kind
		want                       string
	}{
		{"case 59: field is missing", "list", "", `{{ not record.isPrivate }}`, fault.Unavailable, "record.isPrivate is not there"},
		{"after a write", "list", "write", `{{ not record.isPrivate }}`, fault.UnknownOutcome, "look before repeating"},
		{"configuration is missing", "list", "", `{{ config.account }}`, fault.Config, "give the connector that value"},
		{"configuration is missing after a write", "list", "write", `{{ config.account }}`, fault.UnknownOutcome, "look before repeating"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			body := answer(`[{"id":1,"isPrivate":false},{"id":2}]`, "")
			filtered, transformed := operation(tt.action, "$"), operation(tt.action, "$")
			filtered.Filter, transformed.Transform = tt.expr, []manifest.Pair{{Name: "id", Value: tt.expr}}
			for _, op := range []*manifest.Operation{filtered, transformed} {
				op.Effect = tt.effect
				page, err := compile(t, op, nil).Read(body, template.Env{})
				checkFault(t, err, tt.kind, tt.want)
				if page.Data != nil {
					t.Errorf("data = %s beside the error", page.Data)
				}
				if _, ok := errors.AsType[*template.MissingError](err); !ok {
					t.Errorf("the error hides what is missing: %v", err)
				}
			}
		})
	}
}

func TestNeeds(t *testing.T) {
	t.Parallel()
	op := operation("list", "$")
	op.Filter = `{{ config.kind }}{{ record.config }}`
	op.Transform = []manifest.Pair{{Name: "a", Value: `{{ config.region|lower }}-{{ config.region }}`}, {Name: "b", Value: `{{ not config.kind }}`}}
	if diff := cmp.Diff([]string{"region", "kind"}, compile(t, op, nil).Needs()); diff != "" {
		t.Errorf("needs (-want +got):\n%s", diff)
	}
}

func FuzzRead(f *testing.F) {
	f.Add(`{"data":[{"id":1,"p":false},2],"next":{"c":"x"},"ok":true}`, "list", "$.data", "application/json")
	f.Add(`{"errors":[{"message":"m","extensions":{"code":"FORBIDDEN"}}],"data":{"a":null}}`, "get", "$.data[*][0]", "")
	f.Add(`["a",null,[1],{"p":0}]`, "list", "$", "text/plain")
	f.Add(`OK`, "delete", "", "text/html")
	f.Add(` `, "api_search", "$[*][*]", "")
	f.Fuzz(func(t *testing.T, body, action, records, contentType string) {
		op := graphQL(action, records)
		op.Meta = []manifest.Pair{{Name: "c", Value: "$.next.c"}, {Name: "\"", Value: "$.data[0]"}, {Name: "n", Value: "@link.next"}}
		if records != "" {
			op.Transform = []manifest.Pair{{Name: "r", Value: "{{ record }}"}}
		}
		if action == "list" && records != "" {
			op.Filter = "{{ not record.r.p }}"
		}
		r, err := response.Compile(op, errorCheck("false"))
		if err != nil {
			return
		}
		page, err := r.Read(answer(body, contentType), template.Env{})
		if err != nil && (page.Data != nil || fault.Of(err) == "") {
			t.Errorf("data %s beside the error %v", page.Data, err)
		}
		for _, part := range []json.RawMessage{page.Data, page.Meta} {
			if len(part) > 0 && !json.Valid(part) {
				t.Errorf("%q gives %q, which is not JSON", body, part)
			}
		}
		if list := action == "list" || action == "api_search"; err == nil && list && page.Data[0] != '[' {
			t.Errorf("a list of %q gives %q", body, page.Data)
		}
	})
}
