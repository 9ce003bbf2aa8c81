package platform

import (
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"net/url"

	"github.com/agentsdk-go/airbyte/internal/httpx"
	"github.com/agentsdk-go/airbyte/internal/settings"
)

// DefaultBaseURL is where the Airbyte Agent API is.
const DefaultBaseURL = settings.DefaultHost

const (
	defaultRetries   = 2
	defaultUserAgent = "agentsdk-go-airbyte"
)

// Option sets up a [Client]. An option given twice counts the last time; nil is
// none.
type Option func(*config) error

type config struct {
	given     settings.Credentials
	paired    bool
	base      *url.URL
	http      *http.Client
	logger    *slog.Logger
	retries   int
	maxBytes  int64
	userAgent string
}

// WithCredentials gives the client id and secret that tokens are fetched with.
func WithCredentials(clientID, clientSecret string) Option {
	return func(c *config) error {
		c.given.ClientID, c.given.ClientSecret, c.paired = clientID, clientSecret, true
		switch {
		case clientID == "" && clientSecret == "":
			return errors.New("WithCredentials: client id and client secret are empty")
		case clientID == "":
			return errors.New("WithCredentials: client id is empty")
		case clientSecret == "":
			return errors.New("WithCredentials: client secret is empty")
		}
		return nil
	}
}

// WithToken gives a ready bearer token, such as a scoped token. The client
// then fetches none, and cannot renew it.
func WithToken(token string) Option {
	return func(c *config) error {
		c.given.Token = token
		if token == "" {
			return errors.New("WithToken: token is empty")
		}
		if !isHeaderSafe(token) {
			return errors.New("WithToken: token holds characters that a header cannot carry")
		}
		return nil
	}
}

// WithOrganization names the organization to act in, which credentials of
// several organizations need.
func WithOrganization(id string) Option {
	return func(c *config) error {
		c.given.Organization = id
		if id == "" {
			return errors.New("WithOrganization: id is empty")
		}
		if !isHeaderSafe(id) {
			return errors.New("WithOrganization: id holds characters that a header cannot carry")
		}
		return nil
	}
}

// WithBaseURL sets where the API is, default [DefaultBaseURL]. It must be
// https; http is taken for loopback hosts alone. A url that ends in /api or
// /api/v1, as in examples of the API, is taken without it.
func WithBaseURL(url string) Option {
	return func(c *config) error {
		base, err := settings.ParseHost("WithBaseURL: url", url)
		c.base = base
		return err
	}
}

// WithHTTPClient sets the HTTP client to send with. It is copied; redirects
// are not followed whatever it says. Default: one with a transport of its own.
func WithHTTPClient(client *http.Client) Option {
	return func(c *config) error {
		c.http = client
		if client == nil {
			return errors.New("WithHTTPClient: client is nil")
		}
		return nil
	}
}

// WithLogger has every attempt logged: method, path, status, duration. Bodies
// and secrets are not. Default: no logging.
func WithLogger(logger *slog.Logger) Option {
	return func(c *config) error {
		c.logger = logger
		if logger == nil {
			return errors.New("WithLogger: logger is nil")
		}
		return nil
	}
}

// WithRetries sets the attempts after the first, default 2; 0 turns retries
// off.
func WithRetries(n int) Option {
	return func(c *config) error {
		c.retries = n
		if n < 0 {
			return fmt.Errorf("WithRetries: retries are %d; use 0 or more", n)
		}
		return nil
	}
}

// WithMaxResponseBytes limits one answer, default 64 MiB. Downloads are
// streams and have no limit.
func WithMaxResponseBytes(n int64) Option {
	return func(c *config) error {
		c.maxBytes = n
		if n <= 0 {
			return fmt.Errorf("WithMaxResponseBytes: the limit is %d bytes; use 1 or more", n)
		}
		return nil
	}
}

// WithUserAgent sets the User-Agent header.
func WithUserAgent(agent string) Option {
	return func(c *config) error {
		c.userAgent = agent
		if agent == "" || !isHeaderSafe(agent) {
			return errors.New("WithUserAgent: text is empty or holds characters that a header cannot carry")
		}
		return nil
	}
}

func isHeaderSafe(s string) bool {
	for i := range len(s) {
		if s[i] < ' ' || s[i] > '~' {
			return false
		}
	}
	return true
}

func newConfig(opts []Option) (*config, error) {
	c := &config{retries: defaultRetries, maxBytes: httpx.DefaultMaxBytes, userAgent: defaultUserAgent}
	for _, opt := range opts {
		if opt == nil {
			continue
		}
		if err := opt(c); err != nil {
			return nil, err
		}
	}
	if c.paired && c.given.Token != "" {
		return nil, errors.New("WithCredentials and WithToken are both given: give one")
	}
	return c, nil
}
