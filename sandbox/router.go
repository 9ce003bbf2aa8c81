package sandbox

import (
	"bytes"
	"errors"
	"io"
	"net/http"
	"path"
	"strings"
)

// maxBody is the most that a request may send.
const maxBody = 16 << 20

// newMux registers the routes. Every one of them goes through receive.
func (s *Sandbox) newMux() *http.ServeMux {
	mux := http.NewServeMux()
	for _, r := range s.routes() {
		mux.HandleFunc(r.pattern, func(w http.ResponseWriter, req *http.Request) { s.receive(w, req, r) })
	}
	return mux
}

// serve answers one request.
func (s *Sandbox) serve(w http.ResponseWriter, r *http.Request) {
	if isPylon(r) {
		s.servePylon(w, r)
		return
	}
	if status := s.unknown(r); status != 0 {
		s.refuseUnknown(w, r, status)
		return
	}
	s.mux.ServeHTTP(w, r)
}

// unknown returns 0 for a request that has a route, else 404 or 405. Paths that
// the mux would redirect to their clean form are unknown: a client that builds
// such a path has a bug, which a redirect would hide.
func (s *Sandbox) unknown(r *http.Request) int {
	if path.Clean(r.URL.Path) != r.URL.Path {
		return http.StatusNotFound
	}
	found, pattern := s.mux.Handler(r)
	if pattern != "" {
		return 0
	}
	probe := &buffer{}
	found.ServeHTTP(probe, r)
	return probe.statusCode()
}

func (s *Sandbox) refuseUnknown(w http.ResponseWriter, r *http.Request, status int) {
	entry := s.log.add(r, "", nil)
	s.log.complain(r.Method + " " + r.URL.Path + " is no route of the sandbox")
	answer := &failure{status: status, body: detailBody{http.StatusText(status)}}
	answer.response().send(&recorder{ResponseWriter: w, log: &s.log, entry: entry})
}

// receive reads a request, logs it and answers it.
func (s *Sandbox) receive(w http.ResponseWriter, r *http.Request, matched route) {
	body, err := io.ReadAll(http.MaxBytesReader(w, r.Body, maxBody))
	entry := s.log.add(r, matched.name, body)
	out := &recorder{ResponseWriter: w, log: &s.log, entry: entry}
	switch {
	case tooLarge(err):
		refuse(http.StatusRequestEntityTooLarge, "The request is larger than %d bytes", maxBody).response().send(out)
	case err != nil:
		panic(http.ErrAbortHandler) // the client went away while it was sending
	default:
		s.answer(out, r, matched, entry, body)
	}
}

// call is one request that may use its route, on the way to the handler.
type call struct {
	request *http.Request
	body    []byte
	token   claims
	org     *organization // nil on routes that need none
}

// mayUse reports whether the token reaches the workspace.
func (c *call) mayUse(workspaceID string) bool {
	return c.token.Kind != scopedToken || c.token.WorkspaceID == workspaceID
}

func tooLarge(err error) bool {
	var limit *http.MaxBytesError
	return errors.As(err, &limit)
}

// answer does what the fault script says, or else the route's work.
func (s *Sandbox) answer(w http.ResponseWriter, r *http.Request, matched route, entry *Request, body []byte) {
	work := func(w http.ResponseWriter) {
		if matched.serve != nil {
			r.Body = io.NopCloser(bytes.NewReader(body))
			matched.serve.ServeHTTP(w, r)
			return
		}
		s.run(matched, r, body).send(w)
	}
	if fault, ok := s.faults.take(entry.Route, entry.Entity, entry.Action); ok {
		s.fail(w, r, entry.Route, fault, work)
		return
	}
	work(w)
}

// run checks who is asking and hands the call to the route's handler.
func (s *Sandbox) run(matched route, r *http.Request, body []byte) response {
	c, err := s.admit(matched.access, r, body)
	if err == nil {
		var answer response
		if answer, err = matched.handle(c); err == nil {
			return answer
		}
	}
	return failureOf(err).response()
}

func (s *Sandbox) admit(need access, r *http.Request, body []byte) (*call, error) {
	c := &call{request: r, body: body}
	if need == open {
		return c, nil
	}
	scheme, bearer, _ := strings.Cut(r.Header.Get("Authorization"), " ")
	if !strings.EqualFold(scheme, "bearer") {
		return nil, refuse(http.StatusUnauthorized, "Not authenticated: send an Authorization header with a bearer token")
	}
	var ok bool
	if c.token, ok = s.tokens.verify(strings.TrimSpace(bearer)); !ok {
		return nil, refuse(http.StatusUnauthorized, "The token is invalid or has expired")
	}
	if need == anyOrganization {
		return c, nil
	}
	if err := c.token.suits(need); err != nil {
		return nil, err
	}
	var err error
	c.org, err = s.organizationOf(r, c.token)
	return c, err
}

// suits reports whether this kind of token opens routes of that access. A
// person's token is for getting client credentials, and for nothing else.
func (t claims) suits(need access) error {
	switch {
	case need == user && t.Kind != userToken:
		return refuse(http.StatusForbidden, "The token of a person who has signed in is required")
	case need != user && t.Kind == userToken:
		return refuse(http.StatusForbidden, "An application token is required; get client credentials with the token of your sign-in")
	case need == application && t.Kind != applicationToken:
		return refuse(http.StatusForbidden, "An application token is required; a scoped token reaches only its own workspace")
	}
	return nil
}
