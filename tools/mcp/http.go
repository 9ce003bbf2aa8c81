package mcp

import (
	"bytes"
	"context"
	"io"
	"log/slog"
	"net"
	"net/http"
	"time"

	"github.com/modelcontextprotocol/go-sdk/mcp"
)

// The limits of [Handler.Server]. None bounds a whole request: a call may take as
// long as [WithCallTimeout] allows, and the handler sets its own deadlines.
const (
	readHeaderTimeout = 10 * time.Second
	idleTimeout       = 2 * time.Minute
	maxHeaderBytes    = 64 << 10
)

// answerTimeout is how long a client may take to read the answer, beyond the time
// of the call.
const answerTimeout = 30 * time.Second

// Handler serves MCP over streamable HTTP, for many clients at once:
//
//   - at /mcp ([WithPath]) the protocol,
//   - at /healthz always 200: the process is alive,
//   - at /readyz 200 until [Handler.Shutdown] begins or a check of
//     [WithReadiness] fails, then 503.
//
// It is stateless. No request needs to reach the process that answered the one
// before, so that any number of replicas can stand behind any load balancer. For
// the same reason clients cannot subscribe to changes, and GET and DELETE are
// answered with 405.
//
// What it refuses it refuses as a JSON-RPC error with an HTTP status: 401 a
// missing or wrong token, 403 a wrong host or origin, 404 another path, 413 a
// message that is too large, 503 one call too many or a server that is shutting
// down.
//
// A client may take 30 s to send its message and 30 s to read an answer. Slow
// messages take no places of calls: when more than [WithMaxCalls], and 64, arrive
// at the same time the slowest is given up with 503. The handler sets these deadlines by an
// [http.ResponseController]: a middleware around it that wraps the ResponseWriter
// needs the method Unwrap. A Handler is safe for concurrent use.
type Handler struct {
	cfg    *handlerConfig
	intake *intake
	gate   *gate
	health *readiness
	mcp    http.Handler
}

// NewHandler returns a handler that serves the server's tools, resources and
// prompts. The server may have other sessions too: it keeps a receiving middleware
// of the handler for good, which leaves their messages alone. Errors match
// connector.ErrConfig: no server, or an option's wrong value.
func NewHandler(server *mcp.Server, opts ...HandlerOption) (*Handler, error) {
	if server == nil {
		return nil, configError("NewHandler got no server")
	}
	cfg, err := newHandlerConfig(opts)
	if err != nil {
		return nil, err
	}
	server.AddReceivingMiddleware(endWithRequest)
	return &Handler{
		cfg:    cfg,
		intake: &intake{limit: max(cfg.maxCalls, minArriving)},
		gate:   newGate(cfg.maxCalls),
		health: &readiness{check: cfg.ready, logger: cfg.logger},
		mcp: mcp.NewStreamableHTTPHandler(func(*http.Request) *mcp.Server { return server }, &mcp.StreamableHTTPOptions{
			Stateless:           true,
			Logger:              cfg.logger,
			MaxRequestBodyBytes: cfg.maxBody,
			// Hosts are checked here, for every address and not for loopback alone.
			DisableLocalhostProtection: true,
		}),
	}, nil
}

// ServeHTTP answers one request.
func (h *Handler) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	w.Header().Set("X-Content-Type-Options", "nosniff")
	u := openUpload(w, r)
	defer u.leave()
	u.allowAnswer(0)
	switch r.URL.Path {
	case h.cfg.path:
		h.serveMCP(w, r, u)
	case livePath:
		serveLive(w, r)
	case readyPath:
		h.health.serve(w, r, h.gate.isClosed())
	default:
		serveNothing(w, r, h.cfg.path)
	}
}

// serveMCP answers a request of the protocol and logs it.
func (h *Handler) serveMCP(w http.ResponseWriter, r *http.Request, u *upload) {
	start := time.Now()
	answer := &answer{ResponseWriter: w}
	h.admit(answer, r, u)
	answer.finish()
	h.cfg.logger.LogAttrs(r.Context(), slog.LevelInfo, "mcp request",
		slog.String("http_method", r.Method),
		slog.String("method", answer.message.Method),
		slog.String("tool", answer.message.Tool),
		slog.Int("status", answer.status),
		slog.Duration("duration", time.Since(start)))
}

// admit refuses what must not go on, the cheap checks first: nothing is read of
// a client that may not call.
func (h *Handler) admit(w *answer, r *http.Request, u *upload) {
	if denied := h.cfg.access(w.Header(), r); denied != nil {
		w.deny(denied)
		return
	}
	if isPreflight(r) { // after access, which has allowed the origin
		w.WriteHeader(http.StatusNoContent)
		return
	}
	if denied := h.cfg.authorize(w.Header(), r); denied != nil {
		w.deny(denied)
		return
	}
	if r.Method != http.MethodPost {
		w.Header().Set("Allow", http.MethodPost)
		w.deny(deny(http.StatusMethodNotAllowed, codeInvalidRequest, "send each message with POST; this server keeps no sessions and opens no streams of its own"))
		return
	}
	body, cut, err := h.intake.read(w, r, u, h.cfg.maxBody)
	u.allowAnswer(placeTimeout)
	if denied := w.message.check(body, cut, err); denied != nil {
		w.deny(denied)
		return
	}
	r.Body = io.NopCloser(bytes.NewReader(body))
	h.call(w, r, u)
}

// call has the SDK answer a message that has come whole.
func (h *Handler) call(w *answer, r *http.Request, u *upload) {
	ctx, cancel := context.WithCancelCause(r.Context())
	defer cancel(nil)
	leave, denied := h.gate.enter(cancel)
	if denied != nil {
		w.deny(denied)
		return
	}
	defer leave()
	u.allowAnswer(h.cfg.callTimeout)
	h.mcp.ServeHTTP(w, r.WithContext(withLifetime(r.Context(), lifetime{ctx: ctx, limit: h.cfg.callTimeout})))
}

// Shutdown stops the handler gracefully: /readyz turns to 503, new requests and
// those whose message is still arriving are refused with 503, and running calls go
// on until they are done. When ctx ends
// first they are cancelled, each client is told so, and the error says how many
// there were. Call it before the Shutdown of the http.Server, which closes the
// listener. It may be called more than once.
func (h *Handler) Shutdown(ctx context.Context) error {
	h.intake.close()
	return h.gate.shutdown(ctx)
}

// Server returns an http.Server for the handler that slow and silent clients
// cannot exhaust: 10 s to send the headers, 64 KiB of them, 2 minutes for an idle
// connection. When it shuts down it closes connections on which no request has
// come whole; that is its ConnState. It speaks plain HTTP; TLS belongs in front of
// it. Its own messages go to the logger of [WithHandlerLogger], or nowhere.
func (h *Handler) Server(addr string) *http.Server {
	silent := &silence{conns: make(map[net.Conn]struct{})}
	server := &http.Server{
		Addr:              addr,
		Handler:           h,
		ReadHeaderTimeout: readHeaderTimeout,
		IdleTimeout:       idleTimeout,
		MaxHeaderBytes:    maxHeaderBytes,
		ErrorLog:          slog.NewLogLogger(h.cfg.logger.Handler(), slog.LevelWarn),
		ConnState:         silent.watch,
	}
	server.RegisterOnShutdown(silent.end)
	return server
}
