package connector

import (
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"strings"

	"github.com/agentsdk-go/airbyte/internal/direct"
	"github.com/agentsdk-go/airbyte/platform"
)

// Option sets one thing of a connector. A wrong value, or an option of the other
// mode, is an error of Connect or Open that matches ErrConfig.
type Option func(*config) error

// config is what options set. Those of both modes set both parts.
type config struct {
	connectorID string
	platform    []platform.Option
	direct      direct.Config
	given       []given
}

// given is an option that only one mode has.
type given struct {
	name string
	mode string
}

// The modes, as errors call them.
const (
	hostedMode = "hosted mode (Connect)"
	directMode = "open source mode (Open)"
)

// only refuses options of another mode than this one: what they ask for would
// not happen.
func (cfg *config) only(mode string) error {
	for _, g := range cfg.given {
		if g.mode != mode {
			return fmt.Errorf("%s is an option of %s only; leave it out", g.name, g.mode)
		}
	}
	return nil
}

func (cfg *config) limitedTo(mode, name string) { cfg.given = append(cfg.given, given{name, mode}) }

func newConfig(opts []Option) (config, error) {
	cfg := config{direct: direct.Config{Retries: direct.ManifestRetries, RateLimit: direct.ManifestLimits}}
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
	return func(cfg *config) error {
		cfg.limitedTo(hostedMode, "WithCredentials")
		return cfg.add(platform.WithCredentials(clientID, clientSecret))
	}
}

// WithOrganization sets the organization, which credentials that belong to
// several need. Default: AIRBYTE_ORGANIZATION_ID, then the settings file, then
// the one the platform names for the credentials.
func WithOrganization(id string) Option {
	return func(cfg *config) error {
		cfg.limitedTo(hostedMode, "WithOrganization")
		return cfg.add(platform.WithOrganization(id))
	}
}

// WithConnectorID names the connector by its id. Connect then looks nothing up
// and does no I/O; a wrong id shows at the first call.
func WithConnectorID(id string) Option {
	return func(cfg *config) error {
		if id == "" {
			return errors.New("WithConnectorID: the id is empty")
		}
		cfg.limitedTo(hostedMode, "WithConnectorID")
		cfg.connectorID = id
		return nil
	}
}

// WithBaseURL sets the address that is called: the platform's in hosted mode
// (default: AIRBYTE_API_HOST, then https://api.airbyte.ai), the service's in
// open source mode (default: the manifest's). It must be https, but for loopback.
func WithBaseURL(url string) Option {
	return func(cfg *config) error {
		if strings.TrimSpace(url) == "" { // an unset variable must not lead to the real service
			return errors.New("WithBaseURL: url is empty; leave the option out for the default")
		}
		cfg.direct.BaseURL = url
		return cfg.add(platform.WithBaseURL(url))
	}
}

// WithHTTPClient sets the HTTP client that is used. It is copied, and what it
// says of redirects is not used: hosted mode follows none; open source mode
// follows those of reads and leaves credentials behind when one leads to another
// origin. Default: a client of its own.
func WithHTTPClient(c *http.Client) Option {
	return func(cfg *config) error {
		if c == nil {
			return errors.New("WithHTTPClient: client is nil")
		}
		cfg.direct.HTTP = c
		return cfg.add(platform.WithHTTPClient(c))
	}
}

// WithLogger sets a logger for requests: method, path, query, status, duration,
// never a body or a secret. Default: none.
func WithLogger(l *slog.Logger) Option {
	return func(cfg *config) error {
		if l == nil {
			return errors.New("WithLogger: logger is nil")
		}
		cfg.direct.Logger = l
		return cfg.add(platform.WithLogger(l))
	}
}

// WithRetries sets how often a call that failed for a passing reason is
// repeated. Default 2, or what the manifest says in open source mode; 0 turns
// retries off. A write is repeated only when it cannot have happened.
func WithRetries(n int) Option {
	return func(cfg *config) error {
		if n < 0 {
			return fmt.Errorf("WithRetries: retries are %d; use 0 or more", n)
		}
		cfg.direct.Retries = n
		return cfg.add(platform.WithRetries(n))
	}
}

// WithMaxResponseBytes sets the largest answer that is read. Default: 64 MiB.
func WithMaxResponseBytes(n int64) Option {
	return func(cfg *config) error {
		if n <= 0 {
			return fmt.Errorf("WithMaxResponseBytes: the limit is %d bytes; use 1 or more", n)
		}
		cfg.direct.MaxBytes = n
		return cfg.add(platform.WithMaxResponseBytes(n))
	}
}
