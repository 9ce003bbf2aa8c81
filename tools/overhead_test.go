package tools_test

import (
	"encoding/json"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"slices"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"github.com/agentsdk-go/airbyte/connector"
	"github.com/agentsdk-go/airbyte/tools"
)

// page is an answer of the platform with 25 issues, some 15 KB.
const page = "../internal/envelope/testdata/page.json"

// BenchmarkOverhead measures one call over loopback three ways in turn, so that
// all see the same machine: net/http's POST and io.ReadAll, Connector.Execute,
// and Set.Call from arguments to envelope. It reports medians in microseconds
// and their ratios to the first.
func BenchmarkOverhead(b *testing.B) {
	server, conn, set := overheadSetup(b)
	const body = `{"entity":"issues","action":"list","params":{"start_time":"2026-10-01T00:00:00Z","end_time":"2026-10-30T00:00:00Z"},"skip_truncation":true}`
	const args = `{"entity":"issues","action":"list","params":{"start_time":"2026-10-01T00:00:00Z","end_time":"2026-10-30T00:00:00Z"}}`
	params := connector.Params{"start_time": "2026-10-01T00:00:00Z", "end_time": "2026-10-30T00:00:00Z"}
	client := server.Client()
	ctx := b.Context()
	ways := []func() error{
		func() error {
			res, err := client.Post(server.URL, "application/json", strings.NewReader(body)) //nolint:noctx // the bare call that users would write
			if err != nil {
				return err
			}
			defer res.Body.Close()
			_, err = io.ReadAll(res.Body)
			return err
		},
		func() error { _, err := conn.Execute(ctx, "issues", "list", params); return err },
		func() error { _, err := set.Call(ctx, "pylon_execute", json.RawMessage(args)); return err },
	}
	times := make([][]time.Duration, len(ways))
	for b.Loop() {
		for i, call := range ways {
			start := time.Now()
			if err := call(); err != nil {
				b.Fatal(err)
			}
			times[i] = append(times[i], time.Since(start))
		}
	}
	bare, execute, call := median(times[0]), median(times[1]), median(times[2])
	b.ReportMetric(float64(bare.Nanoseconds())/1e3, "bare-p50-us")
	b.ReportMetric(float64(execute.Nanoseconds())/1e3, "execute-p50-us")
	b.ReportMetric(float64(call.Nanoseconds())/1e3, "call-p50-us")
	b.ReportMetric(float64(execute)/float64(bare), "execute/bare")
	b.ReportMetric(float64(call)/float64(bare), "call/bare")
}

func median(times []time.Duration) time.Duration {
	slices.Sort(times)
	return times[len(times)/2]
}

func overheadSetup(b *testing.B) (*httptest.Server, *connector.Connector, *tools.Set) {
	b.Helper()
	answer, err := os.ReadFile(page)
	if err != nil {
		b.Fatal(err)
	}
	return serve(b, func(w http.ResponseWriter) { answerWith(b, w, answer) })
}

// serve returns a server whose every execute is answered by answer, and a
// connector and tools that use it.
func serve(b testing.TB, answer func(http.ResponseWriter)) (*httptest.Server, *connector.Connector, *tools.Set) {
	b.Helper()
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if _, err := io.Copy(io.Discard, r.Body); err != nil {
			b.Error(err)
		}
		w.Header().Set("Content-Type", "application/json")
		if strings.HasSuffix(r.URL.Path, "/token") {
			answerWith(b, w, []byte(`{"access_token":"token","token_type":"bearer","expires_in":900}`))
			return
		}
		answer(w)
	}))
	b.Cleanup(server.Close)
	conn, err := connector.Connect(b.Context(), "pylon", "default", connector.WithBaseURL(server.URL),
		connector.WithCredentials("id", "secret"), connector.WithConnectorID("c"))
	if err != nil {
		b.Fatal(err)
	}
	set, err := tools.New(conn)
	if err != nil {
		b.Fatal(err)
	}
	return server, conn, set
}

func answerWith(b testing.TB, w http.ResponseWriter, body []byte) {
	b.Helper()
	if _, err := w.Write(body); err != nil {
		b.Error(err)
	}
}

// BenchmarkNew measures making the tool set of the whole Pylon connector, and
// reports how many characters a model is sent of it.
func BenchmarkNew(b *testing.B) {
	_, conn, _ := overheadSetup(b)
	for _, bench := range []struct {
		name string
		opts []tools.Option
	}{
		{"execute", nil},
		{"read-only", []tools.Option{tools.WithReadOnly()}},
		{"per-action", []tools.Option{tools.WithPerAction()}},
	} {
		b.Run(bench.name, func(b *testing.B) {
			var set *tools.Set
			for b.Loop() {
				var err error
				if set, err = tools.New(conn, bench.opts...); err != nil {
					b.Fatal(err)
				}
			}
			chars := 0
			for _, tool := range set.Tools() {
				chars += utf8.RuneCountInString(tool.Name()) + utf8.RuneCountInString(tool.Description()) + utf8.RuneCount(tool.Schema())
			}
			b.ReportMetric(float64(chars), "definition-chars")
			b.ReportMetric(float64(utf8.RuneCountInString(set.Instructions())), "instruction-chars")
		})
	}
}
