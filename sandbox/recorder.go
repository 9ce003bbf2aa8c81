package sandbox

import (
	"bytes"
	"maps"
	"net/http"
)

// recorder notes the status in the log before the client can see it, so that a
// test which has its answer finds it in the log.
type recorder struct {
	http.ResponseWriter

	log     *requestLog
	entry   *Request
	started bool
}

// WriteHeader notes the first final status and passes it on.
func (r *recorder) WriteHeader(status int) {
	if !r.started && status >= http.StatusOK {
		r.started = true
		r.log.setStatus(r.entry, status)
	}
	r.ResponseWriter.WriteHeader(status)
}

// Write starts the answer with 200 where nothing else was said.
func (r *recorder) Write(p []byte) (int, error) {
	if !r.started {
		r.WriteHeader(http.StatusOK)
	}
	return r.ResponseWriter.Write(p)
}

// Flush lets the model stream.
func (r *recorder) Flush() {
	// A writer that cannot flush sends everything at the end, which is all
	// that a caller of Flush can be told.
	_ = http.NewResponseController(r.ResponseWriter).Flush()
}

// Unwrap lets http.ResponseController reach the server's own writer.
func (r *recorder) Unwrap() http.ResponseWriter { return r.ResponseWriter }

// buffer is an answer that is not sent, or not yet.
type buffer struct {
	header http.Header
	status int
	body   bytes.Buffer
}

// Header returns the header to be sent.
func (b *buffer) Header() http.Header {
	if b.header == nil {
		b.header = http.Header{}
	}
	return b.header
}

// WriteHeader keeps the first final status.
func (b *buffer) WriteHeader(status int) {
	if b.status == 0 && status >= http.StatusOK {
		b.status = status
	}
}

// Write keeps the body.
func (b *buffer) Write(p []byte) (int, error) { return b.body.Write(p) }

// Flush does nothing: the whole answer is wanted.
func (b *buffer) Flush() {}

func (b *buffer) statusCode() int {
	if b.status == 0 {
		return http.StatusOK
	}
	return b.status
}

func (b *buffer) response() response {
	return response{status: b.statusCode(), header: maps.Clone(b.header), body: b.body.Bytes()}
}
