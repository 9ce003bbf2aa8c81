package mcp

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"slices"
	"sync"
	"time"
)

const (
	// placeTimeout is how long a request waits for a place. A client has its
	// answer a moment before its call has given its place back, and sends the next.
	placeTimeout = 100 * time.Millisecond
	// lastWords is how long cancelled calls have to tell their clients.
	lastWords = time.Second
)

var errShutdown = errors.New("the server is shutting down and has stopped the call")

// gate counts the requests that are being answered, lets no more in than the
// limit, and none once it is closed.
type gate struct {
	mu      sync.Mutex
	limit   int
	closed  bool
	next    int
	running map[int]context.CancelCauseFunc
	queue   []*visitor    // who waits for a place, the first come first
	idle    chan struct{} // closed when the gate is, and nothing runs
}

// visitor is a request before the gate.
type visitor struct {
	cancel  context.CancelCauseFunc
	leave   func()        // set once it is in
	decided chan struct{} // closed once it is in, or cannot come in any more
}

func newGate(limit int) *gate {
	return &gate{limit: limit, running: make(map[int]context.CancelCauseFunc), idle: make(chan struct{})}
}

// enter lets a request in that cancel would end, or says why not. The caller must
// call leave, once.
func (g *gate) enter(cancel context.CancelCauseFunc) (leave func(), no *denial) {
	v := &visitor{cancel: cancel, decided: make(chan struct{})}
	if g.arrive(v) {
		timer := time.NewTimer(placeTimeout)
		defer timer.Stop()
		select {
		case <-v.decided:
		case <-timer.C:
		}
	}
	g.mu.Lock()
	defer g.mu.Unlock()
	switch {
	case v.leave != nil:
		return v.leave, nil
	case g.closed:
		return nil, denyClosed()
	}
	g.queue = slices.DeleteFunc(g.queue, func(other *visitor) bool { return other == v })
	return nil, denyBusy(fmt.Sprintf("the server is answering %d requests, as many as it may; try again", g.limit))
}

// arrive reports whether v has to wait. No more may wait than run.
func (g *gate) arrive(v *visitor) (wait bool) {
	g.mu.Lock()
	defer g.mu.Unlock()
	switch {
	case g.closed:
	case len(g.running) < g.limit: // then nobody waits
		g.admit(v)
	case len(g.queue) < g.limit:
		g.queue = append(g.queue, v)
		return true
	}
	return false
}

func (g *gate) admit(v *visitor) {
	id := g.next
	g.next++
	g.running[id] = v.cancel
	v.leave = func() { g.leave(id) }
	close(v.decided)
}

func (g *gate) leave(id int) {
	g.mu.Lock()
	defer g.mu.Unlock()
	delete(g.running, id)
	if len(g.queue) > 0 {
		g.admit(g.queue[0])
		g.queue = slices.Delete(g.queue, 0, 1)
	}
	if g.closed && len(g.running) == 0 {
		close(g.idle)
	}
}

func (g *gate) isClosed() bool {
	g.mu.Lock()
	defer g.mu.Unlock()
	return g.closed
}

// close lets nothing in any more, who waits neither.
func (g *gate) close() {
	g.mu.Lock()
	defer g.mu.Unlock()
	if g.closed {
		return
	}
	g.closed = true
	for _, v := range g.queue {
		close(v.decided)
	}
	g.queue = nil
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

// denyBusy refuses a request for the moment.
func denyBusy(text string) *denial {
	d := deny(http.StatusServiceUnavailable, codeRefused, text)
	d.retryAfter = time.Second
	return d
}

func denyClosed() *denial {
	return denyBusy("the server is shutting down; send the request again, another one will answer")
}
