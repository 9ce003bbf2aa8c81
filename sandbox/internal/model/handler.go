package model

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"slices"
	"strings"
	"time"

	"github.com/agentsdk-go/airbyte/sandbox/internal/plainjson"
)

// Name is the model's own name in the model list. Any other name is accepted
// in a request, and echoed.
const Name = "sandbox-scripted"

// maxBody is the largest request read, in bytes.
const maxBody = 16 << 20

// Options are the settings of a handler. The zero value is ready to use.
type Options struct {
	// Rules are tried before the built-in ones, in order.
	Rules []Rule

	// ReadOnly leaves out the rules that change data, and calls no operation but
	// those that read and no tool whose name speaks of a change. It is for tools
	// that reach real data.
	ReadOnly bool

	// Now gives the creation times of replies. Nil means time.Now.
	Now func() time.Time
}

// NewHandler returns the endpoint: POST /v1/chat/completions and /v1/responses,
// GET /v1/models and /v1/models/{id}, each also without /v1. It is safe for
// concurrent use; all it keeps is the last responses, for previous_response_id.
func NewHandler(opts Options) http.Handler {
	if opts.Now == nil {
		opts.Now = time.Now
	}
	p := planner{user: slices.Clone(opts.Rules), builtin: builtinRules(), writes: writeRules(), readOnly: opts.ReadOnly}
	if opts.ReadOnly {
		p.writes = refusals()
	}
	return &handler{now: opts.Now, planner: p, history: newHistory()}
}

type handler struct {
	now     func() time.Time
	planner planner
	history *history
}

// ServeHTTP routes, checks the bearer token and writes refusals.
func (h *handler) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	serve, err := h.route(r)
	if err == nil {
		err = authorize(r)
	}
	if err == nil {
		err = serve(w, r)
	}
	if err != nil {
		writeError(w, err)
	}
}

// endpoint serves one route. An error it returns has not been written yet.
type endpoint func(http.ResponseWriter, *http.Request) error

func (h *handler) route(r *http.Request) (endpoint, error) {
	path := strings.TrimPrefix(r.URL.Path, "/v1")
	method, serve := http.MethodPost, endpoint(nil)
	switch {
	case path == "/chat/completions":
		serve = h.chat
	case path == "/responses":
		serve = h.responses
	case path == "/models":
		method, serve = http.MethodGet, h.models
	case strings.HasPrefix(path, "/models/") && len(path) > len("/models/"):
		method, serve = http.MethodGet, h.model
	default:
		return nil, &apiError{
			Status: http.StatusNotFound, Type: invalidRequest, Code: "unknown_url",
			Message: fmt.Sprintf("no such route: %s %s", r.Method, r.URL.Path),
		}
	}
	if r.Method != method {
		return nil, &apiError{
			Status: http.StatusMethodNotAllowed, Type: invalidRequest, Code: "method_not_supported",
			Message: fmt.Sprintf("%s serves %s only, not %s", r.URL.Path, method, r.Method),
		}
	}
	return serve, nil
}

// authorize wants a bearer token and takes any.
func authorize(r *http.Request) error {
	scheme, token, _ := strings.Cut(r.Header.Get("Authorization"), " ")
	if strings.EqualFold(scheme, "bearer") && strings.TrimSpace(token) != "" {
		return nil
	}
	return &apiError{
		Status: http.StatusUnauthorized, Type: invalidRequest, Code: "invalid_api_key",
		Message: "no API key: send one as Authorization: Bearer <key>; the sandbox accepts any",
	}
}

// readBody reads the request and decodes it into v.
func readBody(w http.ResponseWriter, r *http.Request, v any) ([]byte, error) {
	body, err := io.ReadAll(http.MaxBytesReader(w, r.Body, maxBody))
	if _, tooLarge := errors.AsType[*http.MaxBytesError](err); tooLarge {
		refusal := refuse("", "request_too_large", "the request body is over %d bytes", maxBody)
		refusal.Status = http.StatusRequestEntityTooLarge
		return nil, refusal
	}
	if err != nil {
		return nil, refuse("", "", "the request body could not be read: %v", err)
	}
	if err := json.Unmarshal(body, v); err != nil {
		return nil, decodeError(err)
	}
	return body, nil
}

func writeError(w http.ResponseWriter, err error) {
	refusal, ok := errors.AsType[*apiError](err)
	if !ok {
		refusal = &apiError{Status: http.StatusInternalServerError, Type: "server_error", Message: err.Error()}
	}
	// The client may be gone by now; there is nobody left to tell.
	_ = writeJSON(w, refusal.Status, refusal)
}

func writeJSON(w http.ResponseWriter, status int, v any) error {
	body, err := plainjson.Encode(v)
	if err != nil {
		return err
	}
	w.Header().Set("Content-Type", "application/json")
	w.WriteHeader(status)
	_, _ = w.Write(body) // a failed write means that the client is gone
	return nil
}

// identity makes the identifiers of a reply from the request's bytes, so that
// the same request gets the same ones.
type identity string

func identify(body []byte) identity {
	sum := sha256.Sum256(body)
	return identity(hex.EncodeToString(sum[:12]))
}

// of returns an identifier of at most 40 characters, the most that a tool call
// may have.
func (i identity) of(kind string, index int) string {
	if index == 0 {
		return kind + "_" + string(i)
	}
	return fmt.Sprintf("%s_%s%d", kind, i, index)
}

// name gives the calls of a reply their identifiers.
func (i identity) name(calls []call) {
	for n := range calls {
		calls[n].ID = i.of("call", n)
	}
}
