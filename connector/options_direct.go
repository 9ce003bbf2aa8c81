package connector

import (
	"context"
	"errors"
	"fmt"
	"maps"

	"github.com/agentsdk-go/airbyte/internal/direct/auth"
)

// WithConfig sets what the service's address and parameters are made of: the
// manifest's server variables, and the values that it takes from the
// configuration instead of from each call. Manifest.Config lists them. Used more
// than once, the values add up. Open source mode only.
func WithConfig(values map[string]string) Option {
	return func(cfg *config) error {
		cfg.limitedTo(directMode, "WithConfig")
		if cfg.direct.Values == nil {
			cfg.direct.Values = map[string]string{}
		}
		maps.Copy(cfg.direct.Values, values)
		return nil
	}
}

// WithAuthScheme chooses one of the manifest's authentication schemes by name.
// Default: the one that the credentials fit. Open source mode only.
func WithAuthScheme(name string) Option {
	return func(cfg *config) error {
		cfg.limitedTo(directMode, "WithAuthScheme")
		if name == "" {
			return errors.New("WithAuthScheme: the name is empty")
		}
		cfg.direct.Scheme = name
		return nil
	}
}

// WithTokenRefresh calls fn with every set of tokens that the service's token
// endpoint hands out, before they are used, so that the program can store them:
// some services take each refresh token only once. One call of fn runs at a time,
// in any goroutine, on behalf of all operations that wait for the tokens; it must
// not use the connector. After a minute the tokens are used even when fn has not
// returned. Its error does not fail the operations, since the tokens are good: it
// goes to the logger and into the Meta.Warning of results. Open source mode only.
func WithTokenRefresh(fn func(context.Context, Tokens) error) Option {
	return func(cfg *config) error {
		cfg.limitedTo(directMode, "WithTokenRefresh")
		if fn == nil {
			return errors.New("WithTokenRefresh: the function is nil")
		}
		cfg.direct.OnTokens = func(ctx context.Context, t auth.Tokens) error { return fn(ctx, Tokens(t)) }
		return nil
	}
}

// WithRateLimit holds calls back to n per minute for each operation, repetitions
// included: half of them may come at once, the rest is spread over the minute. A
// call waits for its turn, or fails at once with ErrRateLimited when its context
// would end before. 0 turns the client-side limit off. Default: what the manifest
// says the service allows, which is nothing for most. Open source mode only.
func WithRateLimit(n int) Option {
	return func(cfg *config) error {
		cfg.limitedTo(directMode, "WithRateLimit")
		if n < 0 {
			return fmt.Errorf("WithRateLimit: %d is negative", n)
		}
		cfg.direct.RateLimit = n
		return nil
	}
}

// WithOptionalDefaults sends the manifest's defaults of optional query
// parameters with every call that leaves them out. Without it the service
// applies its own. Defaults of required parameters are always sent. Open source
// mode only.
func WithOptionalDefaults() Option {
	return func(cfg *config) error {
		cfg.limitedTo(directMode, "WithOptionalDefaults")
		cfg.direct.Defaults = true
		return nil
	}
}
