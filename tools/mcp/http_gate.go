package mcp

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"sync"
	"time"
)

// lastWords is how long cancelled calls have to tell their clients.
const lastWords = time.Second

var errShutdown = errors.New("the server is shutting down and has stopped the call")

// gate counts the requests that are being answered, lets no more in than the
// limit, and none once it is closed.
type gate struct {
	mu      sync.Mutex
	limit   int
	closed  bool
	next    int
	running map[int]context.CancelCauseFunc
	idle    chan struct{} // closed when the gate is, and nothing runs
}

func newGate(limit int) *gate {
	return &gate{limit: limit, running: make(map[int]context.CancelCauseFunc), idle: make(chan struct{})}
}

// enter lets a request in that cancel would end, or says why not. The caller must
// call leave, once.
func (g *gate) enter(cancel context.CancelCauseFunc) (leave func(), no *denial) {
	g.mu.Lock()
	defer g.mu.Unlock()
	switch {
	case g.closed:
		no = deny(http.StatusServiceUnavailable, codeRefused, "the server is shutting down; send the request again, another one will answer")
	case len(g.running) >= g.limit:
		no = deny(http.StatusServiceUnavailable, codeRefused, fmt.Sprintf("the server is answering %d requests, as many as it may; try again", g.limit))
	default:
		id := g.next
		g.next++
		g.running[id] = cancel
		return func() { g.leave(id) }, nil
	}
	no.retryAfter = time.Second
	return nil, no
}

func (g *gate) leave(id int) {
	g.mu.Lock()
	defer g.mu.Unlock()
	delete(g.running, id)
	if g.closed && len(g.running) == 0 {
		close(g.idle)
	}
}

func (g *gate) isClosed() bool {
	g.mu.Lock()
	defer g.mu.Unlock()
	return g.closed
}

// close lets nothing in any more.
func (g *gate) close() {
	g.mu.Lock()
	defer g.mu.Unlock()
	if g.closed {
		return
	}
	g.closed = true
	if len(g.running) == 0 {
		close(g.idle)
	}
}

func (g *gate) shutdown(ctx context.Context) error {
	g.close()
	select {
	case <-g.idle:
		return nil
	case <-ctx.Done():
	}
	stopped := g.cancelAll()
	if stopped == 0 {
		return nil
	}
	timer := time.NewTimer(lastWords)
	defer timer.Stop()
	select {
	case <-g.idle:
	case <-timer.C:
	}
	return fmt.Errorf("mcp: shutdown: running requests that were stopped: %d: %w", stopped, ctx.Err())
}

func (g *gate) cancelAll() int {
	g.mu.Lock()
	defer g.mu.Unlock()
	for _, cancel := range g.running {
		cancel(errShutdown)
	}
	return len(g.running)
}
