package httpx

import (
	"errors"
	"fmt"
	"net/http"
	"slices"
)

// maxRedirects ends a chain that leads nowhere.
const maxRedirects = 10

// errRedirect is wrapped by the error of a redirect that is not followed;
// asking again would meet it again.
var errRedirect = errors.New("redirect not followed")

// keptAcrossOrigins are the headers that go along to another origin. All
// others may hold a credential, whatever they are called.
var keptAcrossOrigins = map[string]bool{"Accept": true, "Accept-Encoding": true, "Range": true, "User-Agent": true}

// followRedirect is an http.Client's CheckRedirect. A redirect that would turn
// one method into another is left to the caller as an answer.
func followRedirect(req *http.Request, via []*http.Request) error {
	from, first := via[len(via)-1], via[0]
	req.Header.Del("Referer") // the address may hold a key
	switch {
	case req.Method != first.Method:
		return http.ErrUseLastResponse
	case len(via) >= maxRedirects:
		return fmt.Errorf("%w: the answers redirected %d times", errRedirect, maxRedirects)
	case req.URL.Scheme != "https" && req.URL.Scheme != "http":
		return fmt.Errorf("%w: it leads to a %s address", errRedirect, req.URL.Scheme)
	case from.URL.Scheme == "https" && req.URL.Scheme == "http":
		return fmt.Errorf("%w: it leads from https to http", errRedirect)
	case staysHome(req, via):
		return nil
	case first.ContentLength > 0:
		return fmt.Errorf("%w: it would send the request's body to %s", errRedirect, req.URL.Host)
	}
	for name := range req.Header {
		if !keptAcrossOrigins[name] {
			req.Header.Del(name)
		}
	}
	return nil
}

// staysHome reports whether a chain of redirects never left the origin that it
// began at. What a foreign server points to gets no credential, even at home.
func staysHome(req *http.Request, via []*http.Request) bool {
	home := via[0].URL
	return SameOrigin(req.URL, home) &&
		!slices.ContainsFunc(via, func(hop *http.Request) bool { return !SameOrigin(hop.URL, home) })
}
