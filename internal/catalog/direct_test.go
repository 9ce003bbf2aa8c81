package catalog_test

import (
	gocmp "cmp"
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/agentsdk-go/airbyte/internal/golden"
	"github.com/agentsdk-go/airbyte/internal/manifest"
)

// each calls check for every operation, named entity.action.
func each(doc *manifest.Document, check func(name string, op manifest.Operation)) {
	for _, entity := range doc.Entities {
		for _, op := range entity.Operations {
			check(entity.Name+"."+op.Action, op)
		}
	}
}

// outline is the signature of a parameter, with the keys of an object in place
// of its schema.
func outline(t *testing.T, p manifest.Parameter) string {
	t.Helper()
	p.DirectOnly = false
	keys := ""
	for _, raw := range []json.RawMessage{p.Schema, p.Items} {
		if raw == nil {
			continue
		}
		if s := decodeSchema(t, raw); s.Properties != nil {
			keys, p.Items = " {"+strings.Join(slices.Sorted(maps.Keys(s.Properties)), " ")+"}", nil
		}
	}
	return signature(p) + keys
}

// The golden is for reading: one line per parameter of what a direct
// connection has beyond a hosted one.
func TestDirectView(t *testing.T) {
	t.Parallel()
	var out strings.Builder
	each(pylon(t), func(name string, op manifest.Operation) {
		var lines []string
		for _, p := range op.Parameters {
			if op.DirectOnly || p.DirectOnly {
				lines = append(lines, "    "+outline(t, p)+"\n")
			}
		}
		switch {
		case op.DirectOnly:
			fmt.Fprintf(&out, "%s %s %s\n%s", name, op.Method, op.Path, strings.Join(lines, ""))
		case lines != nil:
			fmt.Fprintf(&out, "%s also\n%s", name, strings.Join(lines, ""))
		}
	})
	golden.Check(t, "direct.txt", out.String())
}

// Answers are taken out of Pylon's {data, request_id}: hosted ones reach a
// program that way, too. Whole are those without data, or with more beside it.
func TestExtractors(t *testing.T) {
	t.Parallel()
	whole := []string{
		"accounts_bulk.update", "custom_objects_bulk.update", "issue_ai_responses.create", "issue_imports.create",
		"message_imports.create", "training_data_documents.delete",
	}
	deletedRecords := []string{"account_highlights.delete", "account_relationships.delete", "devin_connections.delete"}
	each(pylon(t), func(name string, op manifest.Operation) {
		want := "$.data"
		if slices.Contains(whole, name) || op.Action == "delete" && !slices.Contains(deletedRecords, name) {
			want = ""
		}
		if op.Records != want {
			t.Errorf("%s: records at %q, want %q", name, op.Records, want)
		}
		if op.Filter != "" || op.Transform != nil || op.FileURL != "" {
			t.Errorf("%s: Pylon's records need no reshaping", name)
		}
	})
}

func TestPagesAreKnown(t *testing.T) {
	t.Parallel()
	paging := []manifest.Pair{
		{Name: "next_cursor", Value: "$.pagination.cursor"},
		{Name: "has_next_page", Value: "$.pagination.has_next_page"},
	}
	each(pylon(t), func(name string, op manifest.Operation) {
		many := op.Action == "list" || op.Action == "api_search"
		takesCursor := slices.ContainsFunc(op.Parameters, func(p manifest.Parameter) bool { return p.Name == "cursor" })
		if takesCursor != (op.Meta != nil) || (op.Meta != nil && !cmp.Equal(paging, op.Meta)) {
			t.Errorf("%s: takes a cursor: %t, reads %v", name, takesCursor, op.Meta)
		}
		if op.NoPages != (many && !takesCursor) {
			t.Errorf("%s: no pages is %t", name, op.NoPages)
		}
	})
}

// What destroys without being called delete, and nothing else, says so.
func TestEffects(t *testing.T) {
	t.Parallel()
	want := map[string]string{"message_redactions.create": "destroy", "account_merges.create": "destroy"}
	got := map[string]string{}
	each(pylon(t), func(name string, op manifest.Operation) {
		if op.Effect != "" {
			got[name] = op.Effect
		}
	})
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("effects (-want +got):\n%s", diff)
	}
}

func TestSearches(t *testing.T) {
	t.Parallel()
	unfiltered := []string{"feature_requests.api_search"}
	each(pylon(t), func(name string, op manifest.Operation) {
		if op.Action != "api_search" {
			return
		}
		i := slices.IndexFunc(op.Parameters, func(p manifest.Parameter) bool { return p.Name == "filter" })
		if (i < 0) != slices.Contains(unfiltered, name) {
			t.Errorf("%s: filter is parameter %d", name, i)
			return
		}
		if i < 0 {
			return
		}
		filter := op.Parameters[i]
		if filter.In != "body" || filter.Type != "object" || !strings.Contains(filter.Description, "Fields: ") {
			t.Errorf("%s: filter is %s %s: %s", name, filter.In, filter.Type, filter.Description)
		}
		for _, key := range []string{"field", "operator", "value", "values", "subfilters"} {
			if !hasPath(t, filter.Schema, key) {
				t.Errorf("%s: a filter has no %s", name, key)
			}
		}
	})
}

func TestOperationIDs(t *testing.T) {
	t.Parallel()
	names := map[string]string{}
	each(pylon(t), func(name string, op manifest.Operation) {
		if other, taken := names[op.ID]; taken || op.ID == "" {
			t.Errorf("%s: id %q is that of %q", name, op.ID, other)
		}
		names[op.ID] = name
	})
}

// Pylon refuses a limit out of range, and the ranges differ.
func TestLimitsTellTheirRange(t *testing.T) {
	t.Parallel()
	says := map[string]string{
		"issues.list": "at most 20000", "messages.list": "1 to 1000", "call_recordings.api_search": "1 to 1000",
		"feature_requests.api_search": "1 to 1000", "custom_objects.list": "1 to 100.", "custom_objects.api_search": "1 to 100.",
	}
	each(pylon(t), func(name string, op manifest.Operation) {
		for _, p := range op.Parameters {
			if want := gocmp.Or(says[name], "1 to 999"); p.Name == "limit" && !strings.Contains(p.Description, want) {
				t.Errorf("%s: limit does not say %q: %s", name, want, p.Description)
			}
		}
	})
}

// A generator of types and a reader of the reference page need the name of
// the answer.
func TestAnswersHaveNames(t *testing.T) {
	t.Parallel()
	each(parsePylon(t), func(name string, op manifest.Operation) {
		if op.Response == "" {
			t.Errorf("%s: the success has no named schema", name)
		}
	})
}

func TestBodies(t *testing.T) {
	t.Parallel()
	files := []string{
		"account_files.create", "attachments.create", "training_data_files.create",
	}
	each(pylon(t), func(name string, op manifest.Operation) {
		inBody := slices.ContainsFunc(op.Parameters, func(p manifest.Parameter) bool { return p.In == "body" })
		kind := ""
		switch {
		case slices.Contains(files, name):
			kind = manifest.BodyMultipart
		case inBody:
			kind = manifest.BodyJSON
		}
		got := ""
		if op.Body != nil {
			got = op.Body.Kind
		}
		if got != kind {
			t.Errorf("%s: body is %q, want %q", name, got, kind)
		}
	})
}
