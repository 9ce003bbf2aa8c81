package connector

import (
	"errors"
	"log/slog"
	"net/http"

	"github.com/agentsdk-go/airbyte/platform"
)

// Option sets one thing of a connector. A wrong value is an error of Connect
// that matches ErrConfig.
type Option func(*config) error

type config struct {
	connectorID string
	platform    []platform.Option
}

func newConfig(opts []Option) (config, error) {
	var cfg config
	for _, opt := range opts {
		if opt == nil {
			continue
		}
		if err := opt(&cfg); err != nil {
			return cfg, err
		}
	}
	return cfg, nil
}

func (cfg *config) add(opt platform.Option) error {
	cfg.platform = append(cfg.platform, opt)
	return nil
}

// WithCredentials sets the Airbyte client id and secret. Default: the variables
// AIRBYTE_CLIENT_ID and AIRBYTE_CLIENT_SECRET, then ~/.airbyte-agent/settings.json.
func WithCredentials(clientID, clientSecret string) Option {
	return func(cfg *config) error { return cfg.add(platform.WithCredentials(clientID, clientSecret)) }
}

// WithOrganization sets the organization, which credentials that belong to
// several need. Default: AIRBYTE_ORGANIZATION_ID, then the settings file, then
// the one the platform names for the credentials.
func WithOrganization(id string) Option {
	return func(cfg *config) error { return cfg.add(platform.WithOrganization(id)) }
}

// WithConnectorID names the connector by its id. Connect then looks nothing up
// and does no I/O; a wrong id shows at the first call.
func WithConnectorID(id string) Option {
	return func(cfg *config) error {
		if id == "" {
			return errors.New("WithConnectorID: the id is empty")
		}
		cfg.connectorID = id
		return nil
	}
}

// WithBaseURL sets the platform's address. Default: AIRBYTE_API_HOST, then
// https://api.airbyte.ai.
func WithBaseURL(url string) Option {
	return func(cfg *config) error { return cfg.add(platform.WithBaseURL(url)) }
}

// WithHTTPClient sets the HTTP client that is used. It is copied; redirects
// are never followed. Default: a client of its own.
func WithHTTPClient(c *http.Client) Option {
	return func(cfg *config) error { return cfg.add(platform.WithHTTPClient(c)) }
}

// WithLogger sets a logger for requests: method, path, status, duration, never
// a body or a secret. Default: none.
func WithLogger(l *slog.Logger) Option {
	return func(cfg *config) error { return cfg.add(platform.WithLogger(l)) }
}

// WithRetries sets how often a call that failed for a passing reason is
// repeated. Default 2; 0 turns retries off. A write is repeated only when it
// cannot have happened.
func WithRetries(n int) Option {
	return func(cfg *config) error { return cfg.add(platform.WithRetries(n)) }
}

// WithMaxResponseBytes sets the largest answer that is read. Default: 64 MiB.
func WithMaxResponseBytes(n int64) Option {
	return func(cfg *config) error { return cfg.add(platform.WithMaxResponseBytes(n)) }
}
