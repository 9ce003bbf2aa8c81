package direct

import (
	"encoding/json"
	"net/url"
	"strconv"
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
	emptyMore = "the service says that there are more records, and sent none"
)

// finish says in result whether there is a next page and how to get it.
func (p *pager) finish(result *Result, at step) {
	if !p.lists {
		return
	}
	next := p.field(result, p.next)
	switch more := p.says(result, next); {
	case more == no:
	case more == unknown:
		result.HasMore = true
		result.Warning = warn(result.Warning, unclear)
	case p.echoes(next, result, at):
		p.guess(result, at)
	case (next.Type == gjson.String && next.Str != "") || next.Type == gjson.Number:
		p.found(result, next, at)
	case more == yes:
		result.HasMore = true
		p.count(result, at)
	case p.next == "" || plain(p.next) == "offset":
		p.guess(result, at)
	}
}

// found takes what the service says about the next page: its address, a token,
// or its number. A number that leads back is the service's way to say none.
func (p *pager) found(result *Result, next gjson.Result, at step) {
	text := next.String()
	if next.Type == gjson.String && p.isAddress(text, at) {
		p.address(result, text, at)
		return
	}
	target := p.target()
	if target != nil && target != p.token {
		n, err := strconv.Atoi(text)
		if err == nil && n <= p.current(target, result, at) {
			return
		}
	}
	result.HasMore = true
	if target == nil {
		result.Warning = warn(result.Warning, noWay)
		return
	}
	result.Cursor = text
}

// isAddress tells an address from a token: one in base64 may begin with a
// slash.
func (p *pager) isAddress(text string, at step) bool {
	switch {
	case strings.HasPrefix(text, "http://"), strings.HasPrefix(text, "https://"):
		return true
	case p.token != nil && !p.addresses:
		return false
	case strings.HasPrefix(text, "/") && p.token != nil:
		u, err := at.resolve(text)
		return err == nil && (samePath(u, at) || u.Query().Get(p.token.Name) != "")
	case strings.HasPrefix(text, "/"):
		return true
	default: // ?page=2, things?page=2
		_, query, found := strings.Cut(text, "?")
		return found && strings.Contains(query, "=")
	}
}

// field is a field of the meta extractor.
func (p *pager) field(result *Result, name string) gjson.Result {
	if name == "" {
		return gjson.Result{}
	}
	return gjson.GetBytes(result.Raw, gjsonKey(name))
}
