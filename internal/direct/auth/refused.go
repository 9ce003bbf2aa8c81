package auth

import (
	"context"
	"errors"
	"net/http"
	"strings"
	"unicode"

	"github.com/agentsdk-go/airbyte/internal/fault"
	"github.com/agentsdk-go/airbyte/internal/httpx"
)

// maxSaid is how many runes of the endpoint's words an error repeats.
const maxSaid = 500

// failed makes an error of a token request that brought no answer or none of
// success. The cause of the transport's error is kept and its kind is not: to
// the caller nothing was written, so no outcome is unknown.
func (o *source) failed(host string, err error) *fault.Error {
	e := &fault.Error{Kind: fault.Unavailable, Message: "token request to " + host + " failed: " + o.said(err.Error())}
	sent, ok := errors.AsType[*httpx.Error](err)
	if !ok {
		return e
	}
	e.Status, e.RetryAfter = sent.Status, sent.RetryAfter
	// The end of the exchange's own time must not pass for the caller's.
	if !errors.Is(sent.Err, context.DeadlineExceeded) && !errors.Is(sent.Err, context.Canceled) {
		e.Err = sent.Err
	}
	switch {
	case sent.Status == http.StatusTooManyRequests:
		e.Kind = fault.RateLimited
	case sent.Status >= 400 && sent.Status < 500:
		e.Kind = fault.Auth
		e.Message = host + " refused the token request: " + o.said(err.Error())
		e.Hint = o.hint()
	}
	return e
}

// useless makes an error of a success that holds no token.
func (o *source) useless(host string, status int, err error) *fault.Error {
	if _, ok := errors.AsType[*refusal](err); ok {
		return &fault.Error{Kind: fault.Auth, Status: status, Message: host + " refused the token request: " + o.said(err.Error()), Hint: o.hint()}
	}
	return &fault.Error{Kind: fault.Unavailable, Status: status, Message: "unreadable token answer from " + host + ": " + err.Error()}
}

func (o *source) hint() string {
	if o.grant == grantClientCredentials {
		return "check the client id and the client secret"
	}
	return "check the credentials, and get a new refresh token: it may have ended, or been used before"
}

// said makes foreign words fit for an error: no secrets, one line, bounded.
func (o *source) said(text string) string {
	text = strings.Map(func(r rune) rune {
		switch {
		case unicode.IsSpace(r):
			return ' '
		case unicode.IsControl(r), unicode.Is(unicode.Bidi_Control, r):
			return -1
		}
		return r
	}, strings.ToValidUTF8(o.secrets.Redact(text), "\uFFFD"))
	text = o.secrets.Redact(text) // what is left out can put a secret together again
	if runes := []rune(text); len(runes) > maxSaid {
		return string(runes[:maxSaid-1]) + "…"
	}
	return text
}
