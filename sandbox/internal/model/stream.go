package model

import (
	"fmt"
	"net/http"

	"github.com/agentsdk-go/airbyte/sandbox/internal/plainjson"
)

// stream writes server-sent events, each flushed at once so that a client sees
// them as they come.
type stream struct {
	w       http.ResponseWriter
	control *http.ResponseController
}

func startStream(w http.ResponseWriter) stream {
	w.Header().Set("Content-Type", "text/event-stream; charset=utf-8")
	w.Header().Set("Cache-Control", "no-cache")
	w.WriteHeader(http.StatusOK)
	return stream{w: w, control: http.NewResponseController(w)}
}

// send writes one event; an unnamed one has no event line.
func (s stream) send(name string, payload any) error {
	data, err := plainjson.Encode(payload)
	if err != nil {
		return err
	}
	return s.line(name, string(data))
}

func (s stream) line(name, data string) error {
	if name != "" {
		name = "event: " + name + "\n"
	}
	if _, err := fmt.Fprintf(s.w, "%sdata: %s\n\n", name, data); err != nil {
		return err
	}
	return s.control.Flush()
}
