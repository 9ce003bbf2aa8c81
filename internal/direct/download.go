package direct

import (
	"context"
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"net/url"
	"strings"

	"github.com/tidwall/gjson"
	"github.com/tidwall/sjson"

	"github.com/agentsdk-go/airbyte/internal/direct/request"
	"github.com/agentsdk-go/airbyte/internal/direct/response"
	"github.com/agentsdk-go/airbyte/internal/fault"
	"github.com/agentsdk-go/airbyte/internal/httpx"
)

// RangeParameter asks a download for a part of the file, as the header Range
// has it: bytes=0-99.
const RangeParameter = "range_header"

// Download runs a download and returns the file as it comes. The reader's
// errors are of type *[fault.Error]; close it.
func (c *Client) Download(ctx context.Context, entity string, params json.RawMessage) (io.ReadCloser, error) {
	op, err := c.operation(entity, "download")
	if err != nil {
		return nil, err
	}
	params, part, err := takeRange(params)
	if err != nil {
		return nil, err
	}
	s, err := c.prepare(op, params, "")
	if err != nil {
		return nil, err
	}
	if op.FileURL == "" {
		if part != "" {
			s.header.Set("Range", part)
		}
		return c.open(ctx, op, s)
	}
	return c.follow(ctx, op, s, params, part)
}

// open sends a request with credentials and hands its answer over unread.
func (c *Client) open(ctx context.Context, op *operation, s *sending) (io.ReadCloser, error) {
	stream, err := c.stream(ctx, op, s)
	if err != nil {
		return nil, err
	}
	return c.checked(op, stream)
}

// checked finds an error that comes as a success in place of the file. Only
// an answer that says it is JSON is read for that.
func (c *Client) checked(op *operation, stream *httpx.Stream) (io.ReadCloser, error) {
	if c.doc.ErrorCheck == nil || !strings.Contains(stream.Header.Get("Content-Type"), "json") {
		return &file{stream.Body}, nil
	}
	const most = 64 << 10 // an error is short; a longer answer is the file
	head, err := io.ReadAll(io.LimitReader(stream.Body, most))
	if err != nil {
		return nil, errors.Join(explained(err), stream.Body.Close())
	}
	if len(head) < most {
		if err := op.reader.Check(response.Answer{Status: stream.Status, Header: stream.Header, Body: head}); err != nil {
			return nil, errors.Join(c.clean(err), stream.Body.Close())
		}
	}
	return &file{&prefixed{head: head, ReadCloser: stream.Body}}, nil
}

// follow reads where the file is, and fetches it from there.
func (c *Client) follow(ctx context.Context, op *operation, s *sending, params json.RawMessage, part string) (io.ReadCloser, error) {
	res, err := c.send(ctx, op, s)
	if err != nil {
		return nil, err
	}
	if err := op.reader.Check(response.Answer{Status: res.Status, Header: res.Header, Body: res.Body}); err != nil {
		return nil, c.clean(err)
	}
	address, err := op.file.Find(res.Body, op.Operation, params)
	if err != nil {
		return nil, c.clean(err)
	}
	target, err := fileAddress(s.base, address)
	if err != nil {
		return nil, err
	}
	header := http.Header{"Accept": {"*/*"}}
	if part != "" {
		header.Set("Range", part)
	}
	if isOwn(s.base, target) {
		stream, err := c.stream(ctx, op, &sending{method: http.MethodGet, header: header, file: target})
		if err != nil {
			return nil, err
		}
		return &file{stream.Body}, nil
	}
	header.Set("User-Agent", c.userAgent)
	stream, err := c.http.Stream(ctx, &httpx.Request{
		Method: http.MethodGet, URL: target, Header: header, Follow: true, Private: true, Timeout: attemptTimeout,
	})
	if err != nil {
		return nil, abroad(explained(err), target)
	}
	return &file{stream.Body}, nil
}

// fileAddress reads where a file is: a whole address, or a path on the
// service's own host.
func fileAddress(base *url.URL, text string) (*url.URL, error) {
	u, err := url.Parse(strings.TrimSpace(text))
	if err != nil || u.User != nil {
		return nil, failure(fault.Unavailable, "the service named no usable address for the file")
	}
	// Before anything resolves them: with credentials they could lead out of
	// the service's own part of its host.
	if request.Climbs(u.EscapedPath()) {
		return nil, failure(fault.Unavailable, "the service named no usable address for the file: its path has the step \".\" or \"..\"")
	}
	if u.Scheme == "" && strings.HasPrefix(text, "/") && !strings.HasPrefix(text, "//") {
		return base.ResolveReference(u), nil
	}
	scheme := strings.ToLower(u.Scheme)
	if (scheme != "http" && scheme != "https") || u.Host == "" || u.Opaque != "" {
		return nil, failure(fault.Unavailable, "the service named no usable address for the file: it must be http or https")
	}
	if base.Scheme == "https" && scheme == "http" {
		return nil, failure(fault.Unavailable, "the file is at an http address on %s; https is needed", u.Host)
	}
	u.Scheme = scheme
	return u, nil
}

// isOwn reports whether credentials may go to target: same origin, and below
// the base's path. No step of either leads up again.
func isOwn(base, target *url.URL) bool {
	if !httpx.SameOrigin(base, target) {
		return false
	}
	prefix := strings.TrimSuffix(base.EscapedPath(), "/")
	path := target.EscapedPath()
	return path == prefix || strings.HasPrefix(path, prefix+"/")
}

// abroad tells a refusal of the file's host from one of the service.
func abroad(err error, target *url.URL) error {
	e, ok := errors.AsType[*fault.Error](err)
	if !ok {
		return err
	}
	e.Message = "the file's host " + target.Host + ": " + e.Message
	e.Hint = ""
	if e.Kind == fault.Auth || e.Kind == fault.Permission {
		e.Kind = fault.Permission // the service's credentials, which were not sent, are well
		e.Hint = "the address may have expired; ask for the file again"
	}
	return e
}

// takeRange takes the range out of the parameters of a download.
func takeRange(params json.RawMessage) (rest json.RawMessage, part string, err error) {
	value := gjson.GetBytes(params, RangeParameter)
	if !value.Exists() {
		return params, "", nil
	}
	if strings.ContainsFunc(value.String(), func(r rune) bool { return r < ' ' || r > '~' }) {
		return nil, "", failure(fault.Validation, "parameter %q must be like bytes=0-99", RangeParameter)
	}
	rest, err = sjson.DeleteBytes(params, RangeParameter)
	return rest, value.String(), err
}

// file gives the failures of a stream as faults.
type file struct{ io.ReadCloser }

func (f *file) Read(p []byte) (int, error) {
	n, err := f.ReadCloser.Read(p)
	if err == nil || errors.Is(err, io.EOF) {
		return n, err
	}
	return n, explained(err)
}

// prefixed reads what was read ahead first.
type prefixed struct {
	head []byte
	io.ReadCloser
}

func (p *prefixed) Read(b []byte) (int, error) {
	if len(p.head) > 0 {
		n := copy(b, p.head)
		p.head = p.head[n:]
		return n, nil
	}
	return p.ReadCloser.Read(b)
}
