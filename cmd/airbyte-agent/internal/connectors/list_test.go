package connectors_test

import (
	"fmt"
	"net/http"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/agentsdk-go/airbyte/cmd/airbyte-agent/internal/app"
)

// TestListReadsAllOfTheStore goes through what the context store may answer. The
// organization is one for all tests, so the cases come one after the other.
func TestListReadsAllOfTheStore(t *testing.T) {
	t.Parallel()
	api.on("GET /integrations/connectors", func(w http.ResponseWriter, _ *http.Request) {
		fmt.Fprint(w, `{"data":[{"id":"c7","name":"first"},{"id":"c401","name":"last"},{"id":"gone","name":"unknown"}]}`)
	})

	var offsets []string
	api.on("GET /organizations/org/credentials", func(w http.ResponseWriter, r *http.Request) {
		offset := 0
		if _, err := fmt.Sscan(r.URL.Query().Get("offset"), &offset); err != nil {
			t.Error(err)
		}
		offsets = append(offsets, r.URL.RawQuery)
		fmt.Fprintf(w, `{"data":[%s],"total":450}`, credentialRows(offset, min(offset+200, 450)))
	})
	s := newSession(t, "", app.Terminal{Out: true, Err: true})
	if err := s.run(t.Context(), "list"); err != nil {
		t.Fatal(err)
	}
	want := "NAME     ID    TYPE  CONTEXT STORE  ENTITIES\n" +
		"first    c7          ready          7\n" +
		"last     c401        ready          401\n" +
		"unknown  gone                       0\n"
	if diff := cmp.Diff(want, s.out.String()); diff != "" || s.err.Len() > 0 {
		t.Errorf("table differs (-want +got):\n%s\nstandard error: %s", diff, s.err.String())
	}
	if want := []string{"limit=200&offset=0", "limit=200&offset=200", "limit=200&offset=400"}; !slices.Equal(offsets, want) {
		t.Errorf("asked for %q", offsets)
	}

	// A store without an end is an addition that is left out. A person is told
	// beside the table, which has no place for it.
	calls := 0
	api.on("GET /organizations/org/credentials", func(w http.ResponseWriter, _ *http.Request) {
		calls++
		fmt.Fprintf(w, `{"data":[%s]}`, credentialRows(0, 200))
	})
	s = newSession(t, "", app.Terminal{Out: true, Err: true})
	if err := s.run(t.Context(), "list"); err != nil {
		t.Fatal(err)
	}
	if calls != 50 || !strings.Contains(s.err.String(), "more than 50 pages") || strings.Contains(s.out.String(), "ready") {
		t.Errorf("%d pages were read; got %s and the notice %s", calls, s.out.String(), s.err.String())
	}
}

func credentialRows(from, to int) string {
	rows := make([]string, 0, to-from)
	for i := from; i < to; i++ {
		rows = append(rows, fmt.Sprintf(`{"id":"c%d","context_store_status":"ready","context_store_entity_count":%d}`, i, i))
	}
	return strings.Join(rows, ",")
}
