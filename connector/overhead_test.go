package connector_test

import (
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"testing"
	"time"

	"github.com/tidwall/gjson"

	"github.com/agentsdk-go/airbyte/connector"
)

// issuesPage is an answer of Pylon with 25 issues, the same ones that hosted mode
// is measured with, some 15 KB.
func issuesPage(tb testing.TB) []byte {
	tb.Helper()
	hosted, err := os.ReadFile("../internal/envelope/testdata/page.json")
	if err != nil {
		tb.Fatal(err)
	}
	rows := gjson.GetBytes(hosted, "result.data")
	if !rows.IsArray() {
		tb.Fatal("page.json has no result.data")
	}
	return []byte(`{"data":` + rows.Raw + `,"pagination":{"cursor":"b2Zmc2V0OjI1","has_next_page":true},"request_id":"0b6f0c0e-6c1e-4c3a-8a0a-4c3f1f0c9e55"}`)
}

// openPylon opens the embedded manifest on a server.
func openPylon(tb testing.TB, url string, opts ...connector.Option) *connector.Connector {
	tb.Helper()
	m, ok := connector.LookupManifest("pylon")
	if !ok {
		tb.Fatal("no manifest called pylon")
	}
	conn, err := connector.Open(m, connector.Credentials{"api_token": "s3cret"}, append([]connector.Option{connector.WithBaseURL(url)}, opts...)...)
	if err != nil {
		tb.Fatal(err)
	}
	tb.Cleanup(func() {
		if err := conn.Close(); err != nil {
			tb.Error(err)
		}
	})
	return conn
}

// BenchmarkDirectOverhead measures one page over loopback two ways in turn, so
// that both see the same machine: net/http's Get and io.ReadAll, and Execute in
// open source mode. It reports medians in microseconds and their ratio.
func BenchmarkDirectOverhead(b *testing.B) {
	page := issuesPage(b)
	srv := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "application/json")
		if _, err := w.Write(page); err != nil {
			b.Error(err)
		}
	}))
	b.Cleanup(srv.Close)
	conn := openPylon(b, srv.URL, connector.WithRateLimit(0))
	params := connector.Params{"start_time": "2026-10-01T00:00:00Z", "end_time": "2026-10-30T00:00:00Z", "limit": 25}
	client, ctx := srv.Client(), b.Context()
	bare := func() error {
		req, err := http.NewRequestWithContext(ctx, http.MethodGet,
			srv.URL+"/issues?start_time=2026-10-01T00%3A00%3A00Z&end_time=2026-10-30T00%3A00%3A00Z&limit=25", nil)
		if err != nil {
			return err
		}
		req.Header.Set("Authorization", "Bearer s3cret")
		res, err := client.Do(req)
		if err != nil {
			return err
		}
		defer res.Body.Close()
		_, err = io.ReadAll(res.Body)
		return err
	}
	execute := func() error { _, err := conn.Execute(ctx, "issues", "list", params); return err }
	var times [2][]time.Duration
	for b.Loop() {
		for i, call := range []func() error{bare, execute} {
			start := time.Now()
			if err := call(); err != nil {
				b.Fatal(err)
			}
			times[i] = append(times[i], time.Since(start))
		}
	}
	one, other := median(times[0]), median(times[1])
	b.ReportMetric(float64(one.Nanoseconds())/1e3, "bare-p50-us")
	b.ReportMetric(float64(other.Nanoseconds())/1e3, "execute-p50-us")
	b.ReportMetric(float64(other)/float64(one), "execute/bare")
}
