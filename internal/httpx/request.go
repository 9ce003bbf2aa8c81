package httpx

import (
	"bytes"
	"context"
	"io"
	"maps"
	"net/http"
	"net/url"
	"time"
)

// Request is one call. Nothing in it is changed, so that a retry sends the
// same bytes.
type Request struct {
	Method  string
	URL     *url.URL
	Header  http.Header
	Body    []byte
	Write   bool          // true: repeating it could do the work twice
	Timeout time.Duration // of one attempt; 0: the context alone bounds it

	// Follow lets redirects be followed. Whatever the request carries beyond its
	// address is left behind when one leads to another origin.
	Follow bool

	// Gate holds every attempt back until it may be sent; nil lets all pass. Its
	// error ends the call: before the first attempt as it is, and before a later
	// one in favour of what the attempt before failed with, which tells more,
	// unless the context has ended.
	Gate func(context.Context) error

	// Private keeps the query out of the log: an address that came out of an
	// answer, such as that of a file, may be signed.
	Private bool

	// Accept checks the body of a success; nil accepts every body. An error
	// counts as an unreadable answer.
	Accept func(body []byte) error
}

// Response is a success (status 2xx), read completely.
type Response struct {
	Status int
	Header http.Header
	Body   []byte
}

// build makes the request to send. Its header is a copy unless who sends it is
// known not to write into it, as a cookie jar and foreign transports may.
func (r *Request) build(ctx context.Context, mayWrite bool) *http.Request {
	header := r.Header
	if mayWrite {
		header = maps.Clone(header)
	}
	req := &http.Request{
		Method:     r.Method,
		URL:        r.URL,
		Host:       r.URL.Host,
		Header:     header,
		Proto:      "HTTP/1.1",
		ProtoMajor: 1,
		ProtoMinor: 1,
	}
	if len(r.Body) > 0 {
		req.ContentLength = int64(len(r.Body))
		req.GetBody = func() (io.ReadCloser, error) { return io.NopCloser(bytes.NewReader(r.Body)), nil }
		req.Body = io.NopCloser(bytes.NewReader(r.Body))
	}
	return req.WithContext(ctx)
}
