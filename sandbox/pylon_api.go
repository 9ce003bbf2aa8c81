package sandbox

import (
	"net/http"
	"strings"
	"sync"

	"github.com/agentsdk-go/airbyte/sandbox/internal/rest"
)

// The API tokens that the Pylon API of the sandbox knows. They are fake and work
// nowhere else.
const (
	// PylonToken is accepted.
	PylonToken = "sandbox-pylon-token-that-is-fake" //nolint:gosec // works on the loopback simulator only
	// PylonEUToken is refused as a token of the other region: 401 with the code
	// wrong_region_token. Any other token is refused with invalid_api_token.
	PylonEUToken = "sandbox-pylon-eu-token-that-is-fake" //nolint:gosec // works nowhere
)

// pylonPrefix keeps the Pylon API apart from the platform's on one port.
const pylonPrefix = "/pylon"

// PylonURL is the base URL of Pylon's own REST API, without a trailing slash:
// issues are at PylonURL() + "/issues". It serves the records that the connector
// [ConnectorID] works on, and takes [PylonToken].
func (s *Sandbox) PylonURL() string { return s.url + pylonPrefix }

// newPylonAPI makes the handler when the first request needs it, so that Start
// does not wait for the data.
func (s *Sandbox) newPylonAPI() func() *rest.Handler {
	return sync.OnceValue(func() *rest.Handler {
		return rest.NewHandler(s.organizations[0].pylon(), rest.Options{
			Token:            PylonToken,
			OtherRegionToken: PylonEUToken,
			RateLimits:       s.config.pylonRateLimits,
			RetryAfterToo:    s.config.pylonRetryAfter,
			Now:              s.config.now,
		})
	})
}

func isPylon(r *http.Request) bool {
	return r.URL.Path == pylonPrefix || strings.HasPrefix(r.URL.Path, pylonPrefix+"/")
}

// servePylon answers one request of the Pylon API. A request without a route
// gets the service's own refusal, and is complained about.
func (s *Sandbox) servePylon(w http.ResponseWriter, r *http.Request) {
	api := s.pylonAPI()
	inner := http.StripPrefix(pylonPrefix, api)
	if s.hasPylonRoute(api, r) {
		s.receive(w, r, route{name: RoutePylon, serve: inner})
		return
	}
	entry := s.log.add(r, "", nil)
	s.log.complain(r.Method + " " + r.URL.Path + " is no route of the sandbox")
	inner.ServeHTTP(&recorder{ResponseWriter: w, log: &s.log, entry: entry}, r)
}

func (s *Sandbox) hasPylonRoute(api *rest.Handler, r *http.Request) bool {
	found := false
	probe := http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) { found = api.Serves(r) })
	http.StripPrefix(pylonPrefix, probe).ServeHTTP(&buffer{}, r)
	return found
}

// WithPylonRateLimits makes the Pylon API count calls per route and minute, and
// refuse those beyond the limits that Pylon has published: 30, 120 or 300. The
// default is not to count.
func WithPylonRateLimits() Option {
	return func(c *config) error {
		c.pylonRateLimits = true
		return nil
	}
}

// WithPylonRetryAfter makes the Pylon API send Retry-After beside X-Retry-After
// when it limits calls. Whether the real one does is not known.
func WithPylonRetryAfter() Option {
	return func(c *config) error {
		c.pylonRetryAfter = true
		return nil
	}
}

// WithPylonLastPagination makes the Pylon API send a pagination object, with an
// empty cursor, with the last page of a list too. The default is to leave it
// out; both have been seen.
func WithPylonLastPagination() Option {
	return func(c *config) error {
		c.pylonLastPagination = true
		return nil
	}
}

// WithPylonEmptyData makes the Pylon API answer a search without a result with
// "data": []. The default is to leave data out, as the real one was seen to do.
func WithPylonEmptyData() Option {
	return func(c *config) error {
		c.pylonEmptyData = true
		return nil
	}
}
