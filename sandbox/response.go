package sandbox

import (
	"maps"
	"net/http"

	"github.com/agentsdk-go/airbyte/sandbox/internal/plainjson"
)

// response is a complete answer to one request.
type response struct {
	status      int
	header      http.Header
	contentType string // JSON when empty
	body        []byte
}

func success(body any) (response, error) { return respond(http.StatusOK, body) }

func respond(status int, body any) (response, error) {
	raw, err := plainjson.Encode(body)
	if err != nil {
		return response{}, err
	}
	return response{status: status, body: raw}, nil
}

// response turns a failure into an answer.
func (f *failure) response() response {
	raw, err := plainjson.Encode(f.body)
	if err != nil {
		raw = []byte(`{"message":"the sandbox could not write its error","errors":[]}`)
	}
	return response{status: f.status, header: f.header, body: raw}
}

// send writes the answer. A write error means that the client went away, which
// is its right and concerns nobody else.
func (r response) send(w http.ResponseWriter) {
	header := w.Header()
	maps.Copy(header, r.header)
	if header.Get("Content-Type") == "" {
		header.Set("Content-Type", "application/json")
	}
	if r.contentType != "" {
		header.Set("Content-Type", r.contentType)
	}
	w.WriteHeader(r.status)
	_, _ = w.Write(r.body)
}
