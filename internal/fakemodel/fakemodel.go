// Package fakemodel is a model server for the tests of adapters: it gives
// scripted replies, so that a framework's own client runs without a model.
package fakemodel

import (
	"io"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"sync"
	"testing"
)

// Server gives its replies in order. It fails the test on any other request,
// and on replies that nobody fetched. It is safe for concurrent use.
type Server struct {
	URL    string       // without a path
	Client *http.Client // for use with URL

	t       *testing.T
	path    string
	replies []string

	mu     sync.Mutex
	bodies []string
}

// Start serves the replies to POST requests of path until the test ends. A
// reply that begins with "data:" or "event:" is an event stream, another one is
// JSON, with status 400 if its first member is "error".
func Start(t *testing.T, path string, replies ...string) *Server {
	t.Helper()
	s := &Server{t: t, path: path, replies: replies}
	server := httptest.NewServer(s)
	s.URL, s.Client = server.URL, server.Client()
	t.Cleanup(func() {
		server.Close()
		if n := len(s.Requests()); n != len(replies) {
			t.Errorf("the model was asked %d times, want %d", n, len(replies))
		}
	})
	return s
}

// ServeHTTP gives the next reply.
func (s *Server) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	body, err := io.ReadAll(r.Body)
	if err != nil {
		s.t.Errorf("read request: %v", err)
	}
	n := s.record(string(body))
	if r.Method != http.MethodPost || r.URL.Path != s.path || n > len(s.replies) {
		s.t.Errorf("unexpected request %d: %s %s", n, r.Method, r.URL.Path)
		w.WriteHeader(http.StatusNotFound)
		return
	}
	reply := s.replies[n-1]
	w.Header().Set("Content-Type", "application/json")
	if strings.HasPrefix(reply, "data:") || strings.HasPrefix(reply, "event:") {
		w.Header().Set("Content-Type", "text/event-stream")
	}
	if strings.HasPrefix(reply, `{"error"`) {
		w.WriteHeader(http.StatusBadRequest)
	}
	_, _ = io.WriteString(w, reply)
}

func (s *Server) record(body string) (n int) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.bodies = append(s.bodies, body)
	return len(s.bodies)
}

// Requests returns the bodies received until now, in the order of arrival.
func (s *Server) Requests() []string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return slices.Clone(s.bodies)
}
