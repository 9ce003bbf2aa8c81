package model

import "sync"

// maxHistory is how many responses are kept for previous_response_id; the
// oldest goes first.
const maxHistory = 512

// history keeps the turns up to and with each stored response.
type history struct {
	mu    sync.Mutex
	turns map[string][]turn
	order []string
}

func newHistory() *history { return &history{turns: map[string][]turn{}} }

func (h *history) load(id string) ([]turn, bool) {
	h.mu.Lock()
	defer h.mu.Unlock()
	turns, ok := h.turns[id]
	return turns, ok
}

func (h *history) store(id string, turns []turn) {
	h.mu.Lock()
	defer h.mu.Unlock()
	if _, known := h.turns[id]; !known {
		h.order = append(h.order, id)
	}
	h.turns[id] = turns
	if len(h.order) > maxHistory {
		delete(h.turns, h.order[0])
		h.order = h.order[1:]
	}
}
