package platform

import (
	"context"
	"encoding/base64"
	"encoding/json"
	"errors"
	"net/http"
	"strings"
	"time"
)

// scopedTokenLife is the documented life of a scoped token, used when the
// token itself does not tell its end.
const scopedTokenLife = 20 * time.Minute

// ScopedTokenRequest asks for a token of one workspace.
type ScopedTokenRequest struct {
	WorkspaceName string `json:"workspace_name"`      // made when the server does not know it
	RegionID      string `json:"region_id,omitempty"` // "": the server's default
}

// ScopedToken is a bearer token limited to one workspace, to hand to an end
// user. Give it to another client with [WithToken].
type ScopedToken struct {
	Token     string    // a secret, for the Authorization header
	ExpiresAt time.Time // as the token says; else 20 minutes from the request, as documented
}

// ScopedTokenInfo says what a scoped token is limited to.
type ScopedTokenInfo struct {
	OrganizationID string `json:"organization_id"` // UUID
	WorkspaceID    string `json:"workspace_id"`    // UUID; unlike the name it never changes
	WorkspaceName  string `json:"workspace_name"`
}

// ScopedToken returns a token for one workspace. The server makes the
// workspace if it does not know the name. A lost answer is asked for again:
// a second token for the same name makes nothing new.
func (c *Client) ScopedToken(ctx context.Context, req ScopedTokenRequest) (*ScopedToken, error) {
	const op = "scoped token"
	if req.WorkspaceName == "" {
		return nil, invalid(op, "workspace name is empty")
	}
	body, err := json.Marshal(req)
	if err != nil {
		return nil, invalid(op, "%v", err)
	}
	var out ScopedToken
	start := time.Now()
	err = c.do(ctx, &call{
		op:     op,
		method: http.MethodPost,
		url:    c.endpoint(nil, "account", "applications", "scoped-token"),
		body:   body,
		accept: func(body []byte) error { return out.read(body, start) },
	})
	if err != nil {
		return nil, err
	}
	c.secrets.AddPassing(out.Token)
	return &out, nil
}

func (t *ScopedToken) read(body []byte, start time.Time) error {
	var wire struct {
		Token string `json:"token"`
	}
	if json.Unmarshal(body, &wire) != nil || wire.Token == "" {
		return errors.New("it holds no token") // the decoder's words may quote one
	}
	t.Token, t.ExpiresAt = wire.Token, start.Add(scopedTokenLife)
	if end, ok := expiry(wire.Token); ok {
		t.ExpiresAt = end
	}
	return nil
}

// expiry reads the "exp" claim of a JWT. The signature is the server's affair.
func expiry(token string) (time.Time, bool) {
	parts := strings.Split(token, ".")
	if len(parts) != 3 {
		return time.Time{}, false
	}
	payload, err := base64.RawURLEncoding.DecodeString(strings.TrimRight(parts[1], "="))
	if err != nil {
		return time.Time{}, false
	}
	var claims struct {
		Exp int64 `json:"exp"`
	}
	if json.Unmarshal(payload, &claims) != nil || claims.Exp <= 0 {
		return time.Time{}, false
	}
	return time.Unix(claims.Exp, 0), true
}

// ScopedTokenInfo says what a scoped token is limited to; "" asks about the
// client's own, given with [WithToken].
func (c *Client) ScopedTokenInfo(ctx context.Context, scoped string) (*ScopedTokenInfo, error) {
	const op = "scoped token info"
	k := &call{
		op:     op,
		method: http.MethodGet,
		url:    c.endpoint(nil, "account", "applications", "scoped-token", "info"),
	}
	if scoped == "" {
		return fetch[ScopedTokenInfo](ctx, c, k)
	}
	if !isHeaderSafe(scoped) {
		return nil, invalid(op, "the token holds characters that a header cannot carry")
	}
	var out *ScopedTokenInfo
	k.accept = func(body []byte) (err error) {
		out, err = decode[ScopedTokenInfo](body)
		return err
	}
	other := c.newToken(scoped, c.creds.Organization)
	if _, err := c.http.Do(ctx, k.request(other.header)); err != nil {
		e := c.failed(op, err)
		if e.Kind == KindAuth {
			e.Hint = "the scoped token was refused: it may have expired"
		}
		return nil, e
	}
	return out, nil
}
