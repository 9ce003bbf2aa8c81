package mcp_test

import (
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/modelcontextprotocol/go-sdk/mcp"
	"github.com/tidwall/gjson"

	"github.com/agentsdk-go/airbyte/connector"
	"github.com/agentsdk-go/airbyte/tools"
	mcptools "github.com/agentsdk-go/airbyte/tools/mcp"
)

// page is an answer of the platform with 25 issues, some 15 KB.
const page = "../../internal/envelope/testdata/page.json"

const listIssues = `{"entity":"issues","action":"list","params":{"start_time":"2026-10-01T00:00:00Z","end_time":"2026-10-30T00:00:00Z"}}`

// BenchmarkCallOverStdio measures one call four ways in turn, so that all see
// the same machine: by Set.Call, over stdio by a client that reads the answer's
// bytes, the same without structured content, and over stdio by the SDK's client,
// which decodes them. It reports medians in microseconds, and what the server adds to the first.
func BenchmarkCallOverStdio(b *testing.B) {
	for _, records := range []int{1, 5, 27, 55, 110} {
		b.Run(fmt.Sprintf("%d_records", records), func(b *testing.B) {
			set, args := paged(b, records), listIssues
			out, err := set.Call(b.Context(), "pylon_execute", json.RawMessage(args))
			if err != nil || out.IsError {
				b.Fatal(out.Text, err)
			}
			server := newServer(b, set)
			session, bytes := connect(b, server, overStdio, nil), initialized(b, server)
			text := initialized(b, newServer(b, set, mcptools.WithoutStructured()))
			params := &mcp.CallToolParams{Name: "pylon_execute", Arguments: json.RawMessage(args)}
			request := call("1", params.Name, args)
			ways := []func() (failed bool, err error){
				func() (bool, error) {
					out, err := set.Call(b.Context(), params.Name, json.RawMessage(args))
					return out.IsError, err
				},
				func() (bool, error) { return strings.Contains(bytes.ask(request), `"isError":true`), nil },
				func() (bool, error) { return strings.Contains(text.ask(request), `"isError":true`), nil },
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
			direct, stdio, textOnly, client := median(times[0]), median(times[1]), median(times[2]), median(times[3])
			b.ReportMetric(float64(len(out.Text))/1024, "result-KB")
			b.ReportMetric(direct, "set-call-p50-us")
			b.ReportMetric(stdio, "stdio-p50-us")
			b.ReportMetric(client, "sdk-client-p50-us")
			b.ReportMetric(stdio-direct, "overhead-p50-us")
			b.ReportMetric(textOnly-direct, "text-overhead-p50-us")
		})
	}
}

// BenchmarkSetCall measures Set.Call alone, to compare allocations with.
func BenchmarkSetCall(b *testing.B) {
	set := paged(b, 25)
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

// paged returns tools of a connector whose every call is answered with that many
// records, out of page and its repetition.
func paged(b *testing.B, records int) *tools.Set {
	b.Helper()
	whole, err := os.ReadFile(page)
	if err != nil {
		b.Fatal(err)
	}
	var all []string
	for _, r := range gjson.GetBytes(whole, "result.data").Array() {
		all = append(all, r.Raw)
	}
	for len(all) < records {
		all = append(all, all...)
	}
	answer := []byte(`{"result":[` + strings.Join(all[:records], ",") + `]}`)
	service := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		body := answer
		if strings.HasSuffix(r.URL.Path, "/token") {
			body = []byte(`{"access_token":"token","token_type":"bearer","expires_in":900}`)
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
