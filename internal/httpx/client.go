package httpx

import (
	"log/slog"
	"net"
	"net/http"
	"time"
)

// DefaultMaxBytes is the limit of one answer unless Config sets another.
const DefaultMaxBytes = 64 << 20

// idleConns is how many idle connections to one host are kept, so that a
// thousand concurrent calls do not dial again for every burst.
const idleConns = 1024

// Config sets up a Client. Its zero value is usable.
type Config struct {
	HTTP     *http.Client // copied, never changed; nil: a transport of our own
	Retries  int          // attempts after the first; 0 or less: none
	MaxBytes int64        // limit of one answer; 0: DefaultMaxBytes
	Logger   *slog.Logger // nil: none
	Secrets  *Secrets     // values that no error or log may show; nil: none
	Policy   *Policy      // when a call is repeated; nil: DefaultPolicy
}

// Client sends requests. It is safe for concurrent use.
type Client struct {
	http     http.Client
	follows  http.Client // as http, but follows redirects
	policy   Policy
	owned    *http.Transport // nil when the transport is the caller's
	reports  bool            // the transport reports how far a request came
	retries  int
	maxBytes int64
	logger   *slog.Logger
	secrets  *Secrets
}

// New returns a client. It does no I/O.
func New(cfg Config) *Client {
	c := &Client{
		retries:  max(cfg.Retries, 0),
		maxBytes: cfg.MaxBytes,
		logger:   cfg.Logger,
		secrets:  cfg.Secrets,
		policy:   DefaultPolicy(),
	}
	if cfg.Policy != nil {
		c.policy = *cfg.Policy
	}
	if c.maxBytes <= 0 {
		c.maxBytes = DefaultMaxBytes
	}
	if c.secrets == nil {
		c.secrets = &Secrets{}
	}
	if cfg.HTTP != nil {
		c.http = *cfg.HTTP
	} else {
		c.owned = newTransport()
		c.http.Transport = c.owned
	}
	_, standard := c.http.Transport.(*http.Transport)
	c.reports = standard || c.http.Transport == nil
	c.follows = c.http
	c.follows.CheckRedirect = followRedirect
	// A redirect would carry the bearer token to wherever the server points.
	c.http.CheckRedirect = func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }
	return c
}

// Close closes the idle connections of the client's own transport. An
// injected transport is left alone.
func (c *Client) Close() {
	if c.owned != nil {
		c.owned.CloseIdleConnections()
	}
}

func newTransport() *http.Transport {
	dialer := &net.Dialer{Timeout: 10 * time.Second, KeepAlive: 30 * time.Second}
	return &http.Transport{
		Proxy:                 http.ProxyFromEnvironment,
		DialContext:           dialer.DialContext,
		ForceAttemptHTTP2:     true,
		MaxIdleConns:          idleConns,
		MaxIdleConnsPerHost:   idleConns,
		IdleConnTimeout:       90 * time.Second,
		TLSHandshakeTimeout:   10 * time.Second,
		ExpectContinueTimeout: time.Second,
	}
}
