package connector_test

import (
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"sync"
	"testing"
	"time"

	"github.com/agentsdk-go/airbyte/connector"
	"github.com/agentsdk-go/airbyte/sandbox"
)

// TestOneTokenForAll holds that 1,000 calls at once on a fresh connector fetch
// one token.
func TestOneTokenForAll(t *testing.T) {
	t.Parallel()
	box := sandbox.Test(t)
	conn := connect(t, box, connector.WithConnectorID(sandbox.ConnectorID))
	var wg sync.WaitGroup
	for range 1000 {
		wg.Go(func() {
			if _, err := conn.Execute(t.Context(), "me", "get", nil); err != nil {
				t.Error(err)
			}
		})
	}
	wg.Wait()
	if n := box.Count(sandbox.RouteToken); n != 1 {
		t.Errorf("%d token requests, want 1", n)
	}
}

// BenchmarkFirstResult measures a built program from its start to its end: find
// the connector, read one record. It reports the median in milliseconds, beside
// that of a program that does nothing, which is what the system itself costs.
func BenchmarkFirstResult(b *testing.B) {
	box, err := sandbox.Start()
	if err != nil {
		b.Fatal(err)
	}
	b.Cleanup(box.Close)
	benchmarkStart(b, box, "./testdata/firstresult")
}

// BenchmarkFirstDirectResult is the same in open source mode, where the whole
// manifest is needed.
func BenchmarkFirstDirectResult(b *testing.B) {
	box, err := sandbox.Start()
	if err != nil {
		b.Fatal(err)
	}
	b.Cleanup(box.Close)
	benchmarkStart(b, box, "./testdata/firstdirect")
}

func benchmarkStart(b *testing.B, box *sandbox.Sandbox, pkg string) {
	b.Helper()
	program := build(b, pkg)
	nothing, err := exec.LookPath("true")
	if err != nil {
		b.Fatal(err)
	}
	var times, system []time.Duration
	for b.Loop() {
		times = append(times, run(b, box, program))
		system = append(system, run(b, box, nothing))
	}
	b.ReportMetric(milliseconds(median(times)), "p50-ms")
	b.ReportMetric(milliseconds(median(system)), "true-p50-ms")
}

func build(b *testing.B, pkg string) string {
	b.Helper()
	program := filepath.Join(b.TempDir(), "program")
	if out, err := exec.CommandContext(b.Context(), "go", "build", "-o", program, pkg).CombinedOutput(); err != nil {
		b.Fatalf("%v\n%s", err, out)
	}
	return program
}

func run(b *testing.B, box *sandbox.Sandbox, program string) time.Duration {
	b.Helper()
	cmd := exec.CommandContext(b.Context(), program)
	cmd.Env = append(os.Environ(), "AIRBYTE_API_HOST="+box.PlatformURL(),
		"AIRBYTE_CLIENT_ID="+sandbox.ClientID, "AIRBYTE_CLIENT_SECRET="+sandbox.ClientSecret, "AIRBYTE_ORGANIZATION_ID="+sandbox.OrganizationID,
		"PYLON_API_TOKEN="+sandbox.PylonToken, "PYLON_API_HOST="+box.PylonURL())
	start := time.Now()
	if out, err := cmd.CombinedOutput(); err != nil {
		b.Fatalf("%v\n%s", err, out)
	}
	return time.Since(start)
}

func median(times []time.Duration) time.Duration {
	slices.Sort(times)
	return times[len(times)/2]
}

func milliseconds(d time.Duration) float64 { return float64(d.Microseconds()) / 1e3 }
