package connector_test

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"runtime"
	"strconv"
	"strings"
	"testing"

	"github.com/agentsdk-go/airbyte/connector"
)

// TestRecordsHoldsOnePage lists 100,000 records in pages of 100 and holds that
// the heap does not grow with them. It runs alone: the heap is the process's.
func TestRecordsHoldsOnePage(t *testing.T) { //nolint:paralleltest // see above
	const pages, rows = 1000, 100
	record := `{"id":"%d-%d","text":"` + strings.Repeat("x", 1000) + `"}`
	srv := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		page, err := strconv.Atoi(r.URL.Query().Get("cursor"))
		if err != nil {
			page = 0
		}
		w.Header().Set("Content-Type", "application/json")
		fmt.Fprint(w, `{"data":[`)
		for i := range rows {
			if i > 0 {
				fmt.Fprint(w, ",")
			}
			fmt.Fprintf(w, record, page, i)
		}
		fmt.Fprintf(w, `],"pagination":{"cursor":"%d","has_next_page":%t}}`, page+1, page+1 < pages)
	}))
	t.Cleanup(srv.Close)
	conn := openPylon(t, srv.URL, connector.WithRateLimit(0))
	before, most, n := heap(), uint64(0), 0
	for _, err := range conn.Records(t.Context(), "accounts", "list", nil) {
		if err != nil {
			t.Fatal(err)
		}
		if n++; n%(10*rows) == 0 {
			most = max(most, heap())
		}
	}
	if n != pages*rows {
		t.Errorf("%d records, want %d", n, pages*rows)
	}
	const allowed = 4 << 20 // a page has 0.1 MB, all of them 100 MB
	if most > before+allowed {
		t.Errorf("the heap grew from %d to %d bytes", before, most)
	}
}

func heap() uint64 {
	runtime.GC()
	var stats runtime.MemStats
	runtime.ReadMemStats(&stats)
	return stats.HeapAlloc
}
