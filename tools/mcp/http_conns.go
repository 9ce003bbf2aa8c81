package mcp

import (
	"net"
	"net/http"
	"sync"
)

// silence holds the connections on which no request has come whole yet. The
// Shutdown of an http.Server gives each of them five seconds to become one.
type silence struct {
	mu     sync.Mutex
	closed bool
	conns  map[net.Conn]struct{}
}

// watch is the ConnState of an http.Server.
func (s *silence) watch(conn net.Conn, state http.ConnState) {
	s.mu.Lock()
	defer s.mu.Unlock()
	switch {
	case state != http.StateNew:
		delete(s.conns, conn)
	case s.closed:
		_ = conn.Close() // the server notices
	default:
		s.conns[conn] = struct{}{}
	}
}

// end closes them, and those that still come.
func (s *silence) end() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.closed = true
	for conn := range s.conns {
		_ = conn.Close() // the server notices
	}
}
