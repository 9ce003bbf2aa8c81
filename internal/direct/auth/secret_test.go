package auth_test

import (
	"bytes"
	"context"
	"fmt"
	"log/slog"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/agentsdk-go/airbyte/internal/direct/auth"
	"github.com/agentsdk-go/airbyte/internal/httpx"
	"github.com/agentsdk-go/airbyte/internal/manifest"
)

type transport func(*http.Request) (*http.Response, error)

func (f transport) RoundTrip(r *http.Request) (*http.Response, error) { return f(r) }

func newClient(c *http.Client) *httpx.Client { return httpx.New(httpx.Config{HTTP: c}) }

// recorder keeps log lines without their time.
type recorder struct{ bytes.Buffer }

func (r *recorder) logger() *slog.Logger {
	return slog.New(slog.NewTextHandler(r, &slog.HandlerOptions{ReplaceAttr: func(_ []string, a slog.Attr) slog.Attr {
		if a.Key == slog.TimeKey {
			return slog.Attr{}
		}
		return a
	}}))
}

func (r *recorder) String() string { return strings.TrimSpace(r.Buffer.String()) }

// TestNothingShowsSecrets prints all that is exported, in every way.
func TestNothingShowsSecrets(t *testing.T) {
	t.Parallel()
	const canary = "canary-"
	e := newEndpoint(t, 200, `{"access_token":"canary-5","refresh_token":"canary-6","canary_url":"canary-7","expires_in":60}`)
	scheme := oauth(tokenURL)
	scheme.OAuth.Extract = []string{"canary_url"}
	var told auth.Tokens
	cfg := auth.Config{
		Schemes:     []manifest.Scheme{scheme},
		Credentials: creds{"refresh_token": "canary-1", "client_id": "canary-2", "client_secret": "canary-3"},
		HTTP:        e.inMemory(nil),
		OnTokens:    func(_ context.Context, tokens auth.Tokens) error { told = tokens; return nil },
	}
	a := newAuth(t, cfg)
	g, err := a.Grant(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	for name, value := range map[string]any{"config": cfg, "authenticator": a, "grant": g, "tokens": told, "pointer to tokens": &told, "list": []any{cfg, g, told}} {
		for _, verb := range []string{"%v", "%+v", "%#v", "%s", "%q", "%x", "%d"} {
			if text := fmt.Sprintf(verb, value); strings.Contains(text, canary) || strings.Contains(text, fmt.Sprintf("%x", canary)) {
				t.Errorf("%s with %s: %s", name, verb, text)
			}
		}
	}
	log := &recorder{}
	log.logger().Info("x", "tokens", told, "grant", g, "config", cfg, "authenticator", a)
	if strings.Contains(log.String(), canary) {
		t.Error(log)
	}
	told.Expiry = time.Date(2026, 1, 2, 3, 4, 5, 0, time.UTC)
	want := "Tokens(access_token present, refresh_token present, expires 2026-01-02T03:04:05Z, extracted canary_url)"
	if told.String() != want || told.GoString() != want {
		t.Errorf("got %s", told)
	}
	if got := (auth.Tokens{}).String(); got != "Tokens(access_token absent, refresh_token absent)" {
		t.Errorf("got %s", got)
	}
}

// TestSecretsAreLearned: whoever shares the set keeps credentials, pairs and
// fetched tokens out of texts, and leaves ordinary words alone.
func TestSecretsAreLearned(t *testing.T) {
	t.Parallel()
	secrets := &httpx.Secrets{}
	e := newEndpoint(t, 200, `{"access_token":"access-9","refresh_token":"refresh-9"}`)
	oauth2 := newAuth(t, auth.Config{Schemes: []manifest.Scheme{oauth(tokenURL)}, Credentials: refreshOnly, HTTP: e.inMemory(secrets), Secrets: secrets})
	header, _ := applied(t, oauth2, "")
	pair := newAuth(t, auth.Config{Schemes: []manifest.Scheme{basic("${key}", "X", "key")}, Credentials: creds{"key": "pa55"}, Secrets: secrets})
	also, _ := applied(t, pair, "")
	short := newAuth(t, auth.Config{Schemes: []manifest.Scheme{bearer("b", "token")}, Credentials: creds{"token": "e"}, Secrets: secrets})
	applied(t, short, "")

	for _, secret := range []string{"refresh-1", "client-secret", "access-9", "refresh-9", "pa55", header.Get("Authorization"), also.Get("Authorization")} {
		if got := secrets.Redact(secret); got == secret {
			t.Errorf("%q is shown", secret)
		}
	}
	if got := secrets.Redact("eXpected text"); got != "eXpected text" {
		t.Errorf("got %q", got)
	}
}
