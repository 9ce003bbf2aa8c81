package platform

import (
	"errors"
	"net/http"
	"net/url"

	"github.com/agentsdk-go/airbyte/internal/httpx"
	"github.com/agentsdk-go/airbyte/internal/settings"
)

// Client calls the Airbyte Agent API. It is safe for concurrent use; all its
// calls share one token.
type Client struct {
	http      *httpx.Client
	base      *url.URL
	secrets   *httpx.Secrets
	tokens    *tokens
	creds     settings.Credentials
	userAgent string
}

// New returns a client. It does no network I/O: the first call fetches the
// token.
//
// What the options do not give is looked up: credentials in AIRBYTE_CLIENT_ID
// and AIRBYTE_CLIENT_SECRET, then in ~/.airbyte-agent/settings.json; the
// organization in AIRBYTE_ORGANIZATION_ID, then beside the file's credentials
// when those are used; the host in AIRBYTE_API_HOST. Every error matches
// [ErrConfig].
func New(opts ...Option) (*Client, error) {
	cfg, err := newConfig(opts)
	if err != nil {
		return nil, configError(err)
	}
	system := settings.OS()
	creds, err := system.Resolve(cfg.given)
	if err != nil {
		return nil, configError(err)
	}
	if !isHeaderSafe(creds.Organization) {
		return nil, configError(errors.New("the organization id holds characters that a header cannot carry"))
	}
	if cfg.base == nil {
		if cfg.base, err = system.Host(""); err != nil {
			return nil, configError(err)
		}
	}
	return newClient(cfg, creds), nil
}

func newClient(cfg *config, creds settings.Credentials) *Client {
	secrets := &httpx.Secrets{}
	secrets.AddPair(creds.ClientID, creds.ClientSecret)
	secrets.Add(creds.Token)
	c := &Client{
		http: httpx.New(httpx.Config{
			HTTP:     cfg.http,
			Retries:  cfg.retries,
			MaxBytes: cfg.maxBytes,
			Logger:   cfg.logger,
			Secrets:  secrets,
		}),
		base:      cfg.base,
		secrets:   secrets,
		creds:     creds,
		userAgent: cfg.userAgent,
	}
	c.tokens = &tokens{fetch: c.fetchToken}
	if creds.Token != "" {
		c.tokens.fixed = c.newToken(creds.Token, creds.Organization)
	}
	return c
}

// Redact returns text without the client's secrets: its client secret and the
// tokens it has used, plain or in an escaped form. Errors and logs of this
// package are redacted already.
func (c *Client) Redact(text string) string { return c.secrets.Redact(text) }

// BaseURL returns where the client sends its requests.
func (c *Client) BaseURL() string { return c.base.String() }

// String names the client by its host. It keeps credentials out of texts that
// print a client.
func (c *Client) String() string { return "platform.Client(" + c.base.String() + ")" }

// GoString is String, for the %#v of package fmt.
func (c *Client) GoString() string { return c.String() }

// Close closes idle connections of the client's own transport. An injected
// HTTP client is left alone. The client stays usable.
func (c *Client) Close() error {
	c.http.Close()
	return nil
}

// headers returns what every request carries, without a token.
func (c *Client) headers(organization string) http.Header {
	h := http.Header{
		"Accept":       {"application/json"},
		"Content-Type": {"application/json"},
		"User-Agent":   {c.userAgent},
	}
	if organization != "" {
		h["X-Organization-Id"] = []string{organization}
	}
	return h
}
