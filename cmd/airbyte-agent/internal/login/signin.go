package login

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"time"
	"unicode"

	"github.com/agentsdk-go/airbyte/cmd/airbyte-agent/internal/failure"
	"github.com/agentsdk-go/airbyte/internal/httpx"
	"github.com/agentsdk-go/airbyte/platform"
)

// DefaultRealm is where people sign in to Airbyte.
const DefaultRealm = "https://cloud.airbyte.com/auth/realms/_airbyte-cloud-users"

// DefaultLimit is how long a person has for the browser.
const DefaultLimit = 3 * time.Minute

// What the realm knows this program as.
const (
	realmClient = "sonar-webapp"
	realmScopes = "openid email profile offline_access"
)

// SignIn gets a person's token through the browser.
type SignIn struct {
	Realm   *url.URL       // such as DefaultRealm
	HTTP    *httpx.Client  // for the one request that redeems the code
	Secrets *httpx.Secrets // those of HTTP: learns the code and the token
	Limit   time.Duration  // 0: DefaultLimit
	// Show tells the person which page to open, and may open it.
	Show func(ctx context.Context, page string) error
}

// Token waits for the person and returns their bearer token. A refusal is an
// auth_error; nobody in the browser within the limit, a timeout. When ctx ends,
// the error matches its cause.
func (s SignIn) Token(ctx context.Context) (string, error) {
	limit := s.Limit
	if limit <= 0 {
		limit = DefaultLimit
	}
	secret := newProof()
	s.Secrets.AddPassing(secret.verifier)
	back, err := listen(ctx, secret.state)
	if err != nil {
		return "", err
	}
	defer back.close(ctx)
	waiting, cancel := context.WithTimeoutCause(ctx, limit, errTooLate)
	defer cancel()
	if err := s.Show(waiting, s.page(back.redirect, secret)); err != nil {
		return "", err
	}
	values, err := back.wait(waiting)
	switch {
	case errors.Is(err, errTooLate):
		return "", &failure.Error{
			Type:    "timeout",
			Message: fmt.Sprintf("nobody signed in within %v", limit),
			Hint:    "run it again, or log in without a browser: airbyte-agent login --manual",
			Exit:    failure.ExitGeneral,
			Err:     errTooLate,
		}
	case err != nil:
		return "", err
	}
	code, err := s.code(values)
	if err != nil {
		return "", err
	}
	return s.redeem(ctx, code, back.redirect, secret)
}

// page is the address that the person opens.
func (s SignIn) page(redirect string, secret proof) string {
	u := s.endpoint("auth")
	u.RawQuery = url.Values{
		"client_id":             {realmClient},
		"redirect_uri":          {redirect},
		"response_type":         {"code"},
		"scope":                 {realmScopes},
		"state":                 {secret.state},
		"code_challenge":        {secret.challenge()},
		"code_challenge_method": {"S256"},
	}.Encode()
	return u.String()
}

func (s SignIn) endpoint(name string) *url.URL {
	return below(s.Realm, "/protocol/openid-connect/"+name)
}

// below is a path under a base that may have none: URL.JoinPath would leave the
// slash between host and path out.
func below(base *url.URL, path string) *url.URL {
	u := *base
	u.Path, u.RawPath = strings.TrimRight(u.Path, "/")+path, ""
	return &u
}

// code reads the redirect.
func (s SignIn) code(values url.Values) (string, error) {
	if kind := values.Get("error"); kind != "" {
		said := kind
		if more := values.Get("error_description"); more != "" {
			said += ": " + more
		}
		return "", failure.Auth("the sign-in was refused: %s", printable(s.Secrets.Redact(said)))
	}
	code := values.Get("code")
	if code == "" {
		return "", failure.General("the browser came back without a code").WithHint("run it again")
	}
	s.Secrets.AddPassing(code)
	return code, nil
}

// maxSaid is how much of a foreign text an error repeats, in bytes.
const maxSaid = 300

// printable keeps foreign text from driving the terminal, and bounds it.
func printable(text string) string {
	text = strings.Map(graphic, strings.ToValidUTF8(text, ""))
	if len(text) <= maxSaid {
		return text
	}
	return strings.ToValidUTF8(text[:maxSaid], "") + "…"
}

// graphic drops what is not for the eye, for strings.Map.
func graphic(r rune) rune {
	if !unicode.IsGraphic(r) || unicode.Is(unicode.Bidi_Control, r) {
		return -1
	}
	return r
}

// redeem exchanges the code for a token. A code works once, so a lost answer is
// not asked for again.
func (s SignIn) redeem(ctx context.Context, code, redirect string, secret proof) (string, error) {
	form := url.Values{
		"grant_type":    {"authorization_code"},
		"client_id":     {realmClient},
		"redirect_uri":  {redirect},
		"code":          {code},
		"code_verifier": {secret.verifier},
	}
	var token string
	_, err := s.HTTP.Do(ctx, &httpx.Request{
		Method: http.MethodPost,
		URL:    s.endpoint("token"),
		Header: http.Header{
			"Accept":       {"application/json"},
			"Content-Type": {"application/x-www-form-urlencoded"},
		},
		Body:    []byte(form.Encode()),
		Write:   true,
		Timeout: 30 * time.Second,
		Accept: func(body []byte) (err error) {
			token, err = accessToken(body)
			return err
		},
	})
	if err != nil {
		return "", refusedCode(failed("redeem the sign-in", err))
	}
	s.Secrets.AddPassing(token)
	return token, nil
}

// refusedCode says that a sign-in has failed, where the realm answered as OAuth
// does it: with 400 for a code that it does not take. A lost answer is no more
// than that: nothing depends on what became of the code.
func refusedCode(err error) error {
	e, ok := errors.AsType[*platform.Error](err)
	switch {
	case !ok:
		return err
	case e.Status == http.StatusBadRequest, e.Status == http.StatusUnauthorized:
		return failure.Auth("the sign-in was refused: %s", e.Message).WithHint("run it again")
	case e.Kind == platform.KindUnknownOutcome:
		e.Kind, e.Hint = platform.KindUnavailable, "run it again"
	}
	return e
}

// accessToken reads the token endpoint's answer. The decoder's words are not
// repeated: they may quote a token.
func accessToken(body []byte) (string, error) {
	var wire struct {
		AccessToken string `json:"access_token"`
	}
	if json.Unmarshal(bytes.TrimSpace(body), &wire) != nil || wire.AccessToken == "" {
		return "", errors.New("it holds no access_token")
	}
	for _, r := range wire.AccessToken {
		if r <= ' ' || r > '~' {
			return "", errors.New("its access_token cannot go into a header")
		}
	}
	return wire.AccessToken, nil
}

// failed turns a failure of the transport into one of the login.
func failed(op string, err error) error {
	sent, ok := errors.AsType[*httpx.Error](err)
	if !ok {
		return fmt.Errorf("login: %s: %w", op, err)
	}
	return &platform.Error{
		Kind:       sent.Kind,
		Op:         op,
		Status:     sent.Status,
		RetryAfter: sent.RetryAfter,
		Message:    sent.Message,
		Err:        sent.Err,
	}
}
