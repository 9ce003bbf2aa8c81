package direct

import (
	"encoding/json"
	"net/url"
	"slices"
	"strings"

	"github.com/tidwall/gjson"
)

// step is the page that was just read.
type step struct {
	params json.RawMessage
	page   string // the query it was asked with, "" when parameters said it
	base   *url.URL
	path   string // escaped, behind base
	key    string // query parameter that carries the credential, "" when none does
}

// What is told when there are more records and no way to them. Records must
// not end there as if that were all.
const (
	noWay     = "there are more records, but the manifest names no parameter to ask for them with"
	unclear   = "whether there are more records cannot be told from what the service says"
	noAddress = "the service's address of the next page cannot be read"
)

// finish says in result whether there is a next page and how to get it.
func (p *pager) finish(result *Result, at step) {
	if !p.lists {
		return
	}
	next, more, last := p.field(result, p.next), judge(p.field(result, p.more)), p.field(result, p.last)
	switch {
	case more == no, last.Type == gjson.True:
		return // the service says that this was the last page
	case more == unknown, next.IsObject(), next.IsArray():
		result.HasMore = true
		result.Warning = warn(result.Warning, unclear)
	case p.echoes(next, at):
		p.guess(result, at)
	case next.Type == gjson.String && next.Str != "", next.Type == gjson.Number:
		p.found(result, next, at)
	case more == yes, last.Type == gjson.False:
		result.HasMore = true
		p.count(result, at)
	case p.next == "" && p.more == "" && p.last == "":
		p.guess(result, at)
	}
}

// field is a field of the meta extractor.
func (p *pager) field(result *Result, name string) gjson.Result {
	if name == "" {
		return gjson.Result{}
	}
	return gjson.GetBytes(result.Raw, gjsonKey(name))
}

// verdict is what a service says of whether there is more.
type verdict int

const (
	silent verdict = iota
	yes
	no
	unknown
)

// judge reads the spellings of yes and no. What is neither must not count as
// no: the records behind it would be left out silently.
func judge(v gjson.Result) verdict {
	switch {
	case !v.Exists(), v.Type == gjson.Null:
		return silent
	case v.IsObject(), v.IsArray():
		return unknown
	}
	switch strings.ToLower(v.String()) {
	case "true", "yes", "y", "1":
		return yes
	case "false", "no", "n", "0", "":
		return no
	default:
		return unknown
	}
}

// echoes reports whether a field called offset only repeats the one that was
// asked for.
func (p *pager) echoes(next gjson.Result, at step) bool {
	return p.offset != nil && plain(p.next) == "offset" && next.Type == gjson.Number &&
		int(next.Int()) == number(at, p.offset, 0)
}

// found takes what the service says about the next page: its address, a token,
// or its number.
func (p *pager) found(result *Result, next gjson.Result, at step) {
	text := next.String()
	if next.Type == gjson.String && p.isAddress(text) {
		p.address(result, text, at)
		return
	}
	result.HasMore = true
	if p.target() == nil {
		result.Warning = warn(result.Warning, noWay)
		return
	}
	result.Cursor = text
}

// isAddress tells an address from a token: one in base64 may begin with a
// slash.
func (p *pager) isAddress(text string) bool {
	return strings.HasPrefix(text, "http://") || strings.HasPrefix(text, "https://") ||
		(strings.HasPrefix(text, "/") && (p.addresses || p.token == nil))
}

// leadsToAddresses reports whether the service may answer with the address of
// the next page.
func (p *pager) leadsToAddresses() bool {
	for _, f := range p.meta {
		if f.Name == p.next && strings.HasPrefix(f.Value, "@link.") {
			return true
		}
	}
	name := plain(p.next)
	return strings.HasSuffix(name, "next") || name == "nextpage" ||
		slices.ContainsFunc([]string{"link", "url", "uri", "href", "path"}, func(word string) bool { return strings.HasSuffix(name, word) })
}
