package connector_test

import (
	"errors"
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/agentsdk-go/airbyte/connector"
)

const (
	pageParam   = "[{name: page, in: query, schema: {type: integer}}]"
	cursorParam = "[{name: cursor, in: query, schema: {type: string}}]"
	offsetParam = "[{name: offset, in: query, schema: {type: integer}}]"
)

// TestRecordsMissesNothing walks lists whose service says in unusual ways what
// comes next: none of them may end early or bring a record twice.
func TestRecordsMissesNothing(t *testing.T) {
	t.Parallel()
	tests := map[string]struct {
		meta, params string
		call         connector.Params
		answers      map[string]answer
	}{
		"number of the last page": {
			"{current_page: $.p, last_page: $.l, total: $.t}", pageParam, nil,
			map[string]answer{
				"":       {body: `{"rows":[{"id":"a"},{"id":"b"}],"p":1,"l":2,"t":3}`},
				"page=2": {body: `{"rows":[{"id":"c"}],"p":2,"l":2,"t":3}`},
			},
		},
		"last as text": {
			"{is_last: $.l}", pageParam, nil,
			map[string]answer{
				"":       {body: `{"rows":[{"id":"a"},{"id":"b"}],"l":"false"}`},
				"page=2": {body: `{"rows":[{"id":"c"}],"l":"true"}`},
			},
		},
		"next that is true": {
			"{next: $.n}", pageParam, nil,
			map[string]answer{
				"":       {body: `{"rows":[{"id":"a"},{"id":"b"}],"n":true}`},
				"page=2": {body: `{"rows":[{"id":"c"}],"n":false}`},
			},
		},
		"next page 0 at the end": {
			"{next_page: $.n}", pageParam, nil,
			map[string]answer{
				"":       {body: `{"rows":[{"id":"a"},{"id":"b"}],"n":2}`},
				"page=2": {body: `{"rows":[{"id":"c"}],"n":0}`},
			},
		},
		"total, while the flag is missing": {
			"{has_more: $.m, total: $.t}", offsetParam, nil,
			map[string]answer{
				"":         {body: `{"rows":[{"id":"a"},{"id":"b"}],"t":3}`},
				"offset=2": {body: `{"rows":[{"id":"c"}],"t":3}`},
			},
		},
		"offset repeated as text": {
			"{offset: $.o, total: $.t}", offsetParam, nil,
			map[string]answer{
				"":         {body: `{"rows":[{"id":"a"},{"id":"b"}],"o":"0","t":3}`},
				"offset=2": {body: `{"rows":[{"id":"c"}],"o":"2","t":3}`},
			},
		},
		"pages that count from zero": {
			"{has_more: $.m}", "[{name: page, in: query, schema: {type: integer, minimum: 0}}]", nil,
			map[string]answer{
				"":       {body: `{"rows":[{"id":"a"},{"id":"b"}],"m":true}`},
				"page=1": {body: `{"rows":[{"id":"c"}],"m":false}`},
			},
		},
		"pages that the service counts from zero": {
			"{page: $.p, has_more: $.m}", pageParam, nil,
			map[string]answer{
				"":       {body: `{"rows":[{"id":"a"},{"id":"b"}],"p":0,"m":true}`},
				"page=1": {body: `{"rows":[{"id":"c"}],"p":1,"m":false}`},
			},
		},
		"token that begins like an address, in next": {
			"{next: $.n}", cursorParam, nil,
			map[string]answer{
				"":                     {body: `{"rows":[{"id":"a"},{"id":"b"}],"n":"/wEAx+="}`},
				"cursor=%2FwEAx%2B%3D": {body: `{"rows":[{"id":"c"}]}`},
			},
		},
		"address that is only a query": {
			"{next: $.n}", "[]", nil,
			map[string]answer{
				"":       {body: `{"rows":[{"id":"a"},{"id":"b"}],"n":"?page=2"}`},
				"page=2": {body: `{"rows":[{"id":"c"}],"n":null}`},
			},
		},
		"address beside the call's": {
			"{next_url: $.n}", "[]", nil,
			map[string]answer{
				"":       {body: `{"rows":[{"id":"a"},{"id":"b"}],"n":"rows?page=2"}`},
				"page=2": {body: `{"rows":[{"id":"c"}],"n":""}`},
			},
		},
		"time in seconds called start": {
			"{}", "[{name: start, in: query, schema: {type: integer}}]",
			connector.Params{"start": 1700000000},
			map[string]answer{"start=1700000000": {body: `{"rows":[{"id":"a"},{"id":"b"},{"id":"c"}]}`}},
		},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			rows, queries, err := walk(t, listing(test.meta, test.params), test.call, test.answers)
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff([]string{`{"id":"a"}`, `{"id":"b"}`, `{"id":"c"}`}, rows); diff != "" {
				t.Errorf("rows (-want +got):\n%s", diff)
			}
			if len(queries) != len(test.answers) {
				t.Errorf("queries = %q", queries)
			}
		})
	}
}

// TestRecordsSaysWhatItCannotReach holds that a list which is longer than what
// can be asked for ends with an error.
func TestRecordsSaysWhatItCannotReach(t *testing.T) {
	t.Parallel()
	tests := map[string]struct {
		meta, params, body, want string
		kind                     error
	}{
		"a total and no parameter": {"{total: $.t}", "[]", `{"rows":[{"id":"a"}],"t":9}`, "names no parameter", connector.ErrUnsupported},
		"a total and a cursor":     {"{total: $.t}", cursorParam, `{"rows":[{"id":"a"}],"t":9}`, "names no parameter", connector.ErrUnsupported},
		"more, but nothing sent":   {"{has_more: $.m}", pageParam, `{"rows":[],"m":true}`, "and sent none", connector.ErrUnsupported},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			_, _, err := walk(t, listing(test.meta, test.params), nil, map[string]answer{"": {body: test.body}})
			if !errors.Is(err, test.kind) || !strings.Contains(err.Error(), test.want) {
				t.Errorf("error = %v, want %q in it", err, test.want)
			}
		})
	}
}

// TestCursorAsksForNothingElse holds that a cursor of an address cannot widen
// the call that it goes on with.
func TestCursorAsksForNothingElse(t *testing.T) {
	t.Parallel()
	manifest := listing("{next: \"@link.next\"}", "[{name: scope, in: query, schema: {type: string, enum: [mine, ours]}}]")
	for name, params := range map[string]connector.Params{
		"another value":    {"scope": "mine", "cursor": "?scope=ours&page=2"},
		"an illegal value": {"cursor": "?scope=everyone&page=2"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			_, queries, err := walk(t, manifest, params, nil)
			if !errors.Is(err, connector.ErrValidation) || len(queries) != 0 {
				t.Errorf("error = %v after %q", err, queries)
			}
		})
	}
}

// TestRemarksHideCredentials holds that what a service repeats of a credential
// is neither in a warning nor in the meta data, which a model reads.
func TestRemarksHideCredentials(t *testing.T) {
	t.Parallel()
	srv := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		fmt.Fprintf(w, `{"rows":[{"id":1}],"next":%q}`, r.Header.Get("Authorization"))
	}))
	t.Cleanup(srv.Close)
	conn := openListing(t, listing("{next_cursor: $.next}", cursorParam), connector.Credentials{"token": "s3cret-token"}, srv.URL)
	res, err := conn.Execute(t.Context(), "rows", "list", nil)
	if err != nil {
		t.Fatal(err)
	}
	if text := fmt.Sprintf("%+v %s", res.Meta, res.Meta.Raw); strings.Contains(text, "s3cret") || !res.Meta.HasMore {
		t.Errorf("meta = %s", text)
	}
}
