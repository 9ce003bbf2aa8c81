package mcp

import (
	"bytes"
	"mime"
	"net/http"
	"strconv"
	"strings"
	"time"

	"github.com/modelcontextprotocol/go-sdk/jsonrpc"
)

// The codes of JSON-RPC errors. The last is in the range that the standard leaves
// to servers.
const (
	codeParse          = jsonrpc.CodeParseError
	codeInvalidRequest = jsonrpc.CodeInvalidRequest
	codeRefused        = -32000
)

// statusGone is what the log says of a client that did not wait for its answer.
const statusGone = 499

// denial is an answer that the server gives in the place of the call's own.
type denial struct {
	status     int
	code       int
	message    string
	retryAfter time.Duration
}

func deny(status, code int, text string) *denial {
	return &denial{status: status, code: code, message: text}
}

// answer is a response that knows its status, and that makes a JSON-RPC error of
// the plain text with which the SDK refuses a request: with the id of the call a
// client fails that call alone, without it many give up their connection.
type answer struct {
	http.ResponseWriter
	message incoming
	status  int
	text    *bytes.Buffer // the SDK's plain text, nil unless it refused
}

// Unwrap gives http.ResponseController the connection.
func (a *answer) Unwrap() http.ResponseWriter { return a.ResponseWriter }

// WriteHeader notes the status, and holds back that of a plain refusal.
func (a *answer) WriteHeader(status int) {
	if a.status != 0 {
		return
	}
	a.status = status
	mediaType, _, _ := mime.ParseMediaType(a.Header().Get("Content-Type"))
	if status >= http.StatusBadRequest && mediaType == "text/plain" {
		a.text = new(bytes.Buffer)
		return
	}
	// Proxies that collect a response before they pass it on would hold progress
	// back until the call is over. This is how nginx is told.
	a.Header().Set("X-Accel-Buffering", "no")
	a.ResponseWriter.WriteHeader(status)
}

// Write writes b, or keeps it when it is the text of a refusal.
func (a *answer) Write(b []byte) (int, error) {
	if a.status == 0 {
		a.WriteHeader(http.StatusOK)
	}
	if a.text != nil {
		return a.text.Write(b)
	}
	return a.ResponseWriter.Write(b)
}

// deny writes a denial.
func (a *answer) deny(r *denial) {
	a.status = r.status
	if r.retryAfter > 0 {
		a.Header().Set("Retry-After", strconv.Itoa(int(r.retryAfter.Seconds())))
	}
	a.writeError(r.code, r.message)
}

// finish writes what was held back.
func (a *answer) finish() {
	switch {
	case a.status == 0:
		a.status = statusGone
	case a.text != nil:
		text := strings.TrimSpace(a.text.String())
		a.text = nil
		a.writeError(codeOf(text), text)
	}
}

// codeOf finds the code for a refusal of the SDK, whose older protocol versions
// have a text alone.
func codeOf(text string) int {
	if strings.HasSuffix(text, " unsupported") {
		return jsonrpc.CodeMethodNotFound
	}
	return codeInvalidRequest
}

// writeError writes a JSON-RPC error with the status that is set.
func (a *answer) writeError(code int, text string) {
	a.Header().Set("Content-Type", "application/json")
	a.Header().Del("Content-Length")
	a.ResponseWriter.WriteHeader(a.status)
	a.ResponseWriter.Write(refusal(a.message.ID, code, text))
}
