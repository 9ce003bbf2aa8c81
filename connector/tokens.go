package connector

import (
	"fmt"
	"log/slog"
	"time"

	"github.com/agentsdk-go/airbyte/internal/direct/auth"
)

// Tokens are what an OAuth service gave in exchange for a refresh token or client
// credentials, for a program to keep until its next start. Printing or logging
// them shows which there are, never their values; encoding them as JSON does
// show them.
type Tokens struct {
	AccessToken  string            // what requests carry
	RefreshToken string            // the one to use from now on, also when the answer repeated none; "" when there is none
	TokenType    string            // as the service says it, "Bearer" when it does not
	Expiry       time.Time         // when AccessToken ends; zero when the service does not say
	Extracted    map[string]string // further values that the manifest takes from the answer, such as instance_url; nil when it takes none
}

// String names the tokens that are there.
func (t Tokens) String() string { return "connector." + auth.Tokens(t).String() }

// GoString returns the same as String.
func (t Tokens) GoString() string { return t.String() }

// Format writes the same as String, with every verb.
func (t Tokens) Format(f fmt.State, _ rune) {
	_, _ = f.Write([]byte(t.String())) // Format has nowhere to report an error
}

// LogValue returns the same as String.
func (t Tokens) LogValue() slog.Value { return slog.StringValue(t.String()) }
