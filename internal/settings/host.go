package settings

import (
	"net"
	"net/url"
	"strings"
)

// DefaultHost is where the Airbyte Agent API is.
const DefaultHost = "https://api.airbyte.ai"

// Host returns the API's base URL without a trailing slash and without the
// /api/v1 that the routes begin with: the given one,
// else AIRBYTE_API_HOST, else [DefaultHost]. Every error matches
// fault.ErrConfig.
func (s System) Host(given string) (*url.URL, error) {
	if given != "" {
		return ParseHost("base url", given)
	}
	if host := s.Getenv(EnvHost); host != "" {
		return ParseHost(EnvHost, host)
	}
	return ParseHost("base url", DefaultHost)
}

// ParseHost checks a base URL of the API, as Host returns it; what names it in the error. Plain http is taken
// for a loopback host alone: anywhere else it would send the secrets in clear.
func ParseHost(what, raw string) (*url.URL, error) {
	base, err := url.Parse(strings.TrimSpace(raw))
	if err != nil { // the parser's words repeat the url, which may hold a password
		return nil, configError("%s is not a url; it is such as https://api.example.com", what)
	}
	switch {
	case base.Scheme != "http" && base.Scheme != "https":
		return nil, configError("%s has no https:// in front; http:// is taken on loopback alone", what)
	case base.Hostname() == "":
		return nil, configError("%s names no host", what)
	case base.User != nil:
		return nil, configError("%s must not hold a user name or password", what)
	case base.RawQuery != "" || base.Fragment != "" || base.ForceQuery:
		return nil, configError("%s must not have a query or fragment", what)
	case base.Scheme == "http" && !IsLoopback(base.Hostname()):
		return nil, configError("%s uses http for %s, which would send secrets unencrypted: use https", what, base.Hostname())
	}
	base.Path, base.RawPath = withoutVersion(base.Path), ""
	return base, nil
}

// withoutVersion takes off the part of the path that every route begins with:
// people copy it along from examples.
func withoutVersion(path string) string {
	path = strings.TrimRight(path, "/")
	for _, suffix := range []string{"/api/v1", "/api"} {
		if rest, ok := strings.CutSuffix(path, suffix); ok {
			return strings.TrimRight(rest, "/")
		}
	}
	return path
}

// IsLoopback reports whether host, without a port, is this machine itself, where
// nobody listens on the way.
func IsLoopback(host string) bool {
	host = strings.ToLower(host)
	if host == "localhost" || strings.HasSuffix(host, ".localhost") {
		return true
	}
	ip := net.ParseIP(host)
	return ip != nil && ip.IsLoopback()
}
