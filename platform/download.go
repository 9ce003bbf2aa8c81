package platform

import (
	"context"
	"errors"
	"io"
	"maps"
	"net/http"

	"github.com/agentsdk-go/airbyte/internal/httpx"
)

// Download is a file as a stream. Body must be closed; a stream that was cut
// ends with an [Error], never with io.EOF.
type Download struct {
	Body        io.ReadCloser
	ContentType string // the service's, such as "image/png"; "" when it says none
	Disposition string // Content-Disposition, which may name the file
	Length      int64  // -1 when unknown
}

// Download fetches a file of a connector. Action and field selection of req
// are not used. The server answers a missing file with no bytes: that is
// [ErrNotFound]. The first byte must come within 300 seconds; from there the
// context alone bounds the stream.
func (c *Client) Download(ctx context.Context, connectorID string, req ExecuteRequest) (*Download, error) {
	const op = "download"
	req.Action, req.SelectFields, req.ExcludeFields = "download", nil, nil
	body, err := req.encode(op, connectorID)
	if err != nil {
		return nil, err
	}
	k := &call{
		op:      op,
		method:  http.MethodPost,
		url:     c.endpoint(nil, "integrations", "connectors", connectorID, "execute"),
		body:    body,
		timeout: longTimeout,
	}
	var stream *httpx.Stream
	err = c.authorized(ctx, op, func(t *token) (err error) {
		stream, err = c.http.Stream(ctx, k.request(anyType(t.header)))
		return err
	})
	if err != nil {
		return nil, err
	}
	if stream.Empty {
		missing := &Error{Kind: KindNotFound, Op: op, Status: stream.Status, Message: "no such file: the answer is empty"}
		return nil, joinClose(missing, stream.Body.Close())
	}
	return &Download{
		Body:        &downloadBody{client: c, body: stream.Body},
		ContentType: stream.Header.Get("Content-Type"),
		Disposition: stream.Header.Get("Content-Disposition"),
		Length:      stream.Length,
	}, nil
}

func anyType(h http.Header) http.Header {
	h = maps.Clone(h)
	h["Accept"] = []string{"*/*"}
	return h
}

func joinClose(err *Error, closing error) error {
	if closing != nil {
		err.Err = closing
	}
	return err
}

// downloadBody turns the failures of a stream into an Error.
type downloadBody struct {
	client *Client
	body   io.ReadCloser
}

func (b *downloadBody) Read(p []byte) (int, error) {
	n, err := b.body.Read(p)
	if err == nil || errors.Is(err, io.EOF) {
		return n, err
	}
	return n, b.client.failed("download", err)
}

func (b *downloadBody) Close() error { return b.body.Close() }
