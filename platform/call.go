package platform

import (
	"context"
	"errors"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"time"

	"github.com/agentsdk-go/airbyte/internal/httpx"
)

// How long one attempt may take. A connector's action runs a call to a third
// party behind the API and needs longer.
const (
	shortTimeout = 30 * time.Second
	longTimeout  = 300 * time.Second
)

// call is one request of the API, before it has a token.
type call struct {
	op      string
	method  string
	url     *url.URL
	body    []byte
	write   bool
	timeout time.Duration // 0: shortTimeout
	accept  func([]byte) error
}

func (k *call) request(header http.Header) *httpx.Request {
	req := &httpx.Request{
		Method:  k.method,
		URL:     k.url,
		Header:  header,
		Body:    k.body,
		Write:   k.write,
		Timeout: k.timeout,
		Accept:  k.accept,
	}
	if req.Timeout == 0 {
		req.Timeout = shortTimeout
	}
	return req
}

// do sends a call and reads its answer through k.accept.
func (c *Client) do(ctx context.Context, k *call) error {
	return c.authorized(ctx, k.op, func(t *token) error {
		_, err := c.http.Do(ctx, k.request(t.header))
		return err
	})
}

// authorized runs send with a token, and once more with a new one when the
// server did not take it. That holds for writes too: what was refused for its
// token was not carried out.
func (c *Client) authorized(ctx context.Context, op string, send func(*token) error) error {
	for first := true; ; first = false {
		t, err := c.tokens.get(ctx)
		if err != nil {
			return c.failed(op, err)
		}
		if err = send(t); err == nil {
			return nil
		}
		if !isUnauthorized(err) || !c.tokens.refused(t) || !first {
			return c.failed(op, err)
		}
	}
}

func isUnauthorized(err error) bool {
	sent, ok := errors.AsType[*httpx.Error](err)
	return ok && sent.Status == http.StatusUnauthorized
}

// fetch sends a call and decodes its JSON answer.
func fetch[T any](ctx context.Context, c *Client, k *call) (*T, error) {
	var out *T
	k.accept = func(body []byte) (err error) {
		out, err = decode[T](body)
		return err
	}
	if err := c.do(ctx, k); err != nil {
		return nil, err
	}
	return out, nil
}

// endpoint builds the URL of a route. Each segment is escaped.
func (c *Client) endpoint(query url.Values, segments ...string) *url.URL {
	u := *c.base
	u.Path += "/api/v1/" + strings.Join(segments, "/")
	if slices.ContainsFunc(segments, func(s string) bool { return url.PathEscape(s) != s }) {
		u.RawPath = c.base.EscapedPath() + "/api/v1/" + strings.Join(mapped(segments, url.PathEscape), "/")
	}
	u.RawQuery = query.Encode()
	return &u
}

func mapped(list []string, f func(string) string) []string {
	out := make([]string, len(list))
	for i, s := range list {
		out[i] = f(s)
	}
	return out
}

// checkID refuses what cannot be one segment of a path: an empty id would
// address the whole collection, dots would climb out of it.
func checkID(op, what, id string) error {
	switch strings.TrimSpace(id) {
	case "":
		return invalid(op, "%s is empty", what)
	case ".", "..":
		return invalid(op, "%s %q is not an id", what, id)
	}
	return nil
}
