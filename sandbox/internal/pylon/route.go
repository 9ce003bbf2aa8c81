package pylon

import (
	"encoding/json"
	"mime/multipart"
	"net/url"
	"slices"
)

// Route is one operation of the service's own REST API.
type Route struct {
	Method    string // such as GET
	Pattern   string // such as /issues/{id}/messages
	PerMinute int    // calls that the service allows per minute

	run func(*Organization, Request) (any, error)
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
func (o *Organization) Serve(r Route, req Request) (any, error) {
	if r.Method == "GET" {
		o.mu.RLock()
		defer o.mu.RUnlock()
	} else {
		o.mu.Lock()
		defer o.mu.Unlock()
	}
	return r.run(o, req)
}
