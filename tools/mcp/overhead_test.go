package mcp_test

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

	"github.com/modelcontextprotocol/go-sdk/mcp"

	"github.com/agentsdk-go/airbyte/connector"
	"github.com/agentsdk-go/airbyte/tools"
)

// page is an answer of the platform with 25 issues, some 15 KB.
const page = "../../internal/envelope/testdata/page.json"

const (
	getIssue   = `{"entity":"issues","action":"get","params":{"id":"1001"}}`
	listIssues = `{"entity":"issues","action":"list","params":{"start_time":"2026-10-01T00:00:00Z","end_time":"2026-10-30T00:00:00Z"}}`
)

// BenchmarkCallOverStdio measures one call three ways in turn, so that all see
// the same machine: by Set.Call, over stdio by a client that reads the answer's
// bytes, and over stdio by the SDK's client, which decodes them. It reports
// medians in microseconds, and what the server adds to the first.
func BenchmarkCallOverStdio(b *testing.B) {
	for name, args := range map[string]string{"one record": getIssue, "25 records": listIssues} {
		b.Run(name, func(b *testing.B) {
			set := paged(b)
			server := newServer(b, set)
			session, bytes := connect(b, server, overStdio, nil), initialized(b, server)
			params := &mcp.CallToolParams{Name: "pylon_execute", Arguments: json.RawMessage(args)}
			request := call("1", params.Name, args)
			ways := []func() (failed bool, err error){
				func() (bool, error) {
					out, err := set.Call(b.Context(), params.Name, json.RawMessage(args))
					return out.IsError, err
				},
				func() (bool, error) { return strings.Contains(bytes.ask(request), `"isError":true`), nil },
				func() (bool, error) {
					res, err := session.CallTool(b.Context(), params)
					return err == nil && res.IsError, err
				},
			}
			times := make([][]time.Duration, len(ways))
			for b.Loop() {
				for i, way := range ways {
					start := time.Now()
					if failed, err := way(); failed || err != nil {
						b.Fatal(i, failed, err)
					}
					times[i] = append(times[i], time.Since(start))
				}
			}
			direct, stdio, client := median(times[0]), median(times[1]), median(times[2])
			b.ReportMetric(direct, "set-call-p50-us")
			b.ReportMetric(stdio, "stdio-p50-us")
			b.ReportMetric(client, "sdk-client-p50-us")
			b.ReportMetric(stdio-direct, "overhead-p50-us")
		})
	}
}

// BenchmarkSetCall measures Set.Call alone, to compare allocations with.
func BenchmarkSetCall(b *testing.B) {
	set := paged(b)
	b.ReportAllocs()
	for b.Loop() {
		if out, err := set.Call(b.Context(), "pylon_execute", json.RawMessage(listIssues)); err != nil || out.IsError {
			b.Fatal(out.Text, err)
		}
	}
}

// median is in microseconds.
func median(times []time.Duration) float64 {
	slices.Sort(times)
	return float64(times[len(times)/2].Nanoseconds()) / 1e3
}

// paged returns tools of a connector whose every call is answered with page.
func paged(b *testing.B) *tools.Set {
	b.Helper()
	answer, err := os.ReadFile(page)
	if err != nil {
		b.Fatal(err)
	}
	service := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		request, err := io.ReadAll(r.Body)
		if err != nil {
			b.Error(err)
		}
		body := answer
		switch {
		case strings.HasSuffix(r.URL.Path, "/token"):
			body = []byte(`{"access_token":"token","token_type":"bearer","expires_in":900}`)
		case strings.Contains(string(request), `"get"`):
			body = []byte(`{"result":{"id":"1001","title":"Export fails","state":"new"}}`)
		}
		w.Header().Set("Content-Type", "application/json")
		if _, err := w.Write(body); err != nil {
			b.Error(err)
		}
	}))
	b.Cleanup(service.Close)
	conn, err := connector.Connect(b.Context(), "pylon", "default", connector.WithBaseURL(service.URL),
		connector.WithCredentials("id", "secret"), connector.WithConnectorID("c"))
	if err != nil {
		b.Fatal(err)
	}
	set, err := tools.New(conn)
	if err != nil {
		b.Fatal(err)
	}
	return set
}
