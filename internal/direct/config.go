package direct

import (
	"cmp"
	"context"
	"log/slog"
	"net/http"
	"time"

	"github.com/agentsdk-go/airbyte/internal/direct/auth"
	"github.com/agentsdk-go/airbyte/internal/fault"
	"github.com/agentsdk-go/airbyte/internal/httpx"
	"github.com/agentsdk-go/airbyte/internal/manifest"
)

// attemptTimeout bounds one attempt of a call; the context bounds the whole.
const attemptTimeout = 60 * time.Second

// ManifestRetries and ManifestLimits leave a setting to the manifest.
const (
	ManifestRetries = -1
	ManifestLimits  = -1
)

// Config sets up a Client.
type Config struct {
	Credentials map[string]string // by the names of the manifest
	Scheme      string            // name of the authentication scheme; "": the one that fits the credentials
	Values      map[string]string // server variables and other configuration
	BaseURL     string            // instead of the manifest's address; "": the manifest's
	HTTP        *http.Client      // nil: a client of its own
	Logger      *slog.Logger      // nil: none
	Retries     int               // attempts after the first; ManifestRetries: what the manifest says
	MaxBytes    int64             // of one answer; 0: httpx.DefaultMaxBytes
	RateLimit   int               // calls per minute and operation; 0: no limit; ManifestLimits: what the manifest says
	Defaults    bool              // send the defaults of optional query parameters too
	UserAgent   string
	OnTokens    func(context.Context, auth.Tokens) error // told of new OAuth tokens; may be nil
	Now         func() time.Time                         // nil: time.Now
}

// New prepares calls of the service that doc describes. It does no I/O.
// Errors are of kind Config and name what is missing, unknown or wrong.
func New(doc *manifest.Document, cfg Config) (*Client, error) {
	if cfg.Now == nil {
		cfg.Now = time.Now
	}
	values, err := newValues(doc, cfg)
	if err != nil {
		return nil, err
	}
	server, err := newServer(doc, cfg.BaseURL, values)
	if err != nil {
		return nil, err
	}
	secrets := &httpx.Secrets{}
	retry := doc.Retry
	if retry == nil {
		defaults := manifest.DefaultRetry()
		retry = &defaults
	}
	repeats := cfg.Retries
	if repeats == ManifestRetries {
		repeats = retries(retry)
	}
	transport := httpx.New(httpx.Config{
		HTTP: cfg.HTTP, Retries: repeats, MaxBytes: cfg.MaxBytes, Logger: cfg.Logger, Secrets: secrets, Policy: policy(retry),
	})
	authenticator, err := auth.New(auth.Config{
		Schemes: doc.Schemes, Scheme: cfg.Scheme, Credentials: cfg.Credentials, Values: values, HTTP: transport, Secrets: secrets,
		OnTokens: cfg.OnTokens, Logger: cfg.Logger, Now: cfg.Now,
	})
	if err != nil {
		return nil, err
	}
	return &Client{
		doc: doc, values: values, server: server, auth: authenticator, http: transport, secrets: secrets,
		limits: limits{perMinute: cfg.RateLimit}, defaults: cfg.Defaults, now: cfg.Now,
		userAgent: cmp.Or(cfg.UserAgent, "airbyte-agent-go"),
	}, nil
}

func configError(format string, args ...any) *fault.Error {
	return failure(fault.Config, format, args...)
}
