package connector_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/agentsdk-go/airbyte/connector"
)

// partly opens a connector whose service leaves out a part of the first page and
// says that there is a second, which nobody may ask for.
func partly(t *testing.T) *connector.Connector {
	t.Helper()
	m := querying("list", `query: "query Q"`, "{name: cursor, in: query, schema: {type: string}}")
	m.Operation += "x-airbyte-record-extractor: $.data.things\nx-airbyte-meta-extractor: {cursor: $.data.next}\n"
	tr := expect(t, exchange{
		request: "POST /graphql", body: `{"query":"query Q"}`,
		answer: `{"errors":[{"message":"boom"}],"data":{"things":[{"id":1},{"id":2}],"next":"2"}}`,
	})
	return openCase(t, m.String(), tr.serve, nil)
}

// What came of a page is given before the error that says that a part is missing.
func TestPartialPage(t *testing.T) {
	t.Parallel()
	want := failure{kind: connector.ErrIncomplete, says: []string{"this page in part only: boom"}}
	t.Run("Records", func(t *testing.T) {
		t.Parallel()
		var records []string
		var last error
		for record, err := range partly(t).Records(t.Context(), "things", "list", nil) {
			if last = err; err == nil {
				records = append(records, string(record))
			}
		}
		want.check(t, last)
		if diff := cmp.Diff([]string{`{"id":1}`, `{"id":2}`}, records); diff != "" {
			t.Errorf("records (-want +got):\n%s", diff)
		}
	})
	t.Run("Pages", func(t *testing.T) {
		t.Parallel()
		var pages []connector.Meta
		var last error
		for page, err := range partly(t).Pages(t.Context(), "things", "list", nil) {
			if last = err; err == nil {
				checkData(t, page, nil, `[{"id":1},{"id":2}]`)
				pages = append(pages, connector.Meta{HasMore: page.Meta.HasMore, Cursor: page.Meta.Cursor, Warning: page.Meta.Warning})
			}
		}
		want.check(t, last)
		failure{kind: connector.ErrUnavailable}.check(t, last)
		if diff := cmp.Diff([]connector.Meta{{HasMore: true, Cursor: "2", Warning: "boom"}}, pages); diff != "" {
			t.Errorf("meta (-want +got):\n%s", diff)
		}
	})
}
