package sandbox

import (
	"crypto/sha256"
	"encoding/hex"
	"net/http"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/tidwall/gjson"
	"github.com/tidwall/sjson"
)

// maxRequests is how many requests the log keeps; counts go on beyond it.
const maxRequests = 10_000

// Request is one request that the sandbox received.
type Request struct {
	Time           time.Time   // of arrival, by the sandbox's clock
	Method         string      // as it was sent
	Path           string      // as it was sent, still escaped
	Query          string      // without the question mark; a widget token in it is replaced by "redacted"
	Route          string      // one of the Route constants, "" for an unknown route
	Entity         string      // of an execute request
	Action         string      // of an execute request
	Status         int         // 0 until answered, and when the connection was dropped
	OrganizationID string      // the X-Organization-Id header
	Header         http.Header // without Authorization and cookies
	// Bearer tells tokens apart without showing them: a fingerprint of the
	// Authorization header, "" when there was none.
	Bearer string
	// Body is what was sent, except that client secrets, connector credentials
	// and what sounds like one in a configuration are replaced by
	// "[redacted]", and so is a whole body that might hold them and is not JSON. It is nil on unknown routes.
	Body []byte
}

// requestLog keeps what arrived. It also collects what the HTTP server complains
// about: it is the writer of the server's error log.
type requestLog struct {
	now func() time.Time

	mu         sync.Mutex
	requests   []*Request
	counts     map[string]int
	unexpected []string
}

func (l *requestLog) add(r *http.Request, route string, body []byte) *Request {
	entry := &Request{
		Time:           l.now(),
		Method:         r.Method,
		Path:           r.URL.EscapedPath(),
		Query:          publicQuery(r.URL),
		Route:          route,
		OrganizationID: r.Header.Get(organizationHeader),
		Header:         withoutSecrets(r.Header),
		Bearer:         fingerprint(r.Header.Get("Authorization")),
		Body:           redact(route, body),
	}
	if route == RouteExecute {
		entry.Entity = gjson.GetBytes(body, "entity").String()
		entry.Action = gjson.GetBytes(body, "action").String()
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	if len(l.requests) == maxRequests {
		l.requests = slices.Delete(l.requests, 0, maxRequests/2) // in halves: shifting one at a time is slow
	}
	l.requests = append(l.requests, entry)
	if l.counts == nil {
		l.counts = map[string]int{}
	}
	l.counts[route]++
	return entry
}

func (l *requestLog) setStatus(entry *Request, status int) {
	l.mu.Lock()
	defer l.mu.Unlock()
	entry.Status = status
}

func (l *requestLog) complain(what string) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.unexpected = append(l.unexpected, what)
}

// Write takes one line of the HTTP server's error log, such as a panic.
func (l *requestLog) Write(line []byte) (int, error) {
	l.complain(strings.TrimSpace(string(line)))
	return len(line), nil
}

func withoutSecrets(header http.Header) http.Header {
	kept := header.Clone()
	kept.Del("Authorization")
	kept.Del("Cookie")
	return kept
}

func fingerprint(authorization string) string {
	if authorization == "" {
		return ""
	}
	sum := sha256.Sum256([]byte(authorization))
	return "sha256:" + hex.EncodeToString(sum[:6])
}

// redact hides what must not show up in a test's output, should somebody point
// a program with real credentials at the sandbox.
func redact(route string, body []byte) []byte {
	switch route {
	case RouteExecute, RouteChat, RouteResponses, RoutePylon:
		return body // these carry no credentials
	}
	if len(body) == 0 {
		return body
	}
	if !gjson.ValidBytes(body) {
		return redacted
	}
	for _, member := range secretMembers(body) {
		hidden, err := sjson.SetBytes(body, member, "[redacted]")
		if err != nil {
			return redacted
		}
		body = hidden
	}
	return body
}

var redacted = []byte(`"[redacted]"`)

// secretMembers returns the paths of what must not be shown in a body.
func secretMembers(body []byte) []string {
	var paths []string
	for _, member := range []string{"client_secret", "credentials"} {
		if gjson.GetBytes(body, member).Exists() {
			paths = append(paths, member)
		}
	}
	const config = "replication_config"
	gjson.GetBytes(body, config).ForEach(func(key, _ gjson.Result) bool {
		if soundsSecret.MatchString(key.String()) {
			paths = append(paths, config+"."+gjson.Escape(key.String()))
		}
		return true
	})
	return paths
}

var soundsSecret = regexp.MustCompile(`(?i)token|secret|password|credential|key`)

// publicQuery is the query without the one credential that travels in it.
func publicQuery(u *url.URL) string {
	const name = "widget_token"
	query := u.Query()
	if !query.Has(name) {
		return u.RawQuery
	}
	query.Set(name, "redacted")
	return query.Encode()
}

// Requests returns what has arrived so far, oldest first: the latest 5,000 at
// least. Credentials are not in it.
func (s *Sandbox) Requests() []Request {
	s.log.mu.Lock()
	defer s.log.mu.Unlock()
	requests := make([]Request, len(s.log.requests))
	for i, entry := range s.log.requests {
		requests[i] = *entry
		requests[i].Header = entry.Header.Clone()
	}
	return requests
}

// Count returns how many requests have arrived on a route, and those on unknown
// routes for "".
func (s *Sandbox) Count(route string) int {
	s.log.mu.Lock()
	defer s.log.mu.Unlock()
	return s.log.counts[route]
}

// Unexpected returns what should not have happened: requests that no route
// answers, and panics of the sandbox itself.
func (s *Sandbox) Unexpected() []string {
	s.log.mu.Lock()
	defer s.log.mu.Unlock()
	return slices.Clone(s.log.unexpected)
}

// Reset empties the request log, the counts and the fault script. What
// [Sandbox.Unexpected] has collected stays, and so does the data.
func (s *Sandbox) Reset() {
	s.faults.clear()
	s.log.mu.Lock()
	defer s.log.mu.Unlock()
	s.log.requests, s.log.counts = nil, nil
}
