package platform_test

import (
	"bytes"
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"html"
	"io"
	"log/slog"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/agentsdk-go/airbyte/platform"
)

const canaryToken = "eyJ.canary/token+with=odd%chars.sig"

// canaries are spellings of the secrets that must be nowhere.
func canaries() []string {
	var out []string
	for _, s := range []string{clientSecret, canaryToken, clientID + ":" + clientSecret} {
		quoted, _ := json.Marshal(s) //nolint:errchkjson // a string
		out = append(out, s, strings.Trim(string(quoted), `"`), url.QueryEscape(s), url.PathEscape(s),
			base64.RawStdEncoding.EncodeToString([]byte(s)), base64.RawURLEncoding.EncodeToString([]byte(s)))
	}
	return out
}

func noCanary(t *testing.T, what, text string) {
	t.Helper()
	for _, c := range canaries() {
		if strings.Contains(text, c) {
			t.Errorf("%s shows %q:\n%s", what, c, text)
		}
	}
}

// TestNoSecretInErrorsAndLogs has the server, and the transport, repeat the
// secrets in every way they could.
func TestNoSecretInErrorsAndLogs(t *testing.T) {
	t.Parallel()
	both := clientSecret + " " + canaryToken
	quoted, err := json.Marshal(both)
	if err != nil {
		t.Fatal(err)
	}
	echoes := map[string]string{
		"plain":         both,
		"message":       fmt.Sprintf(`{"message":%s}`, quoted),
		"field":         fmt.Sprintf(`{"errors":[{"field":%[1]s,"message":%[1]s,"error_code":%[1]s}]}`, quoted),
		"detail object": fmt.Sprintf(`{"detail":{"sent":%s}}`, quoted),
		"json in json":  fmt.Sprintf(`{"detail":{"body":{"client_secret":%s}}}`, quoted),
		"html":          "<html><body>" + html.EscapeString(both) + "</body></html>",
		"query":         "/x?secret=" + url.QueryEscape(clientSecret) + "&t=" + url.QueryEscape(canaryToken),
		"path":          "/x/" + url.PathEscape(clientSecret) + "/" + url.PathEscape(canaryToken),
		"control chars": strings.ReplaceAll(both, "canary", "can\x00ary"),
		"basic":         "Basic " + base64.StdEncoding.EncodeToString([]byte(clientID+":"+clientSecret)),
		"basic, url":    "Basic " + base64.URLEncoding.EncodeToString([]byte(clientID+":"+clientSecret)),
		"at the cut":    strings.Repeat("x", 490) + both,
		"far out":       strings.Repeat(" ", 256<<10-5) + both,
	}
	for name, body := range echoes {
		for _, status := range []int{200, 302, 400, 401, 429, 500, 503} {
			t.Run(fmt.Sprintf("%s %d", name, status), func(t *testing.T) {
				t.Parallel()
				synctest.Test(t, func(t *testing.T) { echo(t, status, body) })
			})
		}
	}
}

func echo(t *testing.T, status int, body string) {
	t.Helper()
	var logs bytes.Buffer
	a := newAPI(t)
	a.reply(tokenRoute, fmt.Sprintf(`{"access_token":%q,"expires_in":900}`, canaryToken))
	a.on(executeRoute, func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Location", "https://elsewhere.test/?t="+url.QueryEscape(canaryToken))
		w.WriteHeader(status)
		fmt.Fprint(w, body)
	})
	c := a.inMemory(platform.WithLogger(slog.New(slog.NewTextHandler(&logs, &slog.HandlerOptions{Level: slog.LevelDebug}))))
	_, err := c.Execute(t.Context(), "con-1", platform.ExecuteRequest{Action: "list"})
	if err == nil {
		t.Fatal("no error")
	}
	everyText(t, err)
	noCanary(t, "log", logs.String())
	noCanary(t, "client", fmt.Sprintf("%v %+v %#v %s", c, c, c, c))
	if logs.Len() == 0 {
		t.Error("nothing logged")
	}
}

// everyText looks at an error and at all that it wraps.
func everyText(t *testing.T, err error) {
	t.Helper()
	if err == nil {
		return
	}
	noCanary(t, "error", fmt.Sprintf("%v\n%+v\n%#v", err, err, err))
	if e, ok := errors.AsType[*platform.Error](err); ok {
		noCanary(t, "fields", fmt.Sprint(e.Fields, e.Message, e.Hint, string(e.Detail)))
	}
	switch u := err.(type) { //nolint:errorlint // walks the tree by hand
	case interface{ Unwrap() error }:
		everyText(t, u.Unwrap())
	case interface{ Unwrap() []error }:
		for _, inner := range u.Unwrap() {
			everyText(t, inner)
		}
	}
}

type failing struct{ err error }

func (f failing) RoundTrip(*http.Request) (*http.Response, error) { return nil, f.err }

func TestNoSecretFromTransport(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		c := newClient(t, platform.WithBaseURL("https://api.example.test"),
			platform.WithHTTPClient(&http.Client{Transport: failing{fmt.Errorf("proxy said %s: %w", clientSecret, io.ErrClosedPipe)}}))
		_, err := c.Organizations(t.Context())
		if !errors.Is(err, platform.ErrUnavailable) || !errors.Is(err, io.ErrClosedPipe) {
			t.Errorf("got %v", err)
		}
		everyText(t, err)
	})
}

func TestNoSecretOfNewConnector(t *testing.T) {
	t.Parallel()
	a := newAPI(t).withToken(900).on("POST /api/v1/integrations/connectors", func(w http.ResponseWriter, r *http.Request) {
		w.WriteHeader(http.StatusUnprocessableEntity)
		if _, err := io.Copy(w, r.Body); err != nil {
			t.Error(err)
		}
	})
	for name, req := range map[string]platform.CreateConnectorRequest{
		"credentials":   {Credentials: raw(fmt.Sprintf(`{"api_token":%q}`, canaryToken))},
		"configuration": {ReplicationConfig: raw(fmt.Sprintf(`{"auth":[{"client_secret":{"value":%q}}],"start":"2026-01-01"}`, canaryToken))},
	} {
		req.WorkspaceName, req.ConnectorType = "default", "Pylon"
		_, err := a.client().CreateConnector(t.Context(), req)
		if !errors.Is(err, platform.ErrValidation) {
			t.Fatalf("%s: got %v", name, err)
		}
		everyText(t, err)
	}
}

// TestNoSecretWhenPrinted: a program that prints or logs what holds a secret
// does not show it.
func TestNoSecretWhenPrinted(t *testing.T) {
	t.Parallel()
	token := platform.ScopedToken{Token: canaryToken, ExpiresAt: time.Unix(1800000000, 0).UTC()}
	request := platform.CreateConnectorRequest{
		WorkspaceName: "acme", ConnectorType: "Pylon", OAuthSecretID: canaryToken,
		Credentials:       raw(fmt.Sprintf(`{"api_token":%q}`, canaryToken)),
		ReplicationConfig: raw(fmt.Sprintf(`{"key":%q}`, canaryToken)),
	}
	for want, value := range map[string][]any{
		"2027-01-15": {token, &token, []any{token}},
		"Pylon":      {request, &request, []any{request}},
	} {
		for _, v := range value {
			var logs bytes.Buffer
			slog.New(slog.NewTextHandler(&logs, nil)).Info("m", "v", v)
			text := fmt.Sprintf("%v %+v %#v %s %q", v, v, v, v, v)
			noCanary(t, fmt.Sprintf("%T", v), text+logs.String())
			if strings.Count(text, want) != 5 || !strings.Contains(logs.String(), want) {
				t.Errorf("%T does not say %s: %s %s", v, want, text, logs.String())
			}
		}
	}
	var logs bytes.Buffer
	slog.New(slog.NewJSONHandler(&logs, nil)).Info("m", "token", token, "request", request)
	noCanary(t, "json log", logs.String())
}
