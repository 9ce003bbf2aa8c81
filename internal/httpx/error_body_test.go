package httpx_test

import (
	"errors"
	"io"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"github.com/agentsdk-go/airbyte/internal/fault"
	"github.com/agentsdk-go/airbyte/internal/httpx"
)

// answer is a transport with one answer.
type answer struct {
	status int
	body   io.Reader
	length int64
}

func (a answer) RoundTrip(*http.Request) (*http.Response, error) {
	return &http.Response{StatusCode: a.status, Header: http.Header{}, ContentLength: a.length, Body: io.NopCloser(a.body)}, nil
}

func get(t *testing.T) *httpx.Request {
	t.Helper()
	u, err := url.Parse("https://api.example.test/x")
	if err != nil {
		t.Fatal(err)
	}
	return &httpx.Request{Method: http.MethodGet, URL: u, Header: http.Header{}}
}

// FuzzErrorBody: whatever a server says, the error keeps its status, is one
// short line, and does not show the secret.
func FuzzErrorBody(f *testing.F) {
	const secret = "canary/s3cret+"
	for _, s := range []string{
		"", "null", `{"message":"x"}`, `{"detail":[{"loc":["a",1],"msg":"m"}]}`, `{"errors":[[],{},"x"]}`,
		"<html><title>t</title><script>", "<", "\xff\xfe", secret, `{"error":{"message":"` + secret + `"}}`,
		`{"detail":"canary\/s3cret+"}`, strings.Repeat("[", 9000) + strings.Repeat("]", 9000), `{"message":"\u202e x"}`,
	} {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, body []byte) {
		secrets := &httpx.Secrets{}
		secrets.Add(secret)
		c := httpx.New(httpx.Config{
			HTTP:    &http.Client{Transport: answer{400, strings.NewReader(string(body)), -1}},
			Secrets: secrets,
		})
		_, err := c.Do(t.Context(), get(t))
		var e *httpx.Error
		if !errors.As(err, &e) || e.Status != 400 || e.Kind != fault.Validation {
			t.Fatalf("got %v", err)
		}
		texts := []string{e.Message}
		for _, f := range e.Fields {
			texts = append(texts, f.Field, f.Code, f.Message)
		}
		for _, text := range texts {
			if strings.Contains(text, secret) || !utf8.ValidString(text) || utf8.RuneCountInString(text) > 600 ||
				strings.ContainsFunc(text, unicode.IsControl) {
				t.Errorf("bad text %q", text)
			}
		}
		if e.Message == "" {
			t.Error("no message")
		}
	})
}
