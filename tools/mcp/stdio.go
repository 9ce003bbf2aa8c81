package mcp

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"sync"

	"github.com/modelcontextprotocol/go-sdk/jsonrpc"
	"github.com/modelcontextprotocol/go-sdk/mcp"
)

// MaxLine is how many bytes a message may have over Stdio.
const MaxLine = 16 << 20

// Stdio returns a transport of one JSON-RPC message per line, from in and to out:
// for a server that a client starts as a program, os.Stdin and os.Stdout.
//
// Unlike the SDK's own it outlives what is no message. A line that is not JSON, no
// JSON-RPC message, longer than MaxLine or a batch (which MCP has given up) is
// answered with a JSON-RPC error, and the session goes on.
//
// The session ends when in ends or when the context of the connection does;
// calls that are running then are cancelled. In and out are closed with it where
// they are io.Closers.
func Stdio(in io.Reader, out io.Writer) mcp.Transport { return &stdio{in: in, out: out} }

type stdio struct {
	in  io.Reader
	out io.Writer
}

// Connect starts reading.
func (t *stdio) Connect(ctx context.Context) (mcp.Connection, error) {
	c := &lineConn{in: t.in, out: t.out, lines: make(chan line), writing: make(chan struct{}, 1), closed: make(chan struct{})}
	go c.watch(ctx)
	go c.readLines()
	return c, nil
}

// lineConn is a connection over Stdio.
type lineConn struct {
	in      io.Reader
	out     io.Writer
	writing chan struct{} // holds one element while a line is written
	lines   chan line
	ended   error // what Read returns from now on, nil while there is input

	closing  sync.Once
	closed   chan struct{}
	closeErr error
}

// line is what one reading of the input gave.
type line struct {
	text []byte
	long bool  // the line was longer than MaxLine and is left out
	err  error // the input ended, with or without a last line
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

// readLines reads on its own, because a read of standard input cannot be
// interrupted on every system: Read gives up on it, and it ends with the input.
func (c *lineConn) readLines() {
	r := bufio.NewReaderSize(c.in, 64<<10)
	for {
		next := readLine(r)
		select {
		case c.lines <- next:
		case <-c.closed:
			return
		}
		if next.err != nil {
			return
		}
	}
}

// readLine reads up to a line break. It holds no more than MaxLine bytes.
func readLine(r *bufio.Reader) line {
	var l line
	for {
		part, err := r.ReadSlice('\n')
		if l.long = l.long || len(l.text)+len(part) > MaxLine; l.long {
			l.text = nil
		} else {
			l.text = append(l.text, part...)
		}
		if errors.Is(err, bufio.ErrBufferFull) {
			continue
		}
		l.err = err
		return l
	}
}

// Read returns the next message. What is none is answered here.
func (c *lineConn) Read(ctx context.Context) (jsonrpc.Message, error) {
	for c.ended == nil {
		select {
		case <-ctx.Done():
			return nil, ctx.Err()
		case <-c.closed:
			return nil, io.EOF
		case l := <-c.lines:
			c.ended = l.err
			msg, bad := decode(l)
			if msg != nil {
				return msg, nil
			}
			if bad == nil || l.err != nil { // nobody waits for an answer to a line that broke off
				continue
			}
			if err := c.write(bad); err != nil {
				return nil, err
			}
		}
	}
	return nil, c.ended
}

// Write sends a message.
func (c *lineConn) Write(ctx context.Context, msg jsonrpc.Message) error {
	if ctx.Err() != nil {
		return ctx.Err()
	}
	b, err := encode(msg)
	if err != nil {
		return fmt.Errorf("encode message: %w", err)
	}
	return c.write(b)
}

// write sends one line whole. A client may have stopped reading, so waiting for
// the line before ends with the connection.
func (c *lineConn) write(b []byte) error {
	select {
	case c.writing <- struct{}{}:
	case <-c.closed:
		return io.ErrClosedPipe
	}
	defer func() { <-c.writing }()
	_, err := c.out.Write(append(b, '\n'))
	return err
}

// Close ends the connection; further calls return what the first did.
func (c *lineConn) Close() error {
	c.closing.Do(func() {
		close(c.closed)
		var errs []error
		for _, end := range []any{c.in, c.out} {
			if closer, ok := end.(io.Closer); ok {
				errs = append(errs, closer.Close())
			}
		}
		c.closeErr = errors.Join(errs...)
	})
	return c.closeErr
}

// SessionID returns "": there is one session per process.
func (c *lineConn) SessionID() string { return "" }
