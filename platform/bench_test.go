package platform_test

import (
	"bytes"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/agentsdk-go/airbyte/platform"
)

// page is 25 rows in about 15 KB, as a list of issues is.
func page() string {
	var rows []string
	for i := range 25 {
		rows = append(rows, fmt.Sprintf(`{"id":"iss_%03d","number":%d,"title":"Login fails after the update","state":"waiting_on_you",`+
			`"body_html":"<p>%s</p>","account":{"id":"acc_%03d"},"created_at":"2026-01-02T03:04:05.000006Z"}`,
			i, int64(9007199254740993)+int64(i), strings.Repeat("The page stays empty. ", 18), i))
	}
	return `{"status":"success","result":{"data":[` + strings.Join(rows, ",") + `],"meta":{"has_more":true,"cursor":"c2"}},` +
		`"connector_metadata":null,"execution_metadata":{"connector_instance_id":"con-1","execution_time_ms":12}}`
}

func benchServer(b *testing.B) string {
	b.Helper()
	body := []byte(page())
	mux := http.NewServeMux()
	mux.HandleFunc(tokenRoute, func(w http.ResponseWriter, _ *http.Request) {
		fmt.Fprint(w, `{"access_token":"t","expires_in":900}`)
	})
	mux.HandleFunc(executeRoute, func(w http.ResponseWriter, r *http.Request) {
		if _, err := io.Copy(io.Discard, r.Body); err != nil {
			b.Error(err)
		}
		w.Header().Set("Content-Type", "application/json")
		w.Header().Set("Content-Length", strconv.Itoa(len(body)))
		w.Write(body)
	})
	server := httptest.NewServer(mux)
	b.Cleanup(server.Close)
	return server.URL
}

// BenchmarkExecute compares one call with a bare POST of the same page. The
// two alternate, so that a busy machine slows both alike; the ratio is of the
// medians.
func BenchmarkExecute(b *testing.B) {
	url := benchServer(b)
	bare := bareCall(b, url)
	client := newClient(b, platform.WithBaseURL(url))
	full := func() {
		_, err := client.Execute(b.Context(), "con-1", platform.ExecuteRequest{
			Entity: "issues", Action: "list", Params: raw(`{"limit":25}`),
		})
		if err != nil {
			b.Fatal(err)
		}
	}
	full()
	b.Run("bare", func(b *testing.B) { report(b, bare) })
	b.Run("platform", func(b *testing.B) { report(b, full) })
	b.Run("ratio", func(b *testing.B) {
		var a, z []time.Duration
		for b.Loop() {
			a, z = append(a, timed(bare)), append(z, timed(full))
		}
		b.ReportMetric(float64(median(z))/float64(median(a)), "p50-ratio")
	})
}

func bareCall(b *testing.B, url string) func() {
	b.Helper()
	transport := http.DefaultTransport.(*http.Transport).Clone()
	b.Cleanup(transport.CloseIdleConnections)
	client := &http.Client{Transport: transport}
	body := []byte(`{"entity":"issues","action":"list","params":{"limit":25}}`)
	return func() {
		res, err := client.Post(url+"/api/v1/integrations/connectors/con-1/execute", "application/json", bytes.NewReader(body)) //nolint:noctx // the bare call is the measure
		if err != nil {
			b.Fatal(err)
		}
		_, err = io.ReadAll(res.Body)
		res.Body.Close()
		if err != nil {
			b.Fatal(err)
		}
	}
}

func report(b *testing.B, call func()) {
	b.Helper()
	b.ReportAllocs()
	var took []time.Duration
	for b.Loop() {
		took = append(took, timed(call))
	}
	b.ReportMetric(float64(median(took).Nanoseconds()), "p50-ns")
}

func timed(call func()) time.Duration {
	start := time.Now()
	call()
	return time.Since(start)
}

func median(took []time.Duration) time.Duration {
	slices.Sort(took)
	return took[len(took)/2]
}
