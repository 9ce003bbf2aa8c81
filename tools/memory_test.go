package tools_test

import (
	"encoding/json"
	"net/http"
	"runtime"
	"runtime/metrics"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/agentsdk-go/airbyte/tools"
)

// TestHugeResultInMemory holds that a 64 MB result never takes more than 160 MB of
// heap on its way to 100,000 characters, whether its length is announced or not.
func TestHugeResultInMemory(t *testing.T) { //nolint:paralleltest // the heap is the whole process's
	for _, announced := range []bool{true, false} {
		set := hugeSet(t, announced)
		runtime.GC()
		var peak uint64
		stop := watchHeap(&peak)
		out, err := set.Call(t.Context(), "pylon_execute", json.RawMessage(`{"entity":"me","action":"get"}`))
		stop()
		if err != nil || out.IsError || len(out.Text) > 100_000 {
			t.Fatalf("%v: %.200s", err, out.Text)
		}
		if peak > 160_000_000 {
			t.Errorf("length announced %v: the heap peaked at %d bytes", announced, peak)
		}
	}
}

// BenchmarkHugeResult measures the peak of the heap while a tool brings a 64 MB
// result under its 100,000 characters, with the answer's length announced and
// without. The server sends the answer from a small buffer.
func BenchmarkHugeResult(b *testing.B) {
	for _, announced := range []bool{true, false} {
		name := map[bool]string{true: "announced", false: "chunked"}[announced]
		b.Run(name, func(b *testing.B) {
			set := hugeSet(b, announced)
			var peak uint64
			for b.Loop() {
				runtime.GC()
				stop := watchHeap(&peak)
				out, err := set.Call(b.Context(), "pylon_execute", json.RawMessage(`{"entity":"me","action":"get"}`))
				stop()
				if err != nil || out.IsError || len(out.Text) > 100_000 {
					b.Fatalf("%v: %.200s", err, out.Text)
				}
			}
			b.ReportMetric(float64(peak)/1e6, "peak-heap-MB")
		})
	}
}

// watchHeap keeps the largest size of the heap in peak until stop is called.
func watchHeap(peak *uint64) (stop func()) {
	sample := []metrics.Sample{{Name: "/memory/classes/heap/objects:bytes"}}
	done := make(chan struct{})
	var wg sync.WaitGroup
	wg.Go(func() {
		ticker := time.NewTicker(time.Millisecond)
		defer ticker.Stop()
		for {
			metrics.Read(sample)
			*peak = max(*peak, sample[0].Value.Uint64())
			select {
			case <-ticker.C:
			case <-done:
				return
			}
		}
	})
	return func() { close(done); wg.Wait() }
}

// hugeSet returns tools over a server whose every result has 64 MB.
func hugeSet(b testing.TB, announced bool) *tools.Set {
	b.Helper()
	const head, tail = `{"status":"success","result":[`, `{"id":"last"}]}`
	row := []byte(`{"id":"3d9f6e0a-1c55-4b8e-9a37-0d2f3c1b7a10","body_html":"` + strings.Repeat("<p>The export stops.</p>", 40) + `"},`)
	rows := 64_000_000 / len(row)
	_, _, set := serve(b, func(w http.ResponseWriter) {
		if announced {
			w.Header().Set("Content-Length", strconv.Itoa(len(head)+rows*len(row)+len(tail)))
		}
		answerWith(b, w, []byte(head))
		for range rows {
			answerWith(b, w, row)
		}
		answerWith(b, w, []byte(tail))
	})
	return set
}
