package direct

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"net/http"
	"net/url"
	"sync"
	"time"

	"github.com/agentsdk-go/airbyte/internal/direct/auth"
	"github.com/agentsdk-go/airbyte/internal/direct/response"
	"github.com/agentsdk-go/airbyte/internal/fault"
	"github.com/agentsdk-go/airbyte/internal/httpx"
	"github.com/agentsdk-go/airbyte/internal/manifest"
	"github.com/agentsdk-go/airbyte/internal/template"
)

// Client calls one service. It is safe for concurrent use.
type Client struct {
	doc        *manifest.Document
	values     map[string]string
	server     *server
	auth       *auth.Authenticator
	http       *httpx.Client
	secrets    *httpx.Secrets
	limits     limits
	defaults   bool
	userAgent  string
	now        func() time.Time
	operations sync.Map // "entity.action" to *operation
}

// Result is what an operation answered.
type Result struct {
	Data    json.RawMessage // nil when the service sent nothing
	Compact bool            // Data has no white space between its tokens
	HasMore bool
	Cursor  string // pass it as the parameter "cursor" for the next page
	Warning string
	Partial bool            // the service says that some of the data is missing; Warning tells why
	Raw     json.RawMessage // what the meta extractor found, nil without one

	// Sent is the records as the service counts them, before the manifest's filter.
	Sent json.RawMessage
}

// Execute runs one operation. Its parameters are a JSON object that package
// connector has checked. Errors are of type *[fault.Error].
func (c *Client) Execute(ctx context.Context, entity, action string, params json.RawMessage) (*Result, error) {
	op, err := c.operation(entity, action)
	if err != nil {
		return nil, err
	}
	params, page, err := op.pages.take(params)
	if err != nil {
		return nil, err
	}
	sent, err := c.prepare(op, params, page)
	if err != nil {
		return nil, err
	}
	res, err := c.send(ctx, op, sent)
	if err != nil {
		return nil, err
	}
	answer, err := op.reader.Read(response.Answer{Status: res.Status, Header: res.Header, Body: res.Body}, c.env(op))
	if err != nil {
		return nil, c.clean(err)
	}
	result := &Result{
		Data: answer.Data, Compact: answer.Compact, Warning: answer.Warning, Partial: answer.Partial, Raw: answer.Meta, Sent: answer.Sent,
	}
	if err := c.auth.StoreError(); err != nil {
		result.Warning = warn(result.Warning, err.Error())
	}
	op.pages.finish(result, step{params: params, page: page, base: sent.base, path: sent.path, key: c.auth.QueryKey()})
	c.hideSecrets(result)
	return result, nil
}

// hideSecrets takes credentials out of what the service said beside the data:
// services repeat what they were sent, and a model reads it.
func (c *Client) hideSecrets(result *Result) {
	result.Warning = c.secrets.Redact(result.Warning)
	if clean := c.secrets.Redact(string(result.Raw)); clean != string(result.Raw) {
		result.Raw = json.RawMessage(clean)
	}
	if c.secrets.Redact(result.Cursor) != result.Cursor {
		result.Cursor = ""
		result.Warning = warn(result.Warning, "the service's cursor of the next page holds a credential")
	}
}

// warn puts a remark behind the others.
func warn(said, more string) string {
	if said == "" {
		return more
	}
	return said + "; " + more
}

// Close releases idle connections.
func (c *Client) Close() { c.http.Close() }

// env is what the templates of an operation see beside a record.
func (c *Client) env(op *operation) template.Env {
	if op.Filter == "" && len(op.Transform) == 0 {
		return template.Env{}
	}
	return c.fullEnv()
}

func (c *Client) fullEnv() template.Env {
	config := maps.Clone(c.values)
	maps.Copy(config, c.auth.Values())
	return template.Env{Vars: map[string]json.RawMessage{"config": encode(config)}, Now: c.now()}
}

func encode(v any) json.RawMessage {
	raw, err := json.Marshal(v)
	if err != nil { // strings and maps of them do not fail
		panic(err)
	}
	return raw
}

// sending is a request on its way, without credentials.
type sending struct {
	method string
	path   string // escaped, behind the base address
	query  string
	header http.Header
	body   []byte
	base   *url.URL // set when it is sent: it can come with a token
	file   *url.URL // the whole address instead of path and query, for a file on the service's own host
}

// prepare makes the request of a call, with everything that can be known
// before it is sent checked.
func (c *Client) prepare(op *operation, params json.RawMessage, page string) (*sending, error) {
	if err := c.hasConfig(op); err != nil {
		return nil, err
	}
	built, err := op.builder.Build(params, c.values)
	if err != nil {
		return nil, err
	}
	s := &sending{method: built.Method, path: built.Path, query: built.Query, header: built.Header, body: built.Body}
	if s.header == nil {
		s.header = http.Header{}
	}
	if page != "" {
		s.query, err = op.pages.replaceQuery(s.query, page)
	}
	return s, err
}

// address is where the request goes.
func (s *sending) address() (*url.URL, error) {
	if s.file != nil {
		return s.file, nil
	}
	escaped := s.base.EscapedPath() + s.path
	path, err := url.PathUnescape(escaped)
	if err != nil {
		return nil, failure(fault.Validation, "path %q cannot be sent: %v", escaped, err)
	}
	return &url.URL{Scheme: s.base.Scheme, Host: s.base.Host, Path: path, RawPath: escaped, RawQuery: s.query}, nil
}

// send sends a request with credentials and reads the answer.
func (c *Client) send(ctx context.Context, op *operation, s *sending) (*httpx.Response, error) {
	var res *httpx.Response
	err := c.authorized(ctx, op, s, func(req *httpx.Request) error {
		var err error
		res, err = c.http.Do(ctx, req)
		return err
	})
	return res, err
}

// stream is send with the answer unread.
func (c *Client) stream(ctx context.Context, op *operation, s *sending) (*httpx.Stream, error) {
	var res *httpx.Stream
	err := c.authorized(ctx, op, s, func(req *httpx.Request) error {
		var err error
		res, err = c.http.Stream(ctx, req)
		return err
	})
	return res, err
}

// authorized runs do with a request that carries credentials. After a 401 they
// are renewed, where they can be, and do runs once more.
func (c *Client) authorized(ctx context.Context, op *operation, s *sending, do func(*httpx.Request) error) error {
	grant, err := c.auth.Grant(ctx)
	if err != nil {
		return c.clean(err)
	}
	failed := c.attempt(op, s, grant, do)
	if refused, ok := errors.AsType[*httpx.Error](failed); ok && refused.Status == http.StatusUnauthorized {
		newer, renewed, err := c.auth.Renew(ctx, grant)
		if err != nil {
			return c.clean(err)
		}
		if renewed {
			failed = c.attempt(op, s, newer, do)
		}
	}
	return explained(failed)
}

// attempt runs do once.
func (c *Client) attempt(op *operation, s *sending, grant auth.Grant, do func(*httpx.Request) error) error {
	base, err := c.server.address(c.values, c.auth.Values())
	if err != nil {
		return err
	}
	s.base = base
	req, err := c.request(op, s, grant)
	if err != nil {
		return err
	}
	return do(req)
}

// request is s with credentials. The header is copied: it is sent twice with
// different ones when they are renewed.
func (c *Client) request(op *operation, s *sending, grant auth.Grant) (*httpx.Request, error) {
	target, err := s.address()
	if err != nil {
		return nil, err
	}
	header := s.header.Clone()
	if header.Get("User-Agent") == "" {
		header.Set("User-Agent", c.userAgent)
	}
	if header.Get("Accept") == "" {
		header.Set("Accept", op.accept())
	}
	u := *target
	u.RawQuery = grant.Apply(header, u.RawQuery)
	return &httpx.Request{
		Method: s.method, URL: &u, Header: header, Body: s.body, Write: op.writes, Follow: !op.writes, Timeout: attemptTimeout,
		Private: s.file != nil,
		Gate:    c.limits.gate(op.Operation),
	}, nil
}

// explained makes a fault of what the transport returned.
func explained(err error) error {
	sent, ok := errors.AsType[*httpx.Error](err)
	if !ok {
		return err
	}
	e := &fault.Error{Kind: sent.Kind, Status: sent.Status, RetryAfter: sent.RetryAfter, Message: sent.Message, Err: err}
	e.Hint = hint(e)
	return e
}

// clean takes secrets out of a fault that did not come through the transport:
// the service's words may repeat them.
func (c *Client) clean(err error) error {
	e, ok := errors.AsType[*fault.Error](err)
	if !ok {
		return err
	}
	if text := c.secrets.Redact(e.Message); text != e.Message {
		copied := *e
		copied.Message, copied.Err = text, nil // the cause may say it again
		return &copied
	}
	return err
}

func failure(kind fault.Kind, format string, args ...any) *fault.Error {
	return &fault.Error{Kind: kind, Message: fmt.Sprintf(format, args...)}
}
