package mcp_test

import (
	"context"
	"fmt"
	"runtime"
	"strings"
	"sync"
	"testing"

	"github.com/modelcontextprotocol/go-sdk/mcp"
)

const clients = 64

// fleet connects as many clients, each with connections of its own.
func fleet(t testing.TB, base string) []*mcp.ClientSession {
	t.Helper()
	sessions := make([]*mcp.ClientSession, clients)
	for i := range sessions {
		sessions[i] = mustDial(t, base)
	}
	return sessions
}

// tags is a call that goes through to the service.
func tags(ctx context.Context, session *mcp.ClientSession) error {
	res, err := session.CallTool(ctx, &mcp.CallToolParams{Name: "pylon_execute", Arguments: map[string]any{"entity": "tags", "action": "list"}})
	if err != nil {
		return err
	}
	text, ok := res.Content[0].(*mcp.TextContent)
	if !ok || res.IsError || !strings.HasPrefix(text.Text, `{"data":[`) {
		return fmt.Errorf("call: %.200v", res.Content[0])
	}
	return nil
}

// 64 clients at once: every call is answered, and nothing is left of them.
func TestHandlerLoad(t *testing.T) {
	t.Parallel()
	marked(t)
	const calls = 10 // of each client
	box := startSandbox(t)
	s := listen(t, newPylon(t, box))
	t.Run("calls", func(t *testing.T) {
		var wg sync.WaitGroup
		for _, session := range fleet(t, s.url) {
			wg.Go(func() {
				for range calls {
					if err := tags(t.Context(), session); err != nil {
						t.Error(err)
					}
				}
			})
		}
		wg.Wait()
	})
	closed(t, s.server)
	box.Close()
	aloneAgain(t)
}

// BenchmarkHTTPCalls64 measures calls of 64 clients at once, through the whole
// way: client, HTTP, server, tools, connector, HTTP, simulated service. It reports
// the calls per second and the memory that a call leaves behind.
func BenchmarkHTTPCalls64(b *testing.B) {
	s := listen(b, newPylon(b, startSandbox(b)))
	sessions := fleet(b, s.url)
	before := heap()
	work := make(chan struct{}, clients)
	var wg sync.WaitGroup
	b.ResetTimer()
	for _, session := range sessions {
		wg.Go(func() {
			for range work {
				if err := tags(b.Context(), session); err != nil {
					b.Error(err)
				}
			}
		})
	}
	for range b.N {
		work <- struct{}{}
	}
	close(work)
	wg.Wait()
	b.StopTimer()
	b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "calls/s")
	b.ReportMetric(float64(int64(heap())-int64(before))/float64(b.N), "B-kept/call")
}

// heap is how much memory is in use once the collector has run.
func heap() uint64 {
	runtime.GC()
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return m.HeapAlloc
}
