package mcp

import (
	"context"
	"crypto/sha256"
	"log/slog"
	"slices"
	"strings"
	"time"
)

// The limits that a Handler has unless the options say otherwise.
const (
	DefaultPath         = "/mcp"
	DefaultMaxBodyBytes = 1 << 20 // bytes of one message
	DefaultMaxCalls     = 256     // requests at the same time
	DefaultCallTimeout  = 5 * time.Minute
)

// HandlerOption sets one thing of a [Handler]. A nil one is skipped, a wrong value
// is an error that matches connector.ErrConfig.
type HandlerOption func(*handlerConfig) error

type handlerConfig struct {
	path        string
	hosts       []string // lower case, "*" for any
	origins     []string // lower case, "*" for any
	token       *[sha256.Size]byte
	maxBody     int64
	maxCalls    int
	callTimeout time.Duration
	ready       func(context.Context) error
	logger      *slog.Logger
}

func newHandlerConfig(opts []HandlerOption) (*handlerConfig, error) {
	cfg := &handlerConfig{
		path:        DefaultPath,
		hosts:       []string{"localhost", "127.0.0.1", "::1"},
		maxBody:     DefaultMaxBodyBytes,
		maxCalls:    DefaultMaxCalls,
		callTimeout: DefaultCallTimeout,
		logger:      slog.New(slog.DiscardHandler),
	}
	for _, opt := range opts {
		if opt == nil {
			continue
		}
		if err := opt(cfg); err != nil {
			return nil, err
		}
	}
	return cfg, nil
}

// WithPath sets the path at which MCP is served. Default: /mcp.
func WithPath(path string) HandlerOption {
	return func(cfg *handlerConfig) error {
		switch {
		case !strings.HasPrefix(path, "/"):
			return configError("WithPath(%q): a path begins with /", path)
		case path == livePath || path == readyPath:
			return configError("WithPath(%q): this path is for health checks", path)
		}
		cfg.path = path
		return nil
	}
}

// WithAllowedHosts sets the values of the Host header that are served, with a port
// or without one for every port. A page in a browser can be made to send requests
// to any address, but not under a name of its choice: this check keeps such pages
// out of servers on a private network. "*" allows any host. Default: localhost,
// 127.0.0.1 and [::1].
func WithAllowedHosts(hosts ...string) HandlerOption {
	return func(cfg *handlerConfig) error {
		cfg.hosts = nil
		for _, host := range hosts {
			if host == "" || strings.ContainsAny(host, "/ \t") {
				return configError("WithAllowedHosts(%q): want a host such as mcp.example.com, without a scheme or a path", host)
			}
			cfg.hosts = append(cfg.hosts, strings.ToLower(host))
		}
		return nil
	}
}

// WithAllowedOrigins sets the origins whose pages may call the server from a
// browser, each as "https://app.example.com"; "*" allows any. Requests without an
// Origin header, which programs send, pass always. Default: none.
func WithAllowedOrigins(origins ...string) HandlerOption {
	return func(cfg *handlerConfig) error {
		cfg.origins = nil
		for _, origin := range origins {
			if !isOrigin(origin) {
				return configError("WithAllowedOrigins(%q): want a scheme and a host, such as https://app.example.com", origin)
			}
			cfg.origins = append(cfg.origins, strings.ToLower(origin))
		}
		return nil
	}
}

// WithBearerToken has the handler ask for the token in the Authorization header.
// Health checks stay open. Default: no token, whoever can connect can call.
func WithBearerToken(token string) HandlerOption {
	return func(cfg *handlerConfig) error {
		if token == "" {
			return configError("WithBearerToken got an empty token; leave it out to serve without one")
		}
		if strings.ContainsFunc(token, func(r rune) bool { return r <= ' ' || r > '~' }) {
			return configError("WithBearerToken got a token with spaces or characters that a header cannot hold")
		}
		sum := sha256.Sum256([]byte(token))
		cfg.token = &sum
		return nil
	}
}

// WithMaxBodyBytes sets how large a message may be. Default: 1 MiB.
func WithMaxBodyBytes(n int64) HandlerOption {
	return func(cfg *handlerConfig) error {
		if n < 1 {
			return configError("WithMaxBodyBytes(%d): must be at least 1", n)
		}
		cfg.maxBody = n
		return nil
	}
}

// WithMaxCalls sets how many requests are answered at the same time. As many more
// wait for a place, in order and for 100 ms at most: a client that sends one
// request after another is never one too many. The rest is refused with 503 and
// Retry-After, so that a load balancer can try another replica. Default: 256.
func WithMaxCalls(n int) HandlerOption {
	return func(cfg *handlerConfig) error {
		if n < 1 {
			return configError("WithMaxCalls(%d): must be at least 1", n)
		}
		cfg.maxCalls = n
		return nil
	}
}

// WithCallTimeout sets how long a call may take. Then its context ends and the
// model is told so. Default: 5 minutes. Tools of a connector honour their context,
// a tool that does not goes on.
func WithCallTimeout(d time.Duration) HandlerOption {
	return func(cfg *handlerConfig) error {
		if d <= 0 {
			return configError("WithCallTimeout(%v): must be more than 0", d)
		}
		cfg.callTimeout = d
		return nil
	}
}

// WithReadiness has /readyz ask check, for example the Check of a connector. Its
// answer holds for 5 s, however often probes come. A failure is logged, the
// reason is not shown to who probes.
func WithReadiness(check func(context.Context) error) HandlerOption {
	return func(cfg *handlerConfig) error {
		if check == nil {
			return configError("WithReadiness got no check; leave it out for none")
		}
		cfg.ready = check
		return nil
	}
}

// WithHandlerLogger has the handler log one line for each request of the protocol:
// method, tool, status, duration. Never a body, a header or a token. Default:
// none.
func WithHandlerLogger(l *slog.Logger) HandlerOption {
	return func(cfg *handlerConfig) error {
		if l == nil {
			return configError("WithHandlerLogger got no logger; leave it out for none")
		}
		cfg.logger = l
		return nil
	}
}

func allows(list []string, value string) bool {
	return slices.Contains(list, "*") || slices.Contains(list, value)
}
