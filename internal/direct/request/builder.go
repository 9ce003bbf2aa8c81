package request

import (
	"encoding/json"
	"net/http"
	"time"

	"github.com/agentsdk-go/airbyte/internal/fault"
	"github.com/agentsdk-go/airbyte/internal/manifest"
)

// Options are what a manifest and a program say about all operations.
type Options struct {
	Scoping          []manifest.Scope // parameters that the configuration fills in
	OptionalDefaults bool             // send defaults of optional query parameters too
	Now              func() time.Time // clock of defaults that are dates; nil: time.Now
}

// Request is what one call sends, without the address of the service and
// without credentials.
type Request struct {
	Method string
	Path   string      // escaped, begins with "/"
	Query  string      // encoded, without "?"
	Header http.Header // Content-Type only with a body, or when a parameter sets it; never nil
	Body   []byte      // nil: there is none
}

// Builder makes the requests of one operation. It is safe for concurrent use.
type Builder struct {
	method   string
	path     pathTemplate
	slots    *slots
	required []parameter
	query    []parameter
	headers  []headerParameter
	body     body // nil: the operation sends none
	options  Options
}

// Compile prepares an operation. The error tells what is wrong with the
// manifest, and matches fault.ErrConfig.
func Compile(op *manifest.Operation, opts Options) (*Builder, error) {
	if opts.Now == nil {
		opts.Now = time.Now
	}
	b := &Builder{method: op.Method, slots: newSlots(), options: opts}
	params, err := b.declare(op)
	if err != nil {
		return nil, err
	}
	if b.path, err = compilePath(op.Path, params); err != nil {
		return nil, err
	}
	if b.headers, err = compileHeaders(params); err != nil {
		return nil, err
	}
	if b.body, err = compileBody(op.Body, params, b.slots); err != nil {
		return nil, err
	}
	if !isGraphQL(op) { // variables carry the values; in an address they would reach access logs
		b.query = travelling(params, "query")
	}
	b.slots.scope(opts.Scoping)
	return b, nil
}

func isGraphQL(op *manifest.Operation) bool {
	return op.Body != nil && op.Body.Kind == manifest.BodyGraphQL
}

// Build makes the request of one call. Params is a JSON object, nil and null
// are an empty one; values is the configuration. What the call can mend
// is an error that matches fault.ErrValidation, and nothing was sent.
func (b *Builder) Build(params json.RawMessage, values map[string]string) (*Request, error) {
	args, err := b.resolve(params, values)
	if err != nil {
		return nil, err
	}
	req := &Request{Method: b.method, Query: b.path.query}
	if req.Path, err = b.path.build(args); err != nil {
		return nil, err
	}
	if len(b.query) > 0 {
		req.Query = buildQuery(b.path.query, b.query, args)
	}
	if req.Header, err = buildHeaders(b.headers, args); err != nil {
		return nil, err
	}
	if b.body == nil {
		return req, nil
	}
	return req, b.addBody(req, args)
}

func (b *Builder) addBody(req *Request, args *arguments) error {
	payload, err := b.body.build(args)
	if err != nil || payload.data == nil {
		return err
	}
	req.Body = payload.data
	// A parameter may name a vendor's JSON type, but only we know the boundary.
	if payload.boundary || req.Header["Content-Type"] == nil {
		req.Header["Content-Type"] = []string{payload.contentType}
	}
	return nil
}

// broken is a mistake in the manifest.
func broken(message string) error {
	return &fault.Error{Kind: fault.Config, Message: message}
}
