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

// listing is a manifest with one list, whose paging keys the test gives.
func listing(meta, params string) string {
	return strings.NewReplacer("META", meta, "PARAMS", params).Replace(`
openapi: 3.1.0
info:
  title: Rows
  version: 1.0.0
  x-airbyte-connector-definition-id: 8b0ac3a1-2f6e-4e0a-9d5e-6f1f1a0f7c11
  x-airbyte-external-documentation-urls: []
servers: [{url: "https://api.rows.test/v1"}]
paths:
  /rows:
    get:
      x-airbyte-entity: rows
      x-airbyte-action: list
      x-airbyte-record-extractor: $.rows
      x-airbyte-meta-extractor: META
      parameters: PARAMS
      responses: {"200": {description: Done}}
components:
  securitySchemes:
    token: {type: http, scheme: bearer}
`)
}

// openListing opens such a manifest on a server.
func openListing(t *testing.T, manifest string, creds connector.Credentials, url string, opts ...connector.Option) *connector.Connector {
	t.Helper()
	m, err := connector.LoadManifest(strings.NewReader(manifest))
	if err != nil {
		t.Fatal(err)
	}
	conn, err := connector.Open(m, creds, append(opts, connector.WithBaseURL(url+"/v1"))...)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := conn.Close(); err != nil {
			t.Error(err)
		}
	})
	return conn
}

// answer is what a server of these tests sends for one query.
type answer struct {
	body string
	link string // Link header; HOST stands for the server
}

// walk serves answers by query and lists all rows of them.
func walk(t *testing.T, manifest string, params connector.Params, answers map[string]answer) (rows []string, queries []string, err error) {
	t.Helper()
	srv := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		a, ok := answers[r.URL.RawQuery]
		if !ok {
			t.Errorf("unexpected query %q", r.URL.RawQuery)
		}
		queries = append(queries, r.URL.RawQuery)
		host := "http://" + r.Host
		if a.link != "" {
			w.Header().Set("Link", strings.ReplaceAll(a.link, "HOST", host))
		}
		w.Header().Set("Content-Type", "application/json")
		fmt.Fprint(w, strings.ReplaceAll(a.body, "HOST", host))
	}))
	defer srv.Close()
	conn := openListing(t, manifest, connector.Credentials{"token": "s3cret"}, srv.URL)
	for row, err := range conn.Records(t.Context(), "rows", "list", params) {
		if err != nil {
			return rows, queries, err
		}
		rows = append(rows, string(row))
	}
	return rows, queries, nil
}

func TestRecordsFollowsEveryKindOfPaging(t *testing.T) {
	t.Parallel()
	three := []string{`{"id":"a"}`, `{"id":"b"}`, `{"id":"c"}`}
	tests := map[string]struct {
		meta, params string
		call         connector.Params
		answers      map[string]answer
	}{
		"token": {
			meta: "{next_page_token: $.next}", params: "[{name: page_token, in: query, schema: {type: string}}]",
			answers: map[string]answer{
				"":               {body: `{"rows":[{"id":"a"},{"id":"b"}],"next":"t 2"}`},
				"page_token=t+2": {body: `{"rows":[{"id":"c"}]}`},
			},
		},
		"token and a flag that ends it": {
			meta: "{cursor: $.next, has_more: $.more}", params: "[{name: cursor, in: query, schema: {type: string}}]",
			answers: map[string]answer{
				"":         {body: `{"rows":[{"id":"a"},{"id":"b"}],"next":"2","more":true}`},
				"cursor=2": {body: `{"rows":[{"id":"c"}],"next":"3","more":false}`},
			},
		},
		"link header": {
			meta: "{next: \"@link.next\"}", params: "[{name: page, in: query, schema: {type: integer}}, {name: per_page, in: query, schema: {type: integer}}]",
			call: connector.Params{"per_page": 2},
			answers: map[string]answer{
				"per_page=2":        {body: `{"rows":[{"id":"a"},{"id":"b"}]}`, link: `<HOST/v1/rows?per_page=2&page=2>; rel="next"`},
				"page=2&per_page=2": {body: `{"rows":[{"id":"c"}]}`, link: `<HOST/v1/rows?page=1>; rel="prev"`},
			},
		},
		"address in the body": {
			meta: "{next_link: $.paging.next}", params: "[]",
			answers: map[string]answer{
				"":        {body: `{"rows":[{"id":"a"},{"id":"b"}],"paging":{"next":"/v1/rows?after=b"}}`},
				"after=b": {body: `{"rows":[{"id":"c"}],"paging":{"next":null}}`},
			},
		},
		"address that holds the token": {
			meta: "{next_link: $.next}", params: "[{name: \"page[cursor]\", in: query, schema: {type: string}}]",
			answers: map[string]answer{
				"":                   {body: `{"rows":[{"id":"a"},{"id":"b"}],"next":"HOST/v1/rows?page%5Bcursor%5D=x"}`},
				"page%5Bcursor%5D=x": {body: `{"rows":[{"id":"c"}],"next":null}`},
			},
		},
		"next page number": {
			meta: "{next_page: $.next}", params: "[{name: page, in: query, schema: {type: integer}}]",
			answers: map[string]answer{
				"":       {body: `{"rows":[{"id":"a"},{"id":"b"}],"next":2}`},
				"page=2": {body: `{"rows":[{"id":"c"}],"next":null}`},
			},
		},
		"flag and page number": {
			meta: "{has_more: $.more}", params: "[{name: page, in: query, schema: {type: integer, default: 0}}]",
			answers: map[string]answer{
				"":       {body: `{"rows":[{"id":"a"},{"id":"b"}],"more":true}`},
				"page=1": {body: `{"rows":[{"id":"c"}],"more":false}`},
			},
		},
		"flag and last id": {
			meta: "{has_more: $.more}", params: "[{name: starting_after, in: query, schema: {type: string}}]",
			answers: map[string]answer{
				"":                 {body: `{"rows":[{"id":"a"},{"id":"b"}],"more":true}`},
				"starting_after=b": {body: `{"rows":[{"id":"c"}],"more":false}`},
			},
		},
		"offset until an empty page, since services cap pages": {
			meta: "{}", params: "[{name: offset, in: query, schema: {type: integer}}, {name: limit, in: query, schema: {type: integer}}]",
			call: connector.Params{"limit": 2},
			answers: map[string]answer{
				"limit=2":          {body: `{"rows":[{"id":"a"},{"id":"b"}]}`},
				"offset=2&limit=2": {body: `{"rows":[{"id":"c"}]}`},
				"offset=3&limit=2": {body: `{"rows":[]}`},
			},
		},
		"offset and total": {
			meta: "{total: $.total}", params: "[{name: offset, in: query, schema: {type: integer}}]",
			answers: map[string]answer{
				"":         {body: `{"rows":[{"id":"a"},{"id":"b"}],"total":3}`},
				"offset=2": {body: `{"rows":[{"id":"c"}],"total":3}`},
			},
		},
		"token that begins like an address": {
			meta: "{next_cursor: $.next}", params: "[{name: cursor, in: query, schema: {type: string}}]",
			answers: map[string]answer{
				"":                        {body: `{"rows":[{"id":"a"},{"id":"b"}],"next":"/AbC+1=="}`},
				"cursor=%2FAbC%2B1%3D%3D": {body: `{"rows":[{"id":"c"}]}`},
			},
		},
		"offset that is only repeated": {
			meta: "{offset: $.offset, total: $.total}", params: "[{name: offset, in: query, schema: {type: integer}}]",
			answers: map[string]answer{
				"":         {body: `{"rows":[{"id":"a"},{"id":"b"}],"offset":0,"total":3}`},
				"offset=2": {body: `{"rows":[{"id":"c"}],"offset":2,"total":3}`},
			},
		},
		"date called start": {
			meta: "{}", params: "[{name: start, in: query, schema: {type: string}}]", call: connector.Params{"start": "20240101"},
			answers: map[string]answer{
				"start=20240101": {body: `{"rows":[{"id":"a"},{"id":"b"},{"id":"c"}]}`},
			},
		},
		"index that counts from zero": {
			meta: "{has_more: $.more}", params: "[{name: pageIndex, in: query, schema: {type: integer}}]",
			answers: map[string]answer{
				"":            {body: `{"rows":[{"id":"a"},{"id":"b"}],"more":"yes"}`},
				"pageIndex=1": {body: `{"rows":[{"id":"c"}],"more":"no"}`},
			},
		},
		"pages alike": {
			meta: "{cursor: $.next}", params: "[{name: cursor, in: query, schema: {type: string}}]",
			answers: map[string]answer{
				"":         {body: `{"rows":[{"id":"a"},{"id":"b"}],"next":"1"}`},
				"cursor=1": {body: `{"rows":[],"next":"2"}`},
				"cursor=2": {body: `{"rows":[],"next":"3"}`},
				"cursor=3": {body: `{"rows":[],"next":"4"}`},
				"cursor=4": {body: `{"rows":[{"id":"c"}],"next":""}`},
			},
		},
		"empty last page that leads to itself": {
			meta: "{cursor: $.next}", params: "[{name: cursor, in: query, schema: {type: string}}]",
			answers: map[string]answer{
				"":         {body: `{"rows":[{"id":"a"},{"id":"b"},{"id":"c"}],"next":"1"}`},
				"cursor=1": {body: `{"rows":[],"next":"1"}`},
			},
		},
		"page numbers until an empty page": {
			meta: "{}", params: "[{name: page, in: query, schema: {type: integer}}]",
			answers: map[string]answer{
				"":       {body: `{"rows":[{"id":"a"},{"id":"b"}]}`},
				"page=2": {body: `{"rows":[{"id":"c"}]}`},
				"page=3": {body: `{"rows":[]}`},
			},
		},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			rows, queries, err := walk(t, listing(test.meta, test.params), test.call, test.answers)
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(three, rows); diff != "" {
				t.Errorf("rows (-want +got):\n%s", diff)
			}
			if len(queries) != len(test.answers) {
				t.Errorf("queries = %q", queries)
			}
		})
	}
}

func TestRecordsEndsWithAnErrorWhenPagesLeadNowhere(t *testing.T) {
	t.Parallel()
	tests := map[string]struct {
		meta, params string
		answers      map[string]answer
		kind         error
		want         string
	}{
		"the cursor repeats": {
			meta: "{cursor: $.next}", params: "[{name: cursor, in: query, schema: {type: string}}]",
			answers: map[string]answer{
				"":         {body: `{"rows":[{"id":"a"}],"next":"x"}`},
				"cursor=x": {body: `{"rows":[{"id":"b"}],"next":"x"}`},
			},
			kind: connector.ErrUnavailable, want: "same cursor twice",
		},
		"the page number is not heeded": {
			meta: "{}", params: "[{name: page, in: query, schema: {type: integer}}]",
			answers: map[string]answer{
				"":       {body: `{"rows":[{"id":"a"}]}`},
				"page=2": {body: `{"rows":[{"id":"a"}]}`},
				"page=3": {body: `{"rows":[{"id":"a"}]}`},
			},
			kind: connector.ErrUnavailable, want: "same page 3 times",
		},
		"a link to another host": {
			meta: "{next: \"@link.next\"}", params: "[]",
			answers: map[string]answer{"": {body: `{"rows":[{"id":"a"}]}`, link: `<https://evil.test/v1/rows?page=2>; rel="next"`}},
			kind:    connector.ErrUnsupported, want: "another host, evil.test",
		},
		"a link to another path": {
			meta: "{next: \"@link.next\"}", params: "[]",
			answers: map[string]answer{"": {body: `{"rows":[{"id":"a"}]}`, link: `<HOST/v1/secrets?page=2>; rel="next"`}},
			kind:    connector.ErrUnsupported, want: "another path, /v1/secrets",
		},
		"an answer that is neither yes nor no": {
			meta: "{has_more: $.more}", params: "[{name: page, in: query, schema: {type: integer}}]",
			answers: map[string]answer{"": {body: `{"rows":[{"id":"a"}],"more":{"is":"there"}}`}},
			kind:    connector.ErrUnsupported, want: "cannot be told",
		},
		"no parameter for the token": {
			meta: "{next_cursor: $.next}", params: "[]",
			answers: map[string]answer{"": {body: `{"rows":[{"id":"a"}],"next":"x"}`}},
			kind:    connector.ErrUnsupported, want: "names no parameter",
		},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			_, _, err := walk(t, listing(test.meta, test.params), nil, test.answers)
			if !errors.Is(err, test.kind) || !strings.Contains(err.Error(), test.want) {
				t.Errorf("error = %v, want %q in it", err, test.want)
			}
		})
	}
}

// TestRecordsCountsWhatTheServiceSent holds that a filter of the manifest does
// not move the offsets that pages are counted by.
func TestRecordsCountsWhatTheServiceSent(t *testing.T) {
	t.Parallel()
	manifest := strings.Replace(listing("{}", "[{name: offset, in: query, schema: {type: integer}}]"),
		"x-airbyte-record-extractor: $.rows", "x-airbyte-record-extractor: $.rows\n      x-airbyte-record-filter: \"{{ not record.hidden }}\"", 1)
	rows, _, err := walk(t, manifest, nil, map[string]answer{
		"":         {body: `{"rows":[{"id":"a","hidden":false},{"id":"b","hidden":true}]}`},
		"offset=2": {body: `{"rows":[{"id":"c","hidden":true}]}`},
		"offset=3": {body: `{"rows":[{"id":"d","hidden":false}]}`},
		"offset=4": {body: `{"rows":[]}`},
	})
	if err != nil || strings.Join(rows, "") != `{"id":"a","hidden":false}{"id":"d","hidden":false}` {
		t.Errorf("rows = %v, %v", rows, err)
	}
}

// TestCursorIsNoQuery holds that a cursor which looks like the query of an
// address reaches only operations whose service gives addresses.
func TestCursorIsNoQuery(t *testing.T) {
	t.Parallel()
	_, queries, err := walk(t, listing("{cursor: $.next}", "[{name: cursor, in: query, schema: {type: string}}]"),
		connector.Params{"cursor": "?limit=999999&admin=1"}, map[string]answer{
			"cursor=%3Flimit%3D999999%26admin%3D1": {body: `{"rows":[]}`},
		})
	if err != nil || len(queries) != 1 {
		t.Errorf("queries = %q, %v", queries, err)
	}
}

// TestCursorHidesTheKey holds that a key which the service repeats in the
// address of the next page does not get into what a model reads.
func TestCursorHidesTheKey(t *testing.T) {
	t.Parallel()
	manifest := strings.Replace(listing("{next: \"@link.next\"}", "[]"),
		"token: {type: http, scheme: bearer}", "token: {type: apiKey, in: query, name: api_key}", 1)
	srv := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if got := r.URL.Query().Get("api_key"); got != "s3cret-key" {
			t.Errorf("api_key = %q", got)
		}
		if r.URL.Query().Get("page") == "" {
			w.Header().Set("Link", "<http://"+r.Host+"/v1/rows?page=2&api_key=s3cret-key>; rel=next")
		}
		fmt.Fprint(w, `{"rows":[{"id":1}]}`)
	}))
	t.Cleanup(srv.Close)
	conn := openListing(t, manifest, connector.Credentials{"api_key": "s3cret-key"}, srv.URL)
	res, err := conn.Execute(t.Context(), "rows", "list", nil)
	if err != nil {
		t.Fatal(err)
	}
	if res.Meta.Cursor != "?page=2" || strings.Contains(string(res.Meta.Raw), "s3cret") {
		t.Errorf("meta = %q, %s", res.Meta.Cursor, res.Meta.Raw)
	}
	n := 0
	for _, err := range conn.Records(t.Context(), "rows", "list", nil) {
		if err != nil {
			t.Fatal(err)
		}
		n++
	}
	if n != 2 {
		t.Errorf("%d records, want 2", n)
	}
}
