package auth

import (
	"fmt"
	"maps"
	"sync/atomic"
	"time"

	"golang.org/x/sync/singleflight"

	"github.com/agentsdk-go/airbyte/internal/httpx"
	"github.com/agentsdk-go/airbyte/internal/manifest"
)

// Authenticator hands out what requests carry as proof of who sends them. It
// is safe for concurrent use.
type Authenticator struct {
	name    string  // of the scheme; "": none
	place   *placer // nil: nothing is added to requests
	tokens  *source // nil: nothing can be fetched or renewed
	keeper  *keeper
	now     func() time.Time
	current atomic.Pointer[snapshot]
	resumes atomic.Pointer[time.Time] // no renewal before a token's end until then; nil: any time
	early   atomic.Bool               // a renewal is under way that nobody need wait for
	flights singleflight.Group
}

// New checks the credentials against the schemes and returns an authenticator.
// It does no I/O. Every error is a configuration error that names credentials,
// never their values: none given, one missing or empty, one unknown, one that
// belongs to another scheme, several schemes that fit equally well, a value
// that no header can carry, or a token address that is not https (plain http
// serves loopback hosts alone).
//
// Of several schemes the one with the most required credentials given is
// taken, unless Config.Scheme names one. A manifest without schemes takes no
// credentials, and nothing is added to its requests.
func New(cfg Config) (*Authenticator, error) {
	cfg = withDefaults(cfg)
	given := present(cfg.Credentials)
	scheme, err := choose(cfg.Schemes, cfg.Scheme, given)
	if err != nil {
		return nil, err
	}
	a := &Authenticator{now: cfg.Now, keeper: newKeeper(cfg)}
	if scheme == nil {
		a.current.Store(&snapshot{})
		return a, nil
	}
	parts := mapped(scheme, given)
	remember(cfg.Secrets, given, parts)
	if err := a.setUp(cfg, scheme, given, parts); err != nil {
		return nil, err
	}
	return a, nil
}

func withDefaults(cfg Config) Config {
	if cfg.Now == nil {
		cfg.Now = time.Now
	}
	if cfg.Secrets == nil {
		cfg.Secrets = &httpx.Secrets{}
	}
	if cfg.HTTP == nil {
		cfg.HTTP = httpx.New(httpx.Config{Secrets: cfg.Secrets})
	}
	return cfg
}

func (a *Authenticator) setUp(cfg Config, scheme *manifest.Scheme, given, parts map[string]string) (err error) {
	a.name = scheme.Name
	if a.place, err = newPlacer(scheme, given, parts); err != nil {
		return err
	}
	first := &snapshot{access: parts[partAccessToken], refresh: parts[partRefreshToken]}
	if scheme.Type == typeOAuth2 {
		if a.tokens, err = newSource(cfg, scheme, parts); err != nil {
			return err
		}
	}
	// What is sent is tried out now, before there is a token, so that a wrong
	// header fails here and not in the middle of a run.
	trial := first.access
	if a.tokens != nil && trial == "" {
		trial = "token"
	}
	if first.proof, err = a.place.proof(trial, first.refresh, a.now()); err != nil {
		return err
	}
	a.current.Store(first)
	return nil
}

// shortest is the least length of a value that is kept out of texts. Nobody
// protects anything with less, and taking one letter out would garble them.
const shortest = 4

// remember makes known what must not be shown: every credential, and the pairs
// that basic authentication encodes.
func remember(secrets *httpx.Secrets, given, parts map[string]string) {
	for _, value := range given {
		if len(value) >= shortest {
			secrets.Add(value)
		}
	}
	for _, pair := range [][2]string{{partUsername, partPassword}, {partClientID, partClientSecret}} {
		if encoded := parts[pair[0]] + ":" + parts[pair[1]]; len(encoded) >= shortest {
			secrets.Add(encoded)
		}
	}
}

// Scheme returns the name of the scheme in use, "" when the manifest has none.
func (a *Authenticator) Scheme() string { return a.name }

// Values returns the members of the token answers so far that the manifest
// asks for. They come before configuration of the same name. nil: none so far.
func (a *Authenticator) Values() map[string]string {
	return maps.Clone(a.current.Load().extracted)
}

// StoreError tells why the newest tokens are not stored, as far as is known:
// what Config.OnTokens failed with, or that it did not return in time. It is nil
// when they are stored, be it late, and when there is nothing to store. The
// tokens of a program that could not store them work until it ends.
func (a *Authenticator) StoreError() error { return a.keeper.failure() }

// Format writes the name of the scheme and nothing secret, with every verb.
func (a *Authenticator) Format(f fmt.State, _ rune) {
	writeText(f, fmt.Sprintf("auth.Authenticator(scheme %q)", a.name))
}
