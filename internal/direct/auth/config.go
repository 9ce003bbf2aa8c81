package auth

import (
	"context"
	"fmt"
	"io"
	"log/slog"
	"time"

	"github.com/agentsdk-go/airbyte/internal/httpx"
	"github.com/agentsdk-go/airbyte/internal/manifest"
)

// Config is what an Authenticator is made of. All but Schemes may be zero.
type Config struct {
	Schemes     []manifest.Scheme
	Scheme      string            // the scheme to use; "": the one that Credentials fit best
	Credentials map[string]string // by the names of the manifest's credential fields; empty values count as absent
	Values      map[string]string // configuration for token addresses: the server's variables, defaults applied

	// HTTP sends the token requests. It must be made with the same Secrets.
	// nil: a client of its own.
	HTTP *httpx.Client

	// Secrets learns every credential and token, so that whoever shares it
	// keeps them out of its texts. nil: a set of its own.
	Secrets *httpx.Secrets

	// OnTokens is told of every new set of tokens, one call at a time, before
	// they are used. It runs on behalf of all callers that wait for the tokens,
	// with the values of the first one's context.
	//
	// Its context ends with the time of the renewal, a minute in all. The tokens
	// are used from then on even when it has not returned; it may go on, and holds
	// back the call with the next tokens. A call of the service that it makes
	// itself may need the very tokens it was handed, and then waits for that
	// minute: it should make none.
	//
	// An error does not fail the calls, whose tokens are good; it goes to Logger
	// and [Authenticator.StoreError], and so does a panic or not returning in time.
	OnTokens func(ctx context.Context, tokens Tokens) error

	Logger *slog.Logger     // nil: none
	Now    func() time.Time // nil: time.Now
}

// Format writes the names of the credentials and none of their values, with
// every verb.
func (c Config) Format(f fmt.State, _ rune) {
	writeText(f, fmt.Sprintf("auth.Config(%d schemes, credentials: %s)", len(c.Schemes), list(sortedKeys(c.Credentials))))
}

// writeText is for the Format methods, which have nowhere to report an error.
func writeText(f fmt.State, text string) {
	_, _ = io.WriteString(f, text)
}
