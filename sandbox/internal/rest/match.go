package rest

import (
	"net/http"
	"path"

	"github.com/agentsdk-go/airbyte/sandbox/internal/pylon"
)

// Serves reports whether a request has a route.
func (h *Handler) Serves(r *http.Request) bool { return h.unknown(r) == nil }

// unknown returns the refusal of a request without a route, else nil. A path
// that the mux would redirect to its clean form has none: the service does not
// redirect.
func (h *Handler) unknown(r *http.Request) *pylon.Error {
	clean := path.Clean(r.URL.EscapedPath()) == r.URL.EscapedPath()
	other, pattern := h.mux.Handler(r)
	switch {
	case !clean:
		return unknownRoute()
	case pattern != "":
		return nil
	}
	var probe statusProbe
	other.ServeHTTP(&probe, r)
	if probe.status == http.StatusMethodNotAllowed {
		return &pylon.Error{Status: http.StatusMethodNotAllowed, Message: "Method not allowed", Code: "method_not_allowed"}
	}
	return unknownRoute()
}

func unknownRoute() *pylon.Error {
	return &pylon.Error{Status: http.StatusNotFound, Message: "Not a valid API URL!", Code: "not_found"}
}

// statusProbe keeps the status of an answer and drops the rest.
type statusProbe struct {
	header http.Header
	status int
}

func (p *statusProbe) Header() http.Header {
	if p.header == nil {
		p.header = http.Header{}
	}
	return p.header
}

func (p *statusProbe) WriteHeader(status int) { p.status = status }

func (p *statusProbe) Write(b []byte) (int, error) { return len(b), nil }
