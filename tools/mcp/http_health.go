package mcp

import (
	"context"
	"log/slog"
	"net/http"
	"sync"
	"time"

	"golang.org/x/sync/singleflight"

	"github.com/agentsdk-go/airbyte/internal/envelope"
)

const (
	livePath  = "/healthz"
	readyPath = "/readyz"
)

const (
	// readyFor is how long the answer of a readiness check holds.
	readyFor = 5 * time.Second
	// checkTimeout is how long a check may take.
	checkTimeout = 5 * time.Second
)

// readiness asks a check whether calls can be answered, seldom and one at a time.
type readiness struct {
	check  func(context.Context) error // nil: always ready
	logger *slog.Logger

	flight singleflight.Group
	mu     sync.Mutex
	last   verdict
}

// verdict is what a check said.
type verdict struct {
	err   error
	until time.Time // while it holds
}

func serveLive(w http.ResponseWriter, r *http.Request) {
	writeHealth(w, r, http.StatusOK, "ok")
}

func (p *readiness) serve(w http.ResponseWriter, r *http.Request, closed bool) {
	switch {
	case closed:
		writeHealth(w, r, http.StatusServiceUnavailable, "shutting down")
	case p.ask(r.Context()) != nil:
		writeHealth(w, r, http.StatusServiceUnavailable, "not ready")
	default:
		writeHealth(w, r, http.StatusOK, "ready")
	}
}

// ask returns the answer that still holds, or has the check asked.
func (p *readiness) ask(ctx context.Context) error {
	if p.check == nil {
		return nil
	}
	if v := p.known(); time.Now().Before(v.until) {
		return v.err
	}
	// The check outlives a probe that gives up, so that the next one is answered.
	ctx = context.WithoutCancel(ctx)
	_, err, _ := p.flight.Do("", func() (any, error) {
		ctx, cancel := context.WithTimeout(ctx, checkTimeout)
		defer cancel()
		err := p.check(ctx)
		if err != nil {
			p.logger.WarnContext(ctx, "readiness check failed", "error", err)
		}
		p.mu.Lock()
		defer p.mu.Unlock()
		p.last = verdict{err, time.Now().Add(readyFor)}
		return nil, err
	})
	return err
}

func (p *readiness) known() verdict {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.last
}

// serveNothing answers where nothing is, in the form in which the client expects
// its errors.
func serveNothing(w http.ResponseWriter, r *http.Request, path string) {
	text := "nothing is served at this path; MCP is at " + path
	if r.Method == http.MethodPost {
		(&answer{ResponseWriter: w}).deny(deny(http.StatusNotFound, codeRefused, text))
		return
	}
	writeStatus(w, http.StatusNotFound, text)
}

// writeHealth answers a probe: the status is for machines, the word for people.
func writeHealth(w http.ResponseWriter, r *http.Request, status int, word string) {
	if r.Method != http.MethodGet && r.Method != http.MethodHead {
		w.Header().Set("Allow", "GET, HEAD")
		status, word = http.StatusMethodNotAllowed, "use GET"
	}
	writeStatus(w, status, word)
}

func writeStatus(w http.ResponseWriter, status int, word string) {
	w.Header().Set("Content-Type", "application/json")
	w.Header().Set("Cache-Control", "no-store")
	w.WriteHeader(status)
	w.Write(envelope.Encode(struct {
		Status string `json:"status"`
	}{word}))
}
