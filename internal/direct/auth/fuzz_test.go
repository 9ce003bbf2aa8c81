package auth_test

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"regexp"
	"strings"
	"testing"
	"unicode"

	"github.com/agentsdk-go/airbyte/internal/direct/auth"
	"github.com/agentsdk-go/airbyte/internal/fault"
	"github.com/agentsdk-go/airbyte/internal/httpx"
	"github.com/agentsdk-go/airbyte/internal/manifest"
)

// FuzzMapping: every ${name} is replaced once, whatever the values hold; what
// has no value makes the credential missing.
func FuzzMapping(f *testing.F) {
	for _, s := range [][3]string{
		{"${a}", "x", "y"},
		{"${a}/token", "${b}", "y"},
		{"Key ${a} ${b}${a}", "x", ""},
		{"${", "x", "y"},
		{"${a${b}", "x", "y"},
		{"$${a}}", "}", "${"},
		{"${}${nothing}", "x", "y"},
		{"constant", "", ""},
		{"${a}", "line\nbreak", "y"},
	} {
		f.Add(s[0], s[1], s[2])
	}
	variable := regexp.MustCompile(`\$\{([^}]*)\}`)
	f.Fuzz(func(t *testing.T, text, first, second string) {
		given := creds{"a": first, "b": second}
		want, complete := "", true
		want = variable.ReplaceAllStringFunc(text, func(match string) string {
			value := given[match[2:len(match)-1]]
			complete = complete && value != ""
			return value
		})
		scheme := manifest.Scheme{
			Name: "s", Type: "bearer", Fields: fields("a", "b"),
			Mapping: []manifest.Pair{{Name: "token", Value: text}},
		}
		a, err := auth.New(auth.Config{Schemes: []manifest.Scheme{scheme}, Credentials: given})
		usable := complete && want != "" && first+second != "" && !strings.ContainsFunc(want, func(r rune) bool { return r < ' ' || r == 0x7f })
		if !usable {
			if !errors.Is(err, fault.ErrConfig) {
				t.Fatalf("got %v", err)
			}
			return
		}
		if err != nil {
			t.Fatal(err)
		}
		header, _ := applied(t, a, "")
		if got := header.Get("Authorization"); got != "Bearer "+want {
			t.Errorf("got %q, want %q", got, "Bearer "+want)
		}
	})
}

// FuzzTokenAnswer: whatever a token endpoint says, there is a token that a
// header can carry or a short, clean error without the secret.
func FuzzTokenAnswer(f *testing.F) {
	const secret = "canary-secret"
	for _, s := range []string{
		goodAnswer, `{"access_token":"A","expires_in":"1e999","refresh_token":7,"token_type":[],"site":{"a":1}}`,
		`{"access_token":"A","expires_in":1e308,"site":"x"}`, `{"access_token":"A","expires_in":"NaN"}`,
		`{"error":"canary-secret","error_description":"canary\u202e-secret"}`, `{"access_token":null}`,
		`[]`, `null`, ``, `{`, "\xff", `{"access_token":"A","access_token":"B"}`, `{"access_token":"\ud800"}`, "<html>",
	} {
		f.Add(200, []byte(s))
		f.Add(400, []byte(s))
	}
	f.Fuzz(func(t *testing.T, status int, body []byte) {
		if status < 200 || status > 599 {
			return
		}
		answer := transport(func(*http.Request) (*http.Response, error) {
			return &http.Response{StatusCode: status, Header: http.Header{}, ContentLength: -1, Body: io.NopCloser(bytes.NewReader(body))}, nil
		})
		secrets := &httpx.Secrets{}
		scheme := oauth(tokenURL)
		scheme.OAuth.Extract = []string{"site"}
		a := newAuth(t, auth.Config{
			Schemes: []manifest.Scheme{scheme}, Credentials: creds{"refresh_token": secret}, Secrets: secrets,
			HTTP: httpx.New(httpx.Config{HTTP: &http.Client{Transport: answer}, Secrets: secrets}),
		})
		g, err := a.Grant(t.Context())
		if err != nil {
			text := err.Error()
			if strings.Contains(text, secret) || strings.ContainsFunc(text, unicode.IsControl) || len(text) > 4000 {
				t.Errorf("bad text %q", text)
			}
			return
		}
		var said struct {
			AccessToken string `json:"access_token"`
		}
		if json.Unmarshal(body, &said) == nil && status/100 == 2 && said.AccessToken == "" {
			t.Error("a grant from nothing")
		}
		header := http.Header{}
		g.Apply(header, "")
		value := header.Get("Authorization")
		if status/100 != 2 || len(value) <= len("Bearer ") || strings.ContainsFunc(value, func(r rune) bool { return r < ' ' || r == 0x7f }) {
			t.Errorf("sends %q after status %d", value, status)
		}
	})
}
