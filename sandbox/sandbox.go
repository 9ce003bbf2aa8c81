package sandbox

import (
	"errors"
	"fmt"
	"log"
	"net"
	"net/http"
	"sync"
	"time"

	"github.com/agentsdk-go/airbyte/sandbox/internal/model"
	"github.com/agentsdk-go/airbyte/sandbox/internal/rest"
)

// What a fresh sandbox holds. The credentials are fake and work nowhere else.
const (
	ClientID       = "sandbox-client-id"
	ClientSecret   = "sandbox-client-secret-that-is-fake" //nolint:gosec // works on the loopback simulator only
	OrganizationID = "5a4db0c0-0000-4000-8000-000000000001"
	WorkspaceID    = "5a4db0c0-0000-4000-8000-000000000101"
	ConnectorID    = "5a4db0c0-0000-4000-8000-000000000201"
	Workspace      = "default" // the name of the workspace WorkspaceID
)

// Sandbox is a running simulator. All methods are safe for concurrent use.
type Sandbox struct {
	config        config
	url           string
	server        *http.Server
	mux           *http.ServeMux
	model         http.Handler
	tokens        *tokenIssuer
	ids           idSource
	organizations []*organization
	pylonAPI      func() *rest.Handler
	grants        grants
	sessions      sessionStore
	faults        faultScript
	log           requestLog

	closing chan struct{}  // closed first, so that delays end
	running sync.WaitGroup // the accept loop and every handler
	mu      sync.Mutex     // guards closed, so that no handler starts once Close waits
	closed  bool
}

// Start runs a sandbox on a free port of 127.0.0.1, or the one of [WithPort],
// until [Sandbox.Close]. It reads no files, needs no network beyond loopback,
// and fails only on an invalid option or when the system gives it no port.
func Start(opts ...Option) (*Sandbox, error) {
	cfg, err := newConfig(opts)
	if err != nil {
		return nil, err
	}
	listener, err := net.ListenTCP("tcp4", &net.TCPAddr{IP: net.IPv4(127, 0, 0, 1), Port: cfg.port})
	if err != nil {
		return nil, fmt.Errorf("sandbox: listen on loopback: %w", err)
	}
	s := &Sandbox{
		config:  cfg,
		url:     "http://" + listener.Addr().String(),
		tokens:  newTokenIssuer(cfg.now),
		model:   model.NewHandler(model.Options{Rules: cfg.rules, ReadOnly: cfg.readingModel, Now: cfg.now}),
		log:     requestLog{now: cfg.now},
		closing: make(chan struct{}),
	}
	s.organizations = s.seed()
	s.pylonAPI = s.newPylonAPI()
	s.mux = s.newMux()
	s.server = &http.Server{
		Handler:           http.HandlerFunc(s.track),
		ReadHeaderTimeout: 10 * time.Second,
		ErrorLog:          log.New(&s.log, "", 0),
	}
	s.running.Go(func() { s.accept(listener) })
	return s, nil
}

// PlatformURL is the base URL of the Airbyte Agent API, without a trailing
// slash: routes start with /api/v1.
func (s *Sandbox) PlatformURL() string { return s.url }

// ModelURL is the base URL of the scripted model, without a trailing slash. Its
// routes are /v1/chat/completions and /v1/responses; they answer without the /v1
// too, so that it serves as a client's base URL with and without.
func (s *Sandbox) ModelURL() string { return s.url }

// ExpireTokens ends every token issued so far: the next request that carries
// one is answered 401.
func (s *Sandbox) ExpireTokens() { s.tokens.expireAll() }

// Close stops the sandbox, ends requests that are under way and waits for them.
// Closing twice is harmless.
func (s *Sandbox) Close() {
	if s.startClosing() {
		close(s.closing)
		if err := s.server.Close(); err != nil {
			s.log.complain("closing: " + err.Error())
		}
	}
	s.running.Wait()
}

// startClosing reports whether this call is the first.
func (s *Sandbox) startClosing() bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	first := !s.closed
	s.closed = true
	return first
}

func (s *Sandbox) accept(listener net.Listener) {
	if err := s.server.Serve(listener); !errors.Is(err, http.ErrServerClosed) {
		s.log.complain("serving: " + err.Error())
	}
}

// track counts the handler so that Close can wait for it: the server's own
// Close does not.
func (s *Sandbox) track(w http.ResponseWriter, r *http.Request) {
	if !s.enter() {
		panic(http.ErrAbortHandler)
	}
	defer s.running.Done()
	s.serve(w, r)
}

func (s *Sandbox) enter() bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	if !s.closed {
		s.running.Add(1)
	}
	return !s.closed
}
