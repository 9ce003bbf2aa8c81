package mcp

import (
	"context"
	"errors"
	"io"
	"sync"
	"time"

	"github.com/modelcontextprotocol/go-sdk/jsonrpc"
	"github.com/modelcontextprotocol/go-sdk/mcp"
)

// MaxLine is how many bytes a message may have over Stdio.
const MaxLine = 16 << 20

// Limits of a session over Stdio.
const (
	// maxPending is how many requests wait for their answers at most; the next one
	// is read when one of them has been answered. Clients have a handful, and a
	// client that sends without reading must not fill the memory.
	maxPending = 256

	// drainTime is how long the requests that are running may take after the end of
	// the input. It is enough for a call of a service, and clients that wait for
	// the process to end kill it after a few seconds anyway.
	drainTime = 10 * time.Second
)

// Stdio returns a transport of one JSON-RPC message per line, from in and to out:
// for a server that a client starts as a program, os.Stdin and os.Stdout.
//
// Unlike the SDK's own it outlives what is no message. A line that is not JSON, no
// JSON-RPC message, longer than MaxLine, a batch (which MCP has given up) or the
// id of a request that is still running is answered with a JSON-RPC error, and the
// session goes on. While 256 requests are unanswered no other one is read.
//
// When in ends, the requests that were read are finished and answered, for at most
// 10 seconds, so that a file of requests can be piped in. Then the session ends,
// and at once when out takes nothing more or the context of the connection ends;
// calls that are running then are cancelled. In and out are closed with it where
// they are io.Closers. A write that nobody reads does not keep the session from
// ending; the goroutine that waits in it is left behind.
func Stdio(in io.Reader, out io.Writer) mcp.Transport { return &stdio{in: in, out: out} }

type stdio struct {
	in  io.Reader
	out io.Writer
}

// Connect starts reading.
func (t *stdio) Connect(ctx context.Context) (mcp.Connection, error) {
	c := &lineConn{
		in:       t.in,
		out:      t.out,
		lines:    make(chan line),
		outgoing: make(chan outLine),
		pending:  newPending(),
		closed:   make(chan struct{}),
	}
	go c.watch(ctx)
	go c.readLines()
	go c.writeLines()
	return c, nil
}

// lineConn is a connection over Stdio.
type lineConn struct {
	in       io.Reader
	out      io.Writer
	lines    chan line
	outgoing chan outLine
	pending  *pending

	ended error     // what Read returns when all is answered, nil while there is input
	until time.Time // when it returns that at the latest

	closing  sync.Once
	closed   chan struct{}
	closeErr error

	mu      sync.Mutex
	writing bool // a write runs; none begins after closed was closed
}

var _ mcp.Connection = (*lineConn)(nil)

// watch closes the connection when its context ends: a read that blocks does not
// see that.
func (c *lineConn) watch(ctx context.Context) {
	select {
	case <-ctx.Done():
		_ = c.Close() // every further Close returns its error
	case <-c.closed:
	}
}

// Read returns the next message. What is none is answered here. The SDK cancels
// all calls at the end, so that Read does not tell it before they are answered.
func (c *lineConn) Read(ctx context.Context) (jsonrpc.Message, error) {
	for c.ended == nil {
		select {
		case <-ctx.Done():
			return nil, ctx.Err()
		case <-c.closed:
			return nil, io.EOF
		case l := <-c.lines:
			if l.err != nil {
				c.ended, c.until = l.err, time.Now().Add(drainTime)
			}
			msg, err := c.accept(ctx, l)
			switch {
			case msg != nil:
				return msg, nil
			case err != nil && c.ended == nil:
				return nil, err
			}
		}
	}
	c.drain(ctx)
	_ = c.Close() // a write that still waits is given up
	if ctx.Err() != nil {
		return nil, ctx.Err()
	}
	return nil, c.ended
}

// accept makes a message of a line, and answers what is none. Both are nil for
// what needs no answer.
func (c *lineConn) accept(ctx context.Context, l line) (jsonrpc.Message, error) {
	if l.err != nil {
		var cancel context.CancelFunc
		ctx, cancel = context.WithDeadline(ctx, c.until)
		defer cancel()
	}
	msg, bad := decode(l)
	if msg != nil {
		var err error
		if bad, err = c.admit(ctx, msg); err != nil {
			return nil, err
		}
	}
	if bad != nil {
		return nil, c.send(ctx, outLine{text: bad})
	}
	return msg, nil
}

// admit keeps account of the requests that are to be answered, and waits until
// there is room for one more. Bad is the answer to a request that reuses an id.
func (c *lineConn) admit(ctx context.Context, msg jsonrpc.Message) (bad []byte, err error) {
	req, ok := msg.(*jsonrpc.Request)
	if !ok {
		return nil, nil
	}
	if !req.IsCall() {
		c.pending.cancel(cancelledBy(req))
		return nil, nil
	}
	if err := c.await(ctx, maxPending); err != nil {
		return nil, err
	}
	if !c.pending.add(req.ID) {
		return refuseReuse(req.ID), nil
	}
	return nil, nil
}

// drain waits after the end of the input until all is answered, as long as that
// may take.
func (c *lineConn) drain(ctx context.Context) {
	ctx, cancel := context.WithDeadline(ctx, c.until)
	defer cancel()
	_ = c.await(ctx, 1) // whatever is not answered by then is cancelled
}

// await waits until fewer than n requests are unanswered.
func (c *lineConn) await(ctx context.Context, n int) error {
	for !c.pending.fewer(n) {
		select {
		case <-c.pending.changed:
		case <-ctx.Done():
			return ctx.Err()
		case <-c.closed:
			return io.EOF
		}
	}
	return nil
}

// Close ends the connection; further calls return what the first did. While a
// write runs it does not wait for the streams to close: some wait for the write,
// which nobody may read.
func (c *lineConn) Close() error {
	c.closing.Do(func() {
		if c.end() {
			go func() { _ = c.closeEnds() }()
			return
		}
		c.closeErr = c.closeEnds()
	})
	return c.closeErr
}

// end makes everything that waits give up, and reports whether a write runs.
func (c *lineConn) end() (writing bool) {
	c.mu.Lock()
	defer c.mu.Unlock()
	close(c.closed)
	return c.writing
}

func (c *lineConn) closeEnds() error {
	var errs []error
	for _, end := range []any{c.in, c.out} {
		if closer, ok := end.(io.Closer); ok {
			errs = append(errs, closer.Close())
		}
	}
	return errors.Join(errs...)
}

// SessionID returns "": there is one session per process.
func (c *lineConn) SessionID() string { return "" }
