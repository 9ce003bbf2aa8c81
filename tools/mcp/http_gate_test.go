package mcp_test

import (
	"context"
	"errors"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	mcptools "github.com/agentsdk-go/airbyte/tools/mcp"
)

// handlerOf returns a Handler of one tool, called function.
func handlerOf(t *testing.T, run func(context.Context) (string, error), opts ...mcptools.HandlerOption) *mcptools.Handler {
	t.Helper()
	h, err := mcptools.NewHandler(newServer(t, function(t, run)), opts...)
	if err != nil {
		t.Fatal(err)
	}
	return h
}

func TestHandlerMaxCalls(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		tool := newHeld()
		p := pipe(t, handlerOf(t, tool.run, mcptools.WithMaxCalls(2)))
		session := p.session(t)
		running := []<-chan outcome{goCall(t.Context(), session), goCall(t.Context(), session)}
		synctest.Wait()
		got := read(t, p.open(t, whole(pingHTTP)))
		if got.status != 503 || got.header.Get("Retry-After") != "1" || !strings.Contains(got.body, "answering 2 requests") {
			t.Errorf("one too many: %d %v %s", got.status, got.header, got.body)
		}
		if got.after != 100*time.Millisecond {
			t.Errorf("it waited for %v", got.after)
		}
		if _, _, err := callFunction(t.Context(), session); err == nil || !strings.Contains(err.Error(), "Service Unavailable") {
			t.Errorf("the official client: %v", err)
		}
		if status, _ := probe(t, p.handler, "/readyz"); status != 200 {
			t.Errorf("readyz of a busy server: %d", status)
		}
		close(tool.release)
		for _, done := range running {
			if got := <-done; got.err != nil || got.isError {
				t.Errorf("running call: %+v", got)
			}
		}
		if text, isError, err := callFunction(t.Context(), session); err != nil || isError {
			t.Errorf("the same client afterwards: %s, %v", text, err)
		}
	})
}

// A client that sends one request after another is never one too many, even
// though it may send before its last request has given its place back.
func TestHandlerMaxCallsOneAfterAnother(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		session := pipe(t, handler(t, mcptools.WithMaxCalls(1))).session(t)
		for i := range 300 {
			if text, isError, err := callFunction(t.Context(), session); err != nil || isError {
				t.Fatalf("call %d: %s, %v", i, text, err)
			}
		}
	})
}

// Who waits for a place gets it in the order of coming; no more wait than run.
func TestHandlerMaxCallsWaits(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		order := make(chan string, 10)
		p := pipe(t, handlerOf(t, func(ctx context.Context) (string, error) {
			select {
			case <-time.After(30 * time.Millisecond):
			case <-ctx.Done():
			}
			return "ran", ctx.Err()
		}, mcptools.WithMaxCalls(2)))
		session := p.session(t)
		for _, name := range []string{"first", "second", "third", "fourth", "fifth"} {
			go func() {
				if _, _, err := callFunction(t.Context(), session); err != nil {
					name += " refused"
				}
				order <- name
			}()
			<-time.After(time.Millisecond) // of the bubble's time
		}
		var got []string
		for range cap(order) / 2 {
			got = append(got, <-order)
		}
		if want := "fifth refused, first, second, third, fourth"; strings.Join(got, ", ") != want {
			t.Errorf("order: %q, want %s", got, want)
		}
	})
}

// Who waits when the end comes is refused at once.
func TestHandlerShutdownRefusesWhoWaits(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		tool := newHeld()
		p := pipe(t, handlerOf(t, tool.run, mcptools.WithMaxCalls(1)))
		session := p.session(t)
		running := goCall(t.Context(), session)
		synctest.Wait()
		waiting := p.open(t, whole(pingHTTP))
		synctest.Wait()
		ended := make(chan error, 1)
		go func() { ended <- p.handler.Shutdown(t.Context()) }()
		if got := read(t, waiting); got.status != 503 || !strings.Contains(got.body, "shutting down") || got.after != 0 {
			t.Errorf("%d %s after %v", got.status, got.body, got.after)
		}
		close(tool.release)
		if got := <-running; got.err != nil {
			t.Errorf("running call: %v", got.err)
		}
		if err := <-ended; err != nil {
			t.Errorf("Shutdown: %v", err)
		}
	})
}

// A call that does not heed its context is left behind, a second after it was
// told to end.
func TestHandlerShutdownLeavesDeafCalls(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		p := pipe(t, handlerOf(t, func(context.Context) (string, error) {
			<-time.After(time.Hour)
			return "late", nil
		}))
		session := p.session(t)
		running := goCall(t.Context(), session)
		synctest.Wait()
		ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
		defer cancel()
		start := time.Now()
		err := p.handler.Shutdown(ctx)
		if !errors.Is(err, context.DeadlineExceeded) || time.Since(start) != time.Minute+time.Second {
			t.Errorf("Shutdown after %v: %v", time.Since(start), err)
		}
		<-running
	})
}
