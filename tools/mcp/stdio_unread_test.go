package mcp_test

import (
	"context"
	"errors"
	"fmt"
	"io"
	"slices"
	"strconv"
	"testing"
	"testing/synctest"
	"time"

	mcptools "github.com/agentsdk-go/airbyte/tools/mcp"
)

// A client that does not read its answers cannot keep the program from stopping,
// whatever the stream does to a write that nobody reads.
func TestStdioUnreadAnswers(t *testing.T) {
	t.Parallel()
	ends := map[string]struct {
		end  func(*raw)
		took time.Duration
		want error
	}{
		"stopped":      {func(r *raw) { r.stop() }, 0, context.Canceled},
		"end of input": {func(r *raw) { r.in.Close() }, 10 * time.Second, nil},
	}
	streams := map[string]func(io.WriteCloser, context.Context) io.WriteCloser{
		"closing ends a write": func(w io.WriteCloser, _ context.Context) io.WriteCloser { return w },
		"closing does not":     func(w io.WriteCloser, over context.Context) io.WriteCloser { return deaf{w, over, false} },
		"closing waits for it": func(w io.WriteCloser, over context.Context) io.WriteCloser { return deaf{w, over, true} },
	}
	for name, end := range ends {
		for kind, stream := range streams {
			t.Run(name+", "+kind, func(t *testing.T) {
				t.Parallel()
				synctest.Test(t, func(t *testing.T) {
					over, release := context.WithCancel(t.Context())
					defer release() // only then may the stream let go
					r := startRawThrough(t, newServer(t, function(t, quick)), func(w io.WriteCloser) io.WriteCloser { return stream(w, over) })
					r.initialize()
					for i := range 10 {
						r.send(call(strconv.Itoa(i+1), "function", "{}"))
					}
					synctest.Wait()
					start := time.Now()
					end.end(r)
					if err := <-r.ended; !errors.Is(err, end.want) {
						t.Errorf("the run ended with %v", err)
					}
					if took := time.Since(start); took != end.took {
						t.Errorf("the run ended after %v, want %v", took, end.took)
					}
				})
			})
		}
	}
}

// deaf is a stream whose writes do not end with its Close, as those of standard
// output on a pipe.
type deaf struct {
	io.WriteCloser
	over  context.Context //nolint:containedctx // the time for which nobody reads
	waits bool            // Close waits, too
}

func (d deaf) Close() error {
	if d.waits {
		<-d.over.Done()
	}
	context.AfterFunc(d.over, func() { _ = d.WriteCloser.Close() })
	return nil
}

// A client that has closed its input ends the run without an error, and a stream
// that fails otherwise with it.
func TestStdioBrokenOutput(t *testing.T) {
	t.Parallel()
	full := errors.New("the disk is full")
	for want, out := range map[error]io.Writer{nil: broken{io.ErrClosedPipe}, full: broken{full}} {
		in, client := io.Pipe()
		ended := make(chan error, 1)
		server := newServer(t, function(t, hanging))
		go func() { ended <- server.Run(t.Context(), mcptools.Stdio(in, out)) }()
		if _, err := io.WriteString(client, initialize+"\n"); err != nil {
			t.Fatal(err)
		}
		if err := <-ended; !errors.Is(err, want) {
			t.Errorf("the run ended with %v, want %v", err, want)
		}
	}
}

type broken struct{ err error }

func (b broken) Write([]byte) (int, error) { return 0, b.err }

// A client that does not read its answers is not read from for ever. One that
// reads gets all of them.
func TestStdioPendingLimit(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		const limit, all = 256, 1000
		r := initialized(t, newServer(t, function(t, quick)))
		sent := 0
		go func() {
			for i := range all {
				r.send(fmt.Sprintf(`{"jsonrpc":"2.0","id":%d,"method":"ping"}`, i+1))
				sent++
			}
			r.in.Close()
		}()
		synctest.Wait()
		if most := limit + 10; sent < limit || sent > most { // some lie in buffers
			t.Errorf("%d requests were taken without an answer read, want %d to %d", sent, limit, most)
		}
		var got []int
		for range all {
			var id int
			if _, err := fmt.Sscanf(r.receive(), `{"jsonrpc":"2.0","id":%d,`, &id); err != nil {
				t.Fatal(err)
			}
			got = append(got, id)
		}
		slices.Sort(got)
		if got = slices.Compact(got); len(got) != all {
			t.Errorf("%d different answers, want %d", len(got), all)
		}
		if err := <-r.ended; err != nil {
			t.Errorf("the run ended with %v", err)
		}
	})
}

// Write gives up with its context, while a line before it waits.
func TestStdioWriteContext(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		in, client := io.Pipe()
		unread, out := io.Pipe()
		conn, err := mcptools.Stdio(in, out).Connect(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		msg := decodeMessage(t, ping)
		first := make(chan error, 1)
		go func() { first <- conn.Write(t.Context(), msg) }()
		synctest.Wait()
		ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
		defer cancel()
		if err := conn.Write(ctx, msg); !errors.Is(err, context.DeadlineExceeded) {
			t.Errorf("the write ended with %v", err)
		}
		if err := errors.Join(conn.Close(), unread.Close(), client.Close()); err != nil {
			t.Error(err)
		}
		if err := <-first; !errors.Is(err, io.EOF) {
			t.Errorf("the first write ended with %v", err)
		}
	})
}
