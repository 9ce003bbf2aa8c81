package direct

import (
	"encoding/json"
	"maps"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"github.com/tidwall/gjson"
	"github.com/tidwall/sjson"

	"github.com/agentsdk-go/airbyte/internal/fault"
	"github.com/agentsdk-go/airbyte/internal/manifest"
)

// CursorParameter asks for the page after another one, on every operation
// whose answers come in pages, whatever the service itself calls it.
const CursorParameter = "cursor"

// pager knows how the pages of one operation follow each other. The zero value
// knows none.
type pager struct {
	meta                         []manifest.Pair
	next, more, last, total, all string // names of meta fields, "" when there is none
	token, page, offset, limit   *manifest.Parameter
	ownCursor                    bool // the service itself has a parameter called cursor
	lists                        bool
}

func newPager(op *manifest.Operation) *pager {
	p := &pager{meta: op.Meta, lists: IsList(op.Action) && !op.NoPages}
	if !p.lists {
		return p
	}
	p.next = field(op.Meta, nextFields)
	for _, f := range op.Meta {
		if strings.HasPrefix(f.Value, "@link.next") {
			p.next = f.Name
		}
	}
	p.more, p.last = field(op.Meta, moreFields), field(op.Meta, lastFields)
	p.total, p.all = field(op.Meta, totalFields), field(op.Meta, pagesFields)
	p.token, p.page = parameter(op, tokenParams), parameter(op, pageParams)
	p.offset, p.limit = parameter(op, offsetParams), parameter(op, limitParams)
	p.ownCursor = slices.ContainsFunc(op.Parameters, func(q manifest.Parameter) bool { return q.Name == CursorParameter })
	return p
}

// IsList reports whether an action answers with records.
func IsList(action string) bool { return action == "list" || action == "api_search" }

// TakesCursor reports whether the operation's answers come in pages, so that
// it takes a cursor.
func TakesCursor(op *manifest.Operation) bool {
	p := newPager(op)
	return p.lists && (p.leadsToAddresses() || p.token != nil || p.page != nil || p.offset != nil)
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

// linkMark begins a cursor that is the query of the next page's address. No
// service's own cursor begins so.
const linkMark = "?"

// take brings the cursor to where the service expects it: into a parameter, or
// into page as the query to send.
func (p *pager) take(params json.RawMessage) (rest json.RawMessage, page string, err error) {
	value := gjson.GetBytes(params, CursorParameter)
	text := value.String()
	switch {
	case !p.lists || !value.Exists() || value.Type == gjson.Null:
		return params, "", nil
	case strings.HasPrefix(text, linkMark):
		rest, err = sjson.DeleteBytes(params, CursorParameter)
		return rest, text, err
	case p.ownCursor:
		return params, "", nil
	}
	target := p.target()
	if target == nil {
		return nil, "", failure(fault.Validation, "parameter %q is none that this operation returned", CursorParameter)
	}
	if gjson.GetBytes(params, gjsonKey(target.Name)).Exists() && target != p.page && target != p.offset {
		return nil, "", failure(fault.Validation, "parameters %q and %q both say which page to get; give one", CursorParameter, target.Name)
	}
	raw := encode(text)
	if target.Type == "integer" || target.Type == "number" {
		if _, bad := strconv.ParseInt(text, 10, 64); bad != nil {
			return nil, "", failure(fault.Validation, "parameter %q is none that this operation returned", CursorParameter)
		}
		raw = json.RawMessage(text)
	}
	if rest, err = sjson.DeleteBytes(params, CursorParameter); err != nil {
		return nil, "", err
	}
	rest, err = sjson.SetRawBytes(rest, gjsonKey(target.Name), raw)
	return rest, "", err
}

// target is the parameter that says which page to get.
func (p *pager) target() *manifest.Parameter {
	switch {
	case p.token != nil:
		return p.token
	case p.offset != nil && (p.page == nil || strings.Contains(plain(p.next), "offset")):
		return p.offset
	default:
		return p.page
	}
}

// pathEscapes are what a member's name needs in a path of gjson and sjson.
var pathEscapes = strings.NewReplacer(`\`, `\\`, ".", `\.`, "*", `\*`, "?", `\?`, "|", `\|`, "#", `\#`, "@", `\@`, "!", `\!`, "{", `\{`, "[", `\[`)

// gjsonKey escapes a member's name for a path of gjson and sjson.
func gjsonKey(name string) string {
	if !strings.ContainsAny(name, `\.*?|#@!{[`) {
		return name
	}
	return pathEscapes.Replace(name)
}

// step is the page that was just read.
type step struct {
	params json.RawMessage
	page   string // the query it was asked with, "" when parameters said it
	header http.Header
	base   *url.URL
	path   string
}

// finish says in result whether there is a next page and how to get it.
func (p *pager) finish(result *Result, at step) {
	if !p.lists {
		return
	}
	next := p.meta1(result, p.next)
	more := p.meta1(result, p.more)
	switch {
	case more.Exists() && more.Type != gjson.Null && !truthy(more), p.meta1(result, p.last).Type == gjson.True:
		return // the service says that this was the last page
	case next.Type == gjson.String && next.Str != "", next.Type == gjson.Number:
		p.found(result, next, at)
	case truthy(more) || p.meta1(result, p.last).Type == gjson.False:
		result.HasMore = true
		p.count(result, at)
	case p.next == "" && p.more == "" && p.last == "":
		p.guess(result, at)
	}
}

func (p *pager) meta1(result *Result, name string) gjson.Result {
	if name == "" {
		return gjson.Result{}
	}
	return gjson.GetBytes(result.Raw, gjsonKey(name))
}

func truthy(v gjson.Result) bool {
	switch v.Type {
	case gjson.True:
		return true
	case gjson.Number:
		return v.Num != 0
	case gjson.String:
		return strings.EqualFold(v.Str, "true")
	default:
		return false
	}
}

// found takes what the service says about the next page: its address, a token,
// or its number.
func (p *pager) found(result *Result, next gjson.Result, at step) {
	text := next.String()
	if next.Type == gjson.String && isAddress(text) {
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

const noWay = "there are more records, but the manifest names no parameter to ask for them with"

func isAddress(text string) bool {
	return strings.HasPrefix(text, "/") || strings.HasPrefix(text, "http://") || strings.HasPrefix(text, "https://")
}

// address turns the address of the next page into a cursor. It must lead to the
// same operation on the same host: credentials go nowhere else.
func (p *pager) address(result *Result, text string, at step) {
	result.HasMore = true
	u, err := url.Parse(text)
	if err != nil {
		result.Warning = warn(result.Warning, "the service's address of the next page cannot be read")
		return
	}
	u = at.base.ResolveReference(u)
	if !sameHost(u, at.base) {
		result.Warning = warn(result.Warning, "the service's next page is on another host, "+u.Host+", where credentials do not go")
		return
	}
	query := u.Query()
	if p.token != nil {
		if token := query.Get(p.token.Name); token != "" && p.token.In == "query" {
			result.Cursor = token
			return
		}
	}
	if u.RawQuery == "" || strings.TrimSuffix(u.EscapedPath(), "/") != strings.TrimSuffix(at.base.EscapedPath()+at.path, "/") {
		result.Warning = warn(result.Warning, "the service's next page is at another path, "+u.Path+", which this operation cannot ask for")
		return
	}
	result.Cursor = linkMark + u.RawQuery
}

// sameHost tolerates a service behind a proxy that writes http for https.
func sameHost(u, base *url.URL) bool {
	return strings.EqualFold(u.Host, base.Host) && (u.Scheme == base.Scheme || base.Scheme == "https")
}

// replaceQuery puts the query of the next page's address over the one of the
// call: what both have is the address's.
func replaceQuery(query, page string) (string, error) {
	next, err := url.ParseQuery(strings.TrimPrefix(page, linkMark))
	if err != nil {
		return "", failure(fault.Validation, "parameter %q is none that this operation returned", CursorParameter)
	}
	own, err := url.ParseQuery(query)
	if err != nil {
		return "", failure(fault.Validation, "query %q: %v", query, err)
	}
	maps.Copy(own, next)
	return own.Encode(), nil
}
