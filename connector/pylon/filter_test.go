package pylon_test

import (
	"encoding/json"
	"math"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/tidwall/gjson"

	"github.com/agentsdk-go/airbyte/connector/pylon"
	"github.com/agentsdk-go/airbyte/internal/catalog"
	"github.com/agentsdk-go/airbyte/sandbox"
)

func TestFilters(t *testing.T) {
	t.Parallel()
	start := time.Date(2026, 10, 1, 2, 0, 0, 0, time.FixedZone("", 7200))
	end := time.Date(2026, 10, 15, 0, 0, 0, 500, time.UTC)
	tests := []struct {
		name   string
		filter pylon.Filter
		want   string
	}{
		{"equals", pylon.Equals("state", "new"), `{"field":"state","operator":"equals","value":"new"}`},
		{"not equals", pylon.NotEquals("state", "new"), `{"field":"state","operator":"not_equals","value":"new"}`},
		{"contains", pylon.Contains("tags", "a"), `{"field":"tags","operator":"contains","value":"a"}`},
		{"not contains", pylon.NotContains("tags", "a"), `{"field":"tags","operator":"does_not_contain","value":"a"}`},
		{"in", pylon.In("state", "new", "closed"), `{"field":"state","operator":"in","values":["new","closed"]}`},
		{"not in", pylon.NotIn("state", "new"), `{"field":"state","operator":"not_in","values":["new"]}`},
		{"string contains", pylon.StringContains("title", "x"), `{"field":"title","operator":"string_contains","value":"x"}`},
		{"string not contains", pylon.StringNotContains("title", "x"), `{"field":"title","operator":"string_does_not_contain","value":"x"}`},
		{"is set", pylon.IsSet("account_id"), `{"field":"account_id","operator":"is_set"}`},
		{"is unset", pylon.IsUnset("account_id"), `{"field":"account_id","operator":"is_unset"}`},
		{"after", pylon.After("created_at", start), `{"field":"created_at","operator":"time_is_after","value":"2026-10-01T00:00:00Z"}`},
		{"before", pylon.Before("created_at", end), `{"field":"created_at","operator":"time_is_before","value":"2026-10-15T00:00:00.0000005Z"}`},
		{"between", pylon.Between("created_at", start, end), `{"field":"created_at","operator":"time_range","values":["2026-10-01T00:00:00Z","2026-10-15T00:00:00.0000005Z"]}`},
		{"empty value", pylon.Equals("plan", ""), `{"field":"plan","operator":"equals","value":""}`},
		{"in nothing", pylon.In("state"), `{"field":"state","operator":"in","values":[]}`},
		{"all of nothing", pylon.And(), `{"operator":"and","subfilters":[]}`},
		{"greater", pylon.GreaterThan("seats", 5), `{"field":"seats","operator":"greater_than","value":"5"}`},
		{"at least", pylon.AtLeast("seats", int64(5)), `{"field":"seats","operator":"greater_than_or_equals","value":"5"}`},
		{"many digits", pylon.AtLeast("seats", int64(math.MaxInt64)), `{"field":"seats","operator":"greater_than_or_equals","value":"9223372036854775807"}`},
		{"no exponent", pylon.LessThan("seats", 1e21), `{"field":"seats","operator":"less_than","value":"1000000000000000000000"}`},
		{"single precision", pylon.LessThan("seats", float32(0.1)), `{"field":"seats","operator":"less_than","value":"0.1"}`},
		{"number of its own type", pylon.AtMost("seconds", time.Duration(7)), `{"field":"seconds","operator":"less_than_or_equals","value":"7"}`},
		{"less", pylon.LessThan("seats", -5.25), `{"field":"seats","operator":"less_than","value":"-5.25"}`},
		{"at most", pylon.AtMost("seats", 5), `{"field":"seats","operator":"less_than_or_equals","value":"5"}`},
		{
			"joined", pylon.And(pylon.IsSet("a"), pylon.Or(pylon.IsSet("b"))),
			`{"operator":"and","subfilters":[{"field":"a","operator":"is_set"},{"operator":"or","subfilters":[{"field":"b","operator":"is_set"}]}]}`,
		},
	}
	used := map[string]bool{"or": true}
	for _, tt := range tests {
		used[tt.filter.Operator] = true
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			got, err := json.Marshal(tt.filter)
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(tt.want, string(got)); diff != "" {
				t.Errorf("filters differ (-want +got):\n%s", diff)
			}
			var read pylon.Filter
			if err := json.Unmarshal(got, &read); err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(tt.filter, read); diff != "" {
				t.Errorf("read back it differs (-want +got):\n%s", diff)
			}
		})
	}
	for _, operator := range operators(t) {
		if !used[operator] {
			t.Errorf("no builder for %s", operator)
		}
	}
}

// operators are those that the manifest knows.
func operators(t *testing.T) []string {
	t.Helper()
	doc, ok := catalog.Lookup("pylon")
	if !ok {
		t.Fatal("the manifest is missing")
	}
	for _, e := range doc.Entities {
		for _, op := range e.Operations {
			for _, p := range op.Parameters {
				if p.Name == "filter" {
					var out []string
					for _, v := range gjson.GetBytes(p.Schema, "properties.operator.enum").Array() {
						out = append(out, v.String())
					}
					return out
				}
			}
		}
	}
	t.Fatal("no operation takes a filter")
	return nil
}

func TestSearchFindsWhatTheFilterSays(t *testing.T) {
	t.Parallel()
	conn := direct(t, sandbox.Test(t).PylonURL())
	params := pylon.IssuesSearchParams{
		Filter: pylon.And(pylon.In("state", pylon.IssueStateNew, pylon.IssueStateWaitingOnYou), pylon.IsSet("account_id")),
		Limit:  new(int64(2)),
	}
	page, err := conn.Issues.Search(t.Context(), params)
	if err != nil || len(page.Records) != 2 || !page.HasMore || page.Cursor == "" {
		t.Fatalf("got %+v, %v", page, err)
	}
	seen := map[string]bool{}
	for issue, err := range conn.Issues.SearchAll(t.Context(), params) {
		if err != nil {
			t.Fatal(err)
		}
		if issue.State != pylon.IssueStateNew && issue.State != pylon.IssueStateWaitingOnYou || issue.Account.ID == "" || seen[issue.ID] {
			t.Errorf("found issue %d in state %s", issue.Number, issue.State)
		}
		seen[issue.ID] = true
	}
	if len(seen) <= 2 || !seen[page.Records[1].ID] {
		t.Errorf("found %d issues on all pages", len(seen))
	}
	params.Cursor = &page.Cursor
	next, err := conn.Issues.Search(t.Context(), params)
	if err != nil || len(next.Records) == 0 || next.Records[0].ID == page.Records[0].ID {
		t.Errorf("the next page is %+v, %v", next, err)
	}
}
