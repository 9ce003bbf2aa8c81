package pylon

import (
	"encoding/json"
	"mime/multipart"
	"net/url"
	"slices"

	"github.com/agentsdk-go/airbyte/sandbox/internal/plainjson"
)

// Route is one operation of the service's own REST API.
type Route struct {
	Method    string // such as GET
	Pattern   string // such as /issues/{id}/messages
	PerMinute int    // calls that the service allows per minute

	run   func(*Organization, Request) (any, error)
	reads bool // leaves the records alone, whatever its method
}

// Request is a call of a [Route], its parts still as they were sent.
type Request struct {
	Path  map[string]string // the values of the pattern's placeholders, unescaped
	Query url.Values
	Body  json.RawMessage // nil when the request has none
	Form  *multipart.Form // of a multipart request, otherwise nil
}

// Routes returns the operations of the REST API.
func Routes() []Route {
	return slices.Concat(supportRoutes(), workspaceRoutes(), libraryRoutes(), insightRoutes())
}

// Serve runs one route. The answer is the JSON body without request_id, which
// the HTTP layer adds. A refusal is an [*Error].
func (o *Organization) Serve(r Route, req Request) (json.RawMessage, error) {
	if r.reads {
		o.mu.RLock()
		defer o.mu.RUnlock()
	} else {
		o.mu.Lock()
		defer o.mu.Unlock()
	}
	body, err := r.run(o, req)
	if err != nil {
		return nil, err
	}
	return plainjson.Encode(body) // under the lock: the body points into live records
}

// RequestID returns the id of a request. A write that went through takes it
// from the counter that the hosted operations take theirs from, so that the
// records of a run of writes get the same ids through either face; all others
// have a counter of their own.
func (o *Organization) RequestID(r Route, ok bool) string {
	if r.reads || !ok {
		return deriveID("rest-request", int(o.requests.Add(1)))
	}
	o.mu.Lock()
	defer o.mu.Unlock()
	return o.newID("request")
}
