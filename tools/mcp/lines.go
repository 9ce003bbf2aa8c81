package mcp

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"syscall"

	"github.com/modelcontextprotocol/go-sdk/jsonrpc"
)

// line is what one reading of the input gave.
type line struct {
	text []byte
	long bool  // the line was longer than MaxLine and is left out
	err  error // the input ended, with or without a last line
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

// outLine is a line to write.
type outLine struct {
	text    []byte
	answers jsonrpc.ID // of the request that it answers, if any
	failure bool       // the answer is an error
	written chan error // receives one, and has room for it
}

// writeLines writes on its own, because a write that nobody reads cannot be
// interrupted on every system either.
func (c *lineConn) writeLines() {
	for {
		select {
		case l := <-c.outgoing:
			err := c.writeLine(l)
			l.written <- err
			if err != nil {
				_ = c.Close() // every further Close returns its error
				return
			}
		case <-c.closed:
			return
		}
	}
}

// writeLine writes a line, except for the failure of a request that its client has
// cancelled: MCP has that one stay without an answer. The client may use the id
// again as soon as it has read the answer, hence before writeLine returns.
func (c *lineConn) writeLine(l outLine) error {
	if l.answers.IsValid() {
		cancelled, known := c.pending.answer(l.answers)
		if known {
			defer c.pending.settle()
		}
		if cancelled && l.failure {
			return nil
		}
	}
	if !c.setWriting(true) {
		return errEnded
	}
	defer c.setWriting(false)
	_, err := c.out.Write(append(l.text, '\n'))
	if errors.Is(err, syscall.EPIPE) || errors.Is(err, io.ErrClosedPipe) {
		return errEnded
	}
	return err
}

// setWriting tells Close whether a write runs, and reports whether one may.
func (c *lineConn) setWriting(running bool) (open bool) {
	c.mu.Lock()
	defer c.mu.Unlock()
	select {
	case <-c.closed:
		return false
	default:
		c.writing = running
		return true
	}
}

// errEnded is for what cannot be written because the client has gone or the
// session is over. The SDK takes io.EOF for an end, and no failure.
var errEnded = fmt.Errorf("the session has ended: %w", io.EOF)

// Write sends a message.
func (c *lineConn) Write(ctx context.Context, msg jsonrpc.Message) error {
	if ctx.Err() != nil {
		return ctx.Err()
	}
	text, err := encode(msg)
	if err != nil {
		return fmt.Errorf("encode message: %w", err)
	}
	l := outLine{text: text}
	if res, ok := msg.(*jsonrpc.Response); ok {
		l.answers, l.failure = res.ID, res.Error != nil
	}
	return c.send(ctx, l)
}

// send hands a line to writeLines and waits until it is written. A client may have
// stopped reading, so waiting ends with the context and with the connection.
func (c *lineConn) send(ctx context.Context, l outLine) error {
	l.written = make(chan error, 1)
	select {
	case c.outgoing <- l:
	case <-ctx.Done():
		return ctx.Err()
	case <-c.closed:
		return errEnded
	}
	select {
	case err := <-l.written:
		return err
	case <-ctx.Done():
		return ctx.Err()
	case <-c.closed:
	}
	select {
	case err := <-l.written: // it is why the connection is closed
		return err
	default:
		return errEnded
	}
}
