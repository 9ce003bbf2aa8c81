package sandbox

import (
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"net"
	"net/http"
	"net/url"
	"regexp"
	"sync"
	"time"
)

const (
	realmPath   = "/auth/realms/_airbyte-cloud-users"
	connectPath = realmPath + "/protocol/openid-connect"

	signInClientID = "sonar-webapp"
	signInScopes   = "openid email profile offline_access"

	codeLifetime      = time.Minute
	userTokenLifetime = 5 * time.Minute
)

// KeycloakURL is the base of the sign-in realm, without a trailing slash, as
// AIRBYTE_KEYCLOAK_URL takes it. Its authorization page signs the visitor in at
// once, without a password, and sends the browser back; [WithAccount] says who
// that is. Codes work once, for a minute, and only with the PKCE verifier.
func (s *Sandbox) KeycloakURL() string { return s.url + realmPath }

// grant is a sign-in whose code has not been redeemed.
type grant struct {
	redirect  string
	challenge string
	scope     string
	until     time.Time
}

// grants keeps the codes that the authorization page gave out.
type grants struct {
	mu     sync.Mutex
	byCode map[string]grant
}

// add keeps a grant under a new code, and forgets those that are over.
func (g *grants) add(made grant, now time.Time) (code string) {
	g.mu.Lock()
	defer g.mu.Unlock()
	if g.byCode == nil {
		g.byCode = map[string]grant{}
	}
	for code, old := range g.byCode {
		if !now.Before(old.until) {
			delete(g.byCode, code)
		}
	}
	code = rand.Text()
	g.byCode[code] = made
	return code
}

// redeem returns the grant of a code, once.
func (g *grants) redeem(code string, now time.Time) (grant, bool) {
	g.mu.Lock()
	defer g.mu.Unlock()
	found, ok := g.byCode[code]
	delete(g.byCode, code)
	return found, ok && now.Before(found.until)
}

// A challenge is the base64url of a SHA-256, and a verifier what RFC 7636 allows.
var (
	challengeForm = regexp.MustCompile(`^[A-Za-z0-9_-]{43}$`)
	verifierForm  = regexp.MustCompile(`^[A-Za-z0-9._~-]{43,128}$`)
)

// signIn is the authorization page. What it cannot trust to send the browser
// back to gets a page that says so; every other fault travels back in the
// redirect, as OAuth has it.
func (s *Sandbox) signIn(c *call) (response, error) {
	query := c.request.URL.Query()
	back, err := url.Parse(query.Get("redirect_uri"))
	if err != nil || !isLoopbackRedirect(back) {
		return page(http.StatusBadRequest, "Sign-in failed", "Invalid parameter: redirect_uri. It must be an http address of this machine, with a port.")
	}
	if query.Get("client_id") != signInClientID {
		return page(http.StatusBadRequest, "Sign-in failed", "Client not found.")
	}
	answer := s.judgeSignIn(query)
	if state := query.Get("state"); state != "" {
		answer.Set("state", state)
	}
	merged := back.Query()
	for key := range answer {
		merged.Set(key, answer.Get(key))
	}
	back.RawQuery = merged.Encode()
	return response{
		status:      http.StatusFound,
		header:      http.Header{"Location": {back.String()}, "Cache-Control": {"no-store"}},
		contentType: "text/html; charset=utf-8",
	}, nil
}

// judgeSignIn returns what goes back in the redirect: a code or an error.
func (s *Sandbox) judgeSignIn(query url.Values) url.Values {
	refused := func(kind, description string) url.Values {
		return url.Values{"error": {kind}, "error_description": {description}}
	}
	switch {
	case query.Get("response_type") != "code":
		return refused("unsupported_response_type", "response_type must be code")
	case query.Get("state") == "":
		return refused("invalid_request", "Missing parameter: state")
	case query.Get("code_challenge_method") != "S256":
		return refused("invalid_request", "Invalid parameter: code challenge method is not matching the configured one")
	case !challengeForm.MatchString(query.Get("code_challenge")):
		return refused("invalid_request", "Invalid parameter: code_challenge")
	case s.config.account == AccountRefused:
		return refused("access_denied", "The sandbox's account may not sign in")
	}
	now := s.config.now()
	code := s.grants.add(grant{
		redirect:  query.Get("redirect_uri"),
		challenge: query.Get("code_challenge"),
		scope:     query.Get("scope"),
		until:     now.Add(codeLifetime),
	}, now)
	return url.Values{"code": {code}}
}

func isLoopbackRedirect(u *url.URL) bool {
	if u.Scheme != "http" || u.Port() == "" || u.User != nil || u.Fragment != "" {
		return false
	}
	ip := net.ParseIP(u.Hostname())
	return u.Hostname() == "localhost" || ip != nil && ip.IsLoopback()
}

type signInToken struct {
	AccessToken string `json:"access_token"`
	ExpiresIn   int    `json:"expires_in"`
	TokenType   string `json:"token_type"`
	Scope       string `json:"scope"`
}

type signInError struct {
	Kind        string `json:"error"`
	Description string `json:"error_description"`
}

func refuseSignIn(status int, kind, description string) *failure {
	return &failure{status: status, body: signInError{kind, description}}
}

// issueSignInToken redeems a code. It gives no refresh token: nothing here
// would take one.
func (s *Sandbox) issueSignInToken(c *call) (response, error) {
	form, err := url.ParseQuery(string(c.body))
	if err != nil {
		return response{}, refuseSignIn(http.StatusBadRequest, "invalid_request", "The body is no form")
	}
	if form.Get("client_id") != signInClientID {
		return response{}, refuseSignIn(http.StatusUnauthorized, "invalid_client", "Invalid client or Invalid client credentials")
	}
	if form.Get("grant_type") != "authorization_code" {
		return response{}, refuseSignIn(http.StatusBadRequest, "unsupported_grant_type", "The sandbox takes authorization_code alone")
	}
	found, ok := s.grants.redeem(form.Get("code"), s.config.now())
	switch {
	case !ok:
		return response{}, refuseSignIn(http.StatusBadRequest, "invalid_grant", "Code not valid")
	case form.Get("redirect_uri") != found.redirect:
		return response{}, refuseSignIn(http.StatusBadRequest, "invalid_grant", "Incorrect redirect_uri")
	case !verifies(form.Get("code_verifier"), found.challenge):
		return response{}, refuseSignIn(http.StatusBadRequest, "invalid_grant", "PKCE verification failed")
	}
	return success(signInToken{
		AccessToken: s.tokens.issue(claims{Kind: userToken}, userTokenLifetime),
		ExpiresIn:   int(userTokenLifetime / time.Second),
		TokenType:   "Bearer",
		Scope:       found.scope,
	})
}

func verifies(verifier, challenge string) bool {
	sum := sha256.Sum256([]byte(verifier))
	return verifierForm.MatchString(verifier) && base64.RawURLEncoding.EncodeToString(sum[:]) == challenge
}
