package httpx_test

import (
	"bytes"
	"encoding/base64"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"github.com/agentsdk-go/airbyte/internal/httpx"
)

func TestRedact(t *testing.T) {
	t.Parallel()
	secrets := &httpx.Secrets{}
	secrets.Add("", `a/b+c "d"<e>&`, "short", "short-and-longer")
	tests := []struct{ name, text, want string }{
		{"nothing to hide", "hello", "hello"},
		{"plain", `x a/b+c "d"<e>& y`, "x [redacted] y"},
		{"json", `{"s":"a/b+c \"d\"\u003ce\u003e\u0026"}`, `{"s":"[redacted]"}`},
		{"json with escaped slash", `a\/b+c \"d\"\u003ce\u003e\u0026`, "[redacted]"},
		{"json without html escapes", `"a/b+c \"d\"<e>&"`, `"[redacted]"`},
		{"query", "?s=a%2Fb%2Bc+%22d%22%3Ce%3E%26&t=1", "?s=[redacted]&t=1"},
		{"lower case query", "a%2fb%2bc+%22d%22%3ce%3e%26", "[redacted]"},
		{"path", "/a%2Fb+c%20%22d%22%3Ce%3E&/z", "/[redacted]/z"},
		{"one inside the other", "short-and-longer short", "[redacted] [redacted]"},
	}
	for _, tc := range tests {
		t.Run(tc.name, func(t *testing.T) {
			t.Parallel()
			if got := secrets.Redact(tc.text); got != tc.want {
				t.Errorf("got %q, want %q", got, tc.want)
			}
		})
	}
}

// TestRedactPair: basic authentication encodes both halves together, so that
// the secret alone is not found in it.
func TestRedactPair(t *testing.T) {
	t.Parallel()
	const id, secret = "id", "canary?secret>>~"
	secrets := &httpx.Secrets{}
	secrets.AddPair(id, secret)
	secrets.AddPair("other", "")
	both := []byte(id + ":" + secret)
	standard := base64.StdEncoding.EncodeToString(both)
	for name, form := range map[string]string{
		"plain":           string(both),
		"standard":        standard,
		"unpadded":        base64.RawStdEncoding.EncodeToString(both),
		"url":             base64.URLEncoding.EncodeToString(both),
		"unpadded url":    base64.RawURLEncoding.EncodeToString(both),
		"in a query":      url.QueryEscape(standard),
		"escaped slashes": strings.ReplaceAll(standard, "/", `\/`),
	} {
		if got := secrets.Redact("a: <" + form + "> other:"); got != "a: <[redacted]> other:" {
			t.Errorf("%s: got %q", name, got)
		}
	}
}

// TestPassingSecretsAreBounded: a process that renews tokens for a year must
// not remember them all, nor forget what lasts.
func TestPassingSecretsAreBounded(t *testing.T) {
	t.Parallel()
	secrets := &httpx.Secrets{}
	secrets.Add("lasting-secret")
	for i := range 10_000 {
		secrets.AddPassing(fmt.Sprintf("token-%05d", i))
	}
	got := secrets.Redact("lasting-secret token-09999 token-00000")
	if want := "[redacted] [redacted] token-00000"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
}

type refusing struct{ err error }

func (r refusing) RoundTrip(*http.Request) (*http.Response, error) { return nil, r.err }

func TestCauseIsRedacted(t *testing.T) {
	t.Parallel()
	secrets := &httpx.Secrets{}
	secrets.Add("canary")
	cause := fmt.Errorf("proxy: canary: %w", io.ErrClosedPipe)
	c := httpx.New(httpx.Config{Secrets: secrets, HTTP: &http.Client{Transport: refusing{cause}}})
	_, err := c.Do(t.Context(), get(t))
	if !errors.Is(err, io.ErrClosedPipe) {
		t.Errorf("%v does not match its cause", err)
	}
	for e := err; e != nil; e = errors.Unwrap(e) {
		if text := fmt.Sprintf("%v %#v", e, e); strings.Contains(text, "canary") {
			t.Errorf("%T shows the secret: %s", e, text)
		}
	}
}

func TestLog(t *testing.T) {
	t.Parallel()
	var out bytes.Buffer
	secrets := &httpx.Secrets{}
	secrets.Add("canary")
	c := httpx.New(httpx.Config{
		Secrets: secrets,
		Logger:  slog.New(slog.NewJSONHandler(&out, &slog.HandlerOptions{Level: slog.LevelDebug})),
		HTTP:    &http.Client{Transport: answer{200, strings.NewReader("body-text"), -1}},
	})
	req := get(t)
	req.URL.Path = "/x/canary"
	req.URL.RawQuery = "API_Key=k1&access_token=k2&name=plain&Password=k3&credentials=k4&client_secret=k5&apikey=k6&q=canary"
	if _, err := c.Do(t.Context(), req); err != nil {
		t.Fatal(err)
	}
	for _, secret := range []string{"k1", "k2", "k3", "k4", "k5", "k6", "canary", "body-text"} {
		if strings.Contains(out.String(), secret) {
			t.Errorf("%q is in the log: %s", secret, out.String())
		}
	}
	for _, want := range []string{`"method":"GET"`, `"status":200`, `"attempt":1`, `"duration":`, "name=plain", `"path":"/x/[redacted]"`} {
		if !strings.Contains(out.String(), want) {
			t.Errorf("%s is not in the log: %s", want, out.String())
		}
	}
}
