package direct

import (
	"encoding/json"
	"maps"
	"net/url"
	"slices"
	"strings"

	"github.com/tidwall/gjson"

	"github.com/agentsdk-go/airbyte/internal/fault"
	"github.com/agentsdk-go/airbyte/internal/httpx"
	"github.com/agentsdk-go/airbyte/internal/manifest"
)

// address turns the address of the next page into a cursor. It must lead to the
// same operation on the same host: credentials go nowhere else.
func (p *pager) address(result *Result, text string, at step) {
	result.HasMore = true
	u, err := at.resolve(text)
	if err != nil {
		result.Warning = warn(result.Warning, noAddress)
		return
	}
	if !sameHost(u, at.base) {
		result.Warning = warn(result.Warning, "the service's next page is on another host, "+u.Host+", where credentials do not go")
		return
	}
	query, err := url.ParseQuery(u.RawQuery)
	if err != nil {
		result.Warning = warn(result.Warning, noAddress)
		return
	}
	if p.token != nil && p.token.In == "query" && query.Get(p.token.Name) != "" {
		result.Cursor = query.Get(p.token.Name)
		return
	}
	if query.Del(at.key); len(query) == 0 || !samePath(u, at) {
		result.Warning = warn(result.Warning, "the service's next page is at another path, "+u.Path+", which this operation cannot ask for")
		return
	}
	if !p.addresses { // take would not know it again
		result.Warning = warn(result.Warning, noWay)
		return
	}
	result.Cursor = linkMark + query.Encode()
}

// resolve reads an address as the answer of this page means it.
func (at step) resolve(text string) (*url.URL, error) {
	u, err := url.Parse(text)
	if err != nil {
		return nil, err
	}
	here, err := at.base.Parse(at.base.EscapedPath() + at.path)
	if err != nil {
		return nil, err
	}
	return here.ResolveReference(u), nil
}

// sameHost tolerates a service behind a proxy that writes http for https.
func sameHost(u, base *url.URL) bool {
	if u.Scheme == "http" && base.Scheme == "https" && u.Port() == "" {
		upgraded := *u
		upgraded.Scheme = "https"
		u = &upgraded
	}
	return httpx.SameOrigin(u, base)
}

// samePath compares decoded: services spell addresses in their own way.
func samePath(u *url.URL, at step) bool {
	own, err := url.PathUnescape(at.base.EscapedPath() + at.path)
	return err == nil && strings.TrimSuffix(u.Path, "/") == strings.TrimSuffix(own, "/")
}

// replaceQuery puts the query of the next page's address over the one of the
// call. It may say which page, and what no parameter says; it may not ask for
// something else than the call does.
func (p *pager) replaceQuery(query, page string) (string, error) {
	next, err := url.ParseQuery(strings.TrimPrefix(page, linkMark))
	if err != nil {
		return "", notOurs()
	}
	own, err := url.ParseQuery(query)
	if err != nil {
		return "", failure(fault.Validation, "query %q: %v", query, err)
	}
	for name, values := range next {
		if !p.mayReplace(name, own[name], values) {
			return "", notOurs()
		}
	}
	maps.Copy(own, next)
	return own.Encode(), nil
}

// mayReplace reports whether a cursor may say values of a name of which the
// call says own.
func (p *pager) mayReplace(name string, own, values []string) bool {
	i := slices.IndexFunc(p.params, func(q manifest.Parameter) bool { return q.Name == name && q.In == "query" })
	if i < 0 || isNumber(&p.params[i]) || (p.token != nil && p.token.Name == name) {
		return true
	}
	if own != nil {
		return slices.Equal(own, values)
	}
	legal := p.params[i].Enum
	return len(legal) == 0 || !slices.ContainsFunc(values, func(v string) bool {
		return !slices.ContainsFunc(legal, func(raw json.RawMessage) bool { return gjson.ParseBytes(raw).String() == v })
	})
}
