package auth

import (
	"fmt"
	"log/slog"
	"strings"
	"time"
)

// Tokens is what a program keeps so that its next start needs no new consent.
// Printing or logging it shows which tokens there are, never their values;
// encoding it as JSON does show them.
type Tokens struct {
	AccessToken  string
	RefreshToken string            // the one to use from now on, also when the answer repeated none; "" when there is none
	TokenType    string            // as the service says it, "Bearer" when it does not
	Expiry       time.Time         // when AccessToken ends; zero when the service does not say
	Extracted    map[string]string // further members of the answer that the manifest asks for, such as instance_url; nil when it asks for none
}

// String names the tokens that are there.
func (t Tokens) String() string {
	parts := []string{"access_token " + presence(t.AccessToken), "refresh_token " + presence(t.RefreshToken)}
	if !t.Expiry.IsZero() {
		parts = append(parts, "expires "+t.Expiry.UTC().Format(time.RFC3339))
	}
	if len(t.Extracted) > 0 {
		parts = append(parts, "extracted "+list(sortedKeys(t.Extracted)))
	}
	return "Tokens(" + strings.Join(parts, ", ") + ")"
}

// GoString returns the same as String.
func (t Tokens) GoString() string { return t.String() }

// Format writes the same as String, with every verb.
func (t Tokens) Format(f fmt.State, _ rune) { writeText(f, t.String()) }

// LogValue returns the same as String.
func (t Tokens) LogValue() slog.Value { return slog.StringValue(t.String()) }

func presence(value string) string {
	if value == "" {
		return "absent"
	}
	return "present"
}
