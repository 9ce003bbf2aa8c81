package mcp

import (
	"sync"

	"github.com/modelcontextprotocol/go-sdk/jsonrpc"
	"github.com/tidwall/gjson"
)

// pending are the requests that have been read and not answered. The SDK keeps
// such a list too, but does not show it.
type pending struct {
	changed chan struct{} // holds an element after count has fallen, for the one who waits

	mu        sync.Mutex
	cancelled map[jsonrpc.ID]bool // requests that nothing was written for, by id
	count     int                 // those and the answers that are being written
}

func newPending() *pending {
	return &pending{changed: make(chan struct{}, 1), cancelled: map[jsonrpc.ID]bool{}}
}

// fewer reports whether fewer than n requests are unanswered.
func (p *pending) fewer(n int) bool {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.count < n
}

// add takes a request in; false when its id is that of another one.
func (p *pending) add(id jsonrpc.ID) bool {
	p.mu.Lock()
	defer p.mu.Unlock()
	if _, used := p.cancelled[id]; used {
		return false
	}
	p.cancelled[id] = false
	p.count++
	return true
}

// cancel notes that the client does not want an answer any more.
func (p *pending) cancel(id jsonrpc.ID) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if _, known := p.cancelled[id]; known {
		p.cancelled[id] = true
	}
}

// answer frees the id of a request that is about to be answered. One that is known
// counts until settle.
func (p *pending) answer(id jsonrpc.ID) (cancelled, known bool) {
	p.mu.Lock()
	defer p.mu.Unlock()
	cancelled, known = p.cancelled[id]
	delete(p.cancelled, id)
	return cancelled, known
}

// settle tells that an answer was written, or never will be.
func (p *pending) settle() {
	p.mu.Lock()
	p.count--
	p.mu.Unlock()
	select {
	case p.changed <- struct{}{}:
	default: // whoever waits has not looked yet
	}
}

// cancelledBy is the id that a notification says is cancelled, none for any other
// notification.
func cancelledBy(req *jsonrpc.Request) jsonrpc.ID {
	if req.Method != "notifications/cancelled" {
		return jsonrpc.ID{}
	}
	id, err := jsonrpc.MakeID(gjson.GetBytes(req.Params, "requestId").Value())
	if err != nil {
		return jsonrpc.ID{} // the SDK does not know what is meant either
	}
	return id
}
