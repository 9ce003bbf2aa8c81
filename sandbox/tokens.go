package sandbox

import (
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"strings"
	"sync/atomic"
	"time"
)

type tokenKind string

const (
	applicationToken tokenKind = "application" // the whole organization
	scopedToken      tokenKind = "scoped"      // one workspace
	userToken        tokenKind = "user"        // a person who has signed in: only what leads to client credentials
)

// claims is the payload of a token. Clients read only exp; the rest is the
// sandbox's own note of what the token may do.
type claims struct {
	Issuer         string    `json:"iss"`
	ID             uint64    `json:"jti"`
	IssuedAt       int64     `json:"iat"`
	ExpiresAt      int64     `json:"exp"`
	Kind           tokenKind `json:"kind"`
	Generation     uint64    `json:"generation"`
	OrganizationID string    `json:"organization_id,omitempty"`
	WorkspaceID    string    `json:"workspace_id,omitempty"`
}

// tokenIssuer signs tokens with a key of its own, so that checking one needs no
// shared state and a token of another sandbox is refused.
type tokenIssuer struct {
	now        func() time.Time
	key        [32]byte
	issued     atomic.Uint64
	generation atomic.Uint64 // tokens of an earlier generation are expired
}

func newTokenIssuer(now func() time.Time) *tokenIssuer {
	t := &tokenIssuer{now: now}
	rand.Read(t.key[:]) // never fails: the runtime ends the process instead
	return t
}

func (t *tokenIssuer) expireAll() { t.generation.Add(1) }

var tokenHeader = base64.RawURLEncoding.EncodeToString([]byte(`{"alg":"HS256","typ":"JWT"}`))

// issue signs c, valid for lifetime. The expiry is rounded up, so that a token
// never dies before the seconds that were promised for it are over.
func (t *tokenIssuer) issue(c claims, lifetime time.Duration) string {
	now := t.now()
	c.Issuer = "airbyte-sandbox"
	c.ID = t.issued.Add(1)
	c.IssuedAt = now.Unix()
	c.ExpiresAt = now.Add(lifetime + time.Second - time.Nanosecond).Unix()
	c.Generation = t.generation.Load()
	payload, err := json.Marshal(c)
	if err != nil {
		panic(fmt.Sprintf("sandbox: claims cannot be encoded: %v", err))
	}
	signed := tokenHeader + "." + base64.RawURLEncoding.EncodeToString(payload)
	return signed + "." + t.sign(signed)
}

// verify returns the claims of a token that this issuer signed and that has not
// expired.
func (t *tokenIssuer) verify(token string) (claims, bool) {
	cut := strings.LastIndexByte(token, '.')
	if cut < 0 || !hmac.Equal([]byte(t.sign(token[:cut])), []byte(token[cut+1:])) {
		return claims{}, false
	}
	_, encoded, _ := strings.Cut(token[:cut], ".")
	payload, err := base64.RawURLEncoding.DecodeString(encoded)
	if err != nil {
		return claims{}, false
	}
	var c claims
	if err := json.Unmarshal(payload, &c); err != nil {
		return claims{}, false
	}
	return c, t.now().Unix() < c.ExpiresAt && c.Generation == t.generation.Load()
}

func (t *tokenIssuer) sign(text string) string {
	mac := hmac.New(sha256.New, t.key[:])
	mac.Write([]byte(text))
	return base64.RawURLEncoding.EncodeToString(mac.Sum(nil))
}
