package rest

import (
	"encoding/json"
	"errors"
	"net/http"
	"regexp"
	"strconv"
	"time"

	"github.com/agentsdk-go/airbyte/sandbox/internal/pylon"
)

// Options changes how the API behaves.
type Options struct {
	// Token is the one that is accepted.
	Token string
	// OtherRegionToken is refused as a token of the service's other region.
	OtherRegionToken string
	// RateLimits turns the limits per route and minute on. Without it every
	// answer says that only one call has been used.
	RateLimits bool
	// RetryAfterToo sends Retry-After beside X-Retry-After with a 429.
	RetryAfterToo bool
	// MaxBody is the largest body of a request in bytes: 10 MiB when 0.
	MaxBody int64
	// Now is the clock of the rate limits: time.Now when nil.
	Now func() time.Time
}

const defaultMaxBody = 10 << 20

// Handler is the REST API of one organization. It is safe for concurrent use.
type Handler struct {
	org     *pylon.Organization
	options Options
	mux     *http.ServeMux
	limits  limiter
}

// NewHandler returns the API of an organization. Paths start at the root: the
// issues are at /issues.
func NewHandler(org *pylon.Organization, opts Options) *Handler {
	if opts.MaxBody == 0 {
		opts.MaxBody = defaultMaxBody
	}
	if opts.Now == nil {
		opts.Now = time.Now
	}
	h := &Handler{org: org, options: opts, mux: http.NewServeMux(), limits: limiter{now: opts.Now}}
	for _, route := range pylon.Routes() {
		names := placeholders(route.Pattern)
		h.mux.HandleFunc(route.Method+" "+route.Pattern, func(w http.ResponseWriter, r *http.Request) {
			h.answer(w, r, route, names)
		})
	}
	return h
}

var placeholder = regexp.MustCompile(`\{(\w+)\}`)

func placeholders(pattern string) []string {
	var names []string
	for _, match := range placeholder.FindAllStringSubmatch(pattern, -1) {
		names = append(names, match[1])
	}
	return names
}

// ServeHTTP answers one request.
func (h *Handler) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	if refusal := h.unknown(r); refusal != nil {
		h.refuse(w, pylon.Route{}, refusal)
		return
	}
	h.mux.ServeHTTP(w, r)
}

// answer runs the checks in the service's order, and then the route.
func (h *Handler) answer(w http.ResponseWriter, r *http.Request, route pylon.Route, names []string) {
	if refusal := h.checkToken(r.Header.Get("Authorization")); refusal != nil {
		h.refuse(w, route, refusal)
		return
	}
	if !h.admit(w, route) {
		return
	}
	req, err := h.read(w, r, names)
	var body json.RawMessage
	if err == nil {
		body, err = h.org.Serve(route, req)
	}
	if req.Form != nil {
		defer req.Form.RemoveAll() //nolint:errcheck // the form is in memory: there is nothing to remove
	}
	if err != nil {
		h.refuse(w, route, refusalOf(err))
		return
	}
	h.send(w, http.StatusOK, body, h.org.RequestID(route, true))
}

// refusalOf takes an error that is not the service's own for a failure of the
// service.
func refusalOf(err error) *pylon.Error {
	if refusal, ok := errors.AsType[*pylon.Error](err); ok {
		return refusal
	}
	return &pylon.Error{Status: http.StatusInternalServerError, Message: "Internal error: " + err.Error(), Code: "internal_error"}
}

// admit counts the call, and refuses it when there are too many.
func (h *Handler) admit(w http.ResponseWriter, route pylon.Route) bool {
	remaining, wait := route.PerMinute-1, time.Duration(0)
	if h.options.RateLimits {
		remaining, wait = h.limits.take(route)
	}
	w.Header().Set("X-Rate-Limit-Remaining", strconv.Itoa(max(remaining, 0)))
	if wait == 0 {
		return true
	}
	seconds := strconv.Itoa(int((wait + time.Second - 1) / time.Second))
	w.Header().Set("X-Retry-After", seconds)
	if h.options.RetryAfterToo {
		w.Header().Set("Retry-After", seconds)
	}
	h.refuse(w, route, &pylon.Error{
		Status: http.StatusTooManyRequests, Message: "Too many requests: wait as long as X-Retry-After says", Code: "rate_limited",
	})
	return false
}
