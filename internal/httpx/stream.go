package httpx

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"sync"
	"time"
)

// Stream is a success whose body is read by the caller.
type Stream struct {
	Status int
	Header http.Header
	Length int64 // -1 when unknown
	Empty  bool  // the body has no byte
	Body   io.ReadCloser
}

// Stream sends the request like [Client.Do] and hands the body over unread.
// The request's time limit ends with the first byte of the body; from there
// the context alone bounds it, and no size limit holds. The body must be
// closed.
func (c *Client) Stream(ctx context.Context, req *Request) (*Stream, error) {
	var stream *Stream
	err := c.retry(ctx, req.Gate, func(n int) *Error {
		var failed *Error
		stream, failed = c.openStream(ctx, req, n)
		return failed
	})
	if err != nil {
		return nil, err
	}
	return stream, nil
}

func (c *Client) openStream(ctx context.Context, req *Request, n int) (*Stream, *Error) {
	limited, cancel := context.WithCancelCause(ctx)
	disarm := func() bool { return true }
	if req.Timeout > 0 {
		timer := time.AfterFunc(req.Timeout, func() { cancel(ErrTimeout) })
		disarm = timer.Stop
	}
	res, a, failed := c.open(ctx, limited, req, n)
	if failed != nil {
		disarm()
		cancel(nil)
		return nil, failed
	}
	buffered := bufio.NewReader(res.Body)
	_, err := buffered.Peek(1)
	if err != nil && !errors.Is(err, io.EOF) {
		disarm()
		closeBody(res)
		failed := a.fail(res, a.unread(limited, res.StatusCode, err))
		cancel(nil)
		return nil, failed
	}
	disarm()
	a.log(res, nil)
	body := &streamBody{from: buffered, res: res, attempt: a, limited: limited, cancel: cancel}
	return &Stream{Status: res.StatusCode, Header: res.Header, Length: res.ContentLength, Empty: err != nil, Body: body}, nil
}

// streamBody reads a handed-over body and releases its context on Close.
type streamBody struct {
	from    io.Reader
	res     *http.Response
	attempt *attempt
	limited context.Context
	cancel  context.CancelCauseFunc
	once    sync.Once
}

// Read returns io.EOF at the end and an *Error when the stream was cut.
func (b *streamBody) Read(p []byte) (int, error) {
	n, err := b.from.Read(p)
	if err == nil || errors.Is(err, io.EOF) {
		return n, err
	}
	return n, b.attempt.unread(b.limited, b.res.StatusCode, err)
}

// Close gives the connection back.
func (b *streamBody) Close() error {
	err := error(nil)
	b.once.Do(func() {
		err = b.res.Body.Close()
		b.cancel(nil)
	})
	if err != nil {
		return fmt.Errorf("close stream: %w", err)
	}
	return nil
}
