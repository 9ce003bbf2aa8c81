package platform

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"strings"
	"sync/atomic"
	"time"

	"golang.org/x/sync/singleflight"

	"github.com/agentsdk-go/airbyte/internal/envelope"
	"github.com/agentsdk-go/airbyte/internal/httpx"
)

// The life of a token whose answer does not say it, as documented, and how
// long before its end it is renewed.
const (
	defaultTokenLife = 15 * time.Minute
	maxTokenLife     = 24 * time.Hour
	renewBefore      = time.Minute
)

// token is a bearer token with the headers of the requests that carry it,
// which are built once and not per request.
type token struct {
	header  http.Header
	renewAt time.Time
}

func (t *token) fresh() bool { return t != nil && time.Now().Before(t.renewAt) }

// tokens holds the token that all calls of a client share.
type tokens struct {
	fixed   *token // given by the program, never renewed
	fetch   func(context.Context) (*token, error)
	current atomic.Pointer[token]
	flights singleflight.Group
}

// get returns a token that is good for a while yet. Callers that need a new
// one at the same time wait for one fetch; each waits no longer than its own
// context, and the fetch goes on for the others.
func (s *tokens) get(ctx context.Context) (*token, error) {
	if s.fixed != nil {
		return s.fixed, nil
	}
	if t := s.current.Load(); t.fresh() {
		return t, nil
	}
	if err := ctx.Err(); err != nil {
		return nil, canceled(err)
	}
	fetched := s.flights.DoChan("", func() (any, error) { return s.renew(context.WithoutCancel(ctx)) })
	select {
	case <-ctx.Done():
		return nil, canceled(ctx.Err())
	case r := <-fetched:
		if r.Err != nil {
			return nil, r.Err
		}
		t, _ := r.Val.(*token)
		return t, nil
	}
}

func (s *tokens) renew(ctx context.Context) (*token, error) {
	// A flight that ended between a caller's look and its start left a token.
	if t := s.current.Load(); t.fresh() {
		return t, nil
	}
	t, err := s.fetch(ctx)
	if err != nil {
		return nil, err
	}
	s.current.Store(t)
	return t, nil
}

// refused notes that the server did not take t, and reports whether another
// can be had. Many calls may learn it at once: only the first drops it.
func (s *tokens) refused(t *token) bool {
	if s.fixed != nil {
		return false
	}
	s.current.CompareAndSwap(t, nil)
	return true
}

func canceled(err error) *Error {
	return &Error{Kind: KindCanceled, Op: opToken, Message: "waiting for the token: " + err.Error(), Err: err}
}

func (c *Client) newToken(value, organization string) *token {
	c.secrets.AddPassing(value)
	header := c.headers(organization)
	header["Authorization"] = []string{"Bearer " + value}
	return &token{header: header}
}

const opToken = "token"

type tokenAnswer struct {
	AccessToken    string      `json:"access_token"`
	ExpiresIn      json.Number `json:"expires_in"`
	OrganizationID string      `json:"organization_id"`
}

// fetchToken exchanges the client credentials for a token. Repeating it does
// no harm, so it is retried as a read.
func (c *Client) fetchToken(ctx context.Context) (*token, error) {
	var answer tokenAnswer
	body := append(envelope.AppendString([]byte(`{"client_id":`), c.creds.ClientID), `,"client_secret":`...)
	start := time.Now()
	_, err := c.http.Do(ctx, &httpx.Request{
		Method:  http.MethodPost,
		URL:     c.endpoint(nil, "account", "applications", "token"),
		Header:  c.headers(c.creds.Organization),
		Body:    append(envelope.AppendString(body, c.creds.ClientSecret), '}'),
		Timeout: shortTimeout,
		Accept:  func(b []byte) error { return answer.read(b) },
	})
	if err != nil {
		return nil, c.tokenRefused(c.failed(opToken, err))
	}
	organization := c.creds.Organization
	if organization == "" && isHeaderSafe(answer.OrganizationID) {
		organization = answer.OrganizationID
	}
	t := c.newToken(answer.AccessToken, organization)
	t.renewAt = start.Add(answer.useFor())
	return t, nil
}

// read decodes the answer. The decoder's words are not repeated: they may
// quote the token.
func (a *tokenAnswer) read(body []byte) error {
	*a = tokenAnswer{}
	if json.Unmarshal(body, a) != nil {
		return errors.New("it is not the json object that a token comes in")
	}
	if a.AccessToken == "" || !isHeaderSafe(a.AccessToken) {
		return errors.New("it holds no usable access_token")
	}
	return nil
}

// useFor is how long the token is used: until a minute before its end, or
// nine tenths of a short life.
func (a *tokenAnswer) useFor() time.Duration {
	life := defaultTokenLife
	if seconds, err := a.ExpiresIn.Float64(); err == nil && seconds > 0 {
		life = time.Duration(min(seconds, maxTokenLife.Seconds()) * float64(time.Second))
	}
	return life - min(renewBefore, life/10)
}

// isBadOrganization recognises a token request that failed for its
// organization header, not for its credentials.
func isBadOrganization(e *Error) bool {
	return e.Status == http.StatusUnprocessableEntity && strings.Contains(strings.ToLower(e.Message), "organization")
}

// tokenRefused tells a refusal from a failing server. The token route is known
// to answer 500 to wrong credentials too.
func (c *Client) tokenRefused(e *Error) *Error {
	refused := e.Status == http.StatusInternalServerError ||
		(e.Status >= 400 && e.Status < 500 && e.Status != http.StatusTooManyRequests)
	if !refused || isManyOrganizations(e) {
		return e
	}
	if isBadOrganization(e) {
		return wrongOrganization(e, "check the organization id, in WithOrganization or AIRBYTE_ORGANIZATION_ID")
	}
	e.Kind, e.Err = KindAuth, ErrCredentials
	e.Message = "the client credentials were refused: " + e.Message
	e.Hint = fmt.Sprintf("check AIRBYTE_CLIENT_ID and AIRBYTE_CLIENT_SECRET, or what WithCredentials got, and that %s is the right host", c.base.Host)
	if e.Status == http.StatusInternalServerError {
		e.Hint += "; a 500 may also be temporary: try again later"
	}
	return e
}
