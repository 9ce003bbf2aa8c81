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
	m, err := connector.LoadManifest(strings.NewReader(manifest))
	if err != nil {
		t.Fatal(err)
	}
	conn, err := connector.Open(m, connector.Credentials{"token": "s3cret"}, connector.WithBaseURL(srv.URL+"/v1"))
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close()
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
		"offset until a short page": {
			meta: "{}", params: "[{name: offset, in: query, schema: {type: integer}}, {name: limit, in: query, schema: {type: integer}}]",
			call: connector.Params{"limit": 2},
			answers: map[string]answer{
				"limit=2":          {body: `{"rows":[{"id":"a"},{"id":"b"}]}`},
				"offset=2&limit=2": {body: `{"rows":[{"id":"c"}]}`},
			},
		},
		"offset and total": {
			meta: "{total: $.total}", params: "[{name: offset, in: query, schema: {type: integer}}]",
			answers: map[string]answer{
				"":         {body: `{"rows":[{"id":"a"},{"id":"b"}],"total":3}`},
				"offset=2": {body: `{"rows":[{"id":"c"}],"total":3}`},
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
			},
			kind: connector.ErrUnavailable, want: "same page twice",
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
