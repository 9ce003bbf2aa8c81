package mcp

import (
	"crypto/sha256"
	"crypto/subtle"
	"net"
	"net/http"
	"net/url"
	"strings"
)

// access checks from where a request comes: the host that it was sent to and, of a
// browser, the page that sent it. It sets the headers that let that page read the
// answer.
func (cfg *handlerConfig) access(header http.Header, r *http.Request) *denial {
	if !cfg.allowsHost(r.Host) {
		return deny(http.StatusForbidden, codeRefused, "this server does not serve the host of the request; its owner can allow it")
	}
	origin := r.Header.Get("Origin")
	if origin == "" {
		return nil
	}
	header.Add("Vary", "Origin")
	if len(r.Header.Values("Origin")) != 1 || !allows(cfg.origins, strings.ToLower(origin)) {
		return deny(http.StatusForbidden, codeRefused, "this server does not serve pages of this origin; its owner can allow it")
	}
	header.Set("Access-Control-Allow-Origin", origin)
	if isPreflight(r) {
		header.Set("Access-Control-Allow-Methods", http.MethodPost)
		// The names that a page asks for are the protocol's, which grow with its
		// versions. A header does nothing here but what the token allows.
		header.Set("Access-Control-Allow-Headers", strings.Join(r.Header.Values("Access-Control-Request-Headers"), ", "))
		header.Set("Access-Control-Max-Age", "600")
	}
	return nil
}

// isPreflight reports whether a browser asks if a page may send its request.
func isPreflight(r *http.Request) bool {
	return r.Method == http.MethodOptions && r.Header.Get("Origin") != "" &&
		r.Header.Get("Access-Control-Request-Method") != ""
}

// allowsHost compares with and without the port.
func (cfg *handlerConfig) allowsHost(host string) bool {
	host = strings.ToLower(host)
	name := host
	if h, _, err := net.SplitHostPort(host); err == nil {
		name = h
	}
	bare := strings.TrimSuffix(strings.Trim(name, "[]"), ".")
	return allows(cfg.hosts, host) || allows(cfg.hosts, bare) || allows(cfg.hosts, "["+bare+"]")
}

// authorize checks the bearer token. Digests are compared, so that the time tells
// neither the token nor its length.
func (cfg *handlerConfig) authorize(header http.Header, r *http.Request) *denial {
	if cfg.token == nil {
		return nil
	}
	scheme, token, _ := strings.Cut(r.Header.Get("Authorization"), " ")
	if !strings.EqualFold(scheme, "Bearer") || token == "" {
		header.Set("WWW-Authenticate", `Bearer realm="mcp"`)
		return deny(http.StatusUnauthorized, codeRefused, "this server wants a bearer token in the Authorization header")
	}
	sum := sha256.Sum256([]byte(strings.TrimSpace(token)))
	if subtle.ConstantTimeCompare(sum[:], cfg.token[:]) != 1 {
		header.Set("WWW-Authenticate", `Bearer realm="mcp", error="invalid_token"`)
		return deny(http.StatusUnauthorized, codeRefused, "the bearer token is wrong")
	}
	return nil
}

// isOrigin reports whether s is what a browser sends as Origin, or "*".
func isOrigin(s string) bool {
	if s == "*" {
		return true
	}
	u, err := url.Parse(s)
	return err == nil && u.Scheme != "" && u.Host != "" && s == u.Scheme+"://"+u.Host
}
