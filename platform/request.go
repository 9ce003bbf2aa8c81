package platform

import (
	"cmp"
	"context"
	"encoding/json"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"time"

	"github.com/agentsdk-go/airbyte/internal/envelope"
)

// Request is a call of a route that Client has no method for.
type Request struct {
	Op     string          // what it does, for errors: "list things"; "" names the route
	Method string          // such as "GET"
	Path   []string        // segments below /api/v1, unescaped: {"workspaces", "stats"}
	Query  url.Values      // may be nil
	Body   json.RawMessage // nil: none

	// Read says that the call changes nothing, so that it may be repeated after
	// a passing failure. GET and HEAD are reads without it.
	Read bool

	// Secrets are values of the body that errors and logs must not show: servers
	// like to repeat what they did not accept.
	Secrets []string

	Timeout time.Duration // of one attempt; 0: 30 seconds
}

// Do calls a route and returns its answer as sent, JSON; nil when the answer is
// empty. It is for what Client has no method for, and for what a method leaves
// out of an answer. The request carries the client's token and organization, and
// fails and retries as every method does. What it redacts are the client's own
// secrets and those of the request; it does not look for others in the body.
func (c *Client) Do(ctx context.Context, req Request) (json.RawMessage, error) {
	op := cmp.Or(req.Op, strings.TrimSpace(strings.ToLower(req.Method)+" /"+strings.Join(req.Path, "/")))
	if err := req.check(op); err != nil {
		return nil, err
	}
	c.secrets.Add(req.Secrets...)
	var answer json.RawMessage
	k := &call{
		op:      op,
		method:  req.Method,
		url:     c.endpoint(req.Query, req.Path...),
		body:    req.Body,
		write:   !req.reads(),
		timeout: req.Timeout,
		accept: func(body []byte) error {
			answer = body
			if len(body) == 0 {
				answer = nil
				return nil
			}
			return envelope.Valid(body)
		},
	}
	if err := c.do(ctx, k); err != nil {
		return nil, err
	}
	return answer, nil
}

func (r *Request) reads() bool {
	return r.Read || r.Method == http.MethodGet || r.Method == http.MethodHead
}

func (r *Request) check(op string) error {
	switch {
	case r.Method == "":
		return invalid(op, "the method is missing")
	case r.Method != strings.ToUpper(r.Method):
		return invalid(op, "method %q is not in capitals", r.Method)
	case len(r.Path) == 0 || slices.ContainsFunc(r.Path, func(s string) bool { return checkID(op, "segment", s) != nil }):
		return invalid(op, "a segment of the path is empty or climbs")
	case r.Body != nil && envelope.Valid(r.Body) != nil:
		return invalid(op, "the body is not valid json")
	}
	return nil
}
