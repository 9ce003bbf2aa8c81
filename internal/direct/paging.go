package direct

import (
	"encoding/json"
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
	params                       []manifest.Parameter
	next, more, last, total, all string // names of meta fields, "" when there is none
	echo                         string // the field that repeats which page this is
	token, page, offset          *manifest.Parameter
	ownCursor                    bool // the service itself has a parameter called cursor
	addresses                    bool // the service may answer with the address of the next page
	lists                        bool
}

func newPager(op *manifest.Operation) *pager {
	p := &pager{meta: op.Meta, params: op.Parameters, lists: IsList(op.Action) && !op.NoPages}
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
	p.total, p.all, p.echo = field(op.Meta, totalFields), field(op.Meta, pagesFields), field(op.Meta, echoFields)
	p.token, p.page = parameter(op, tokenParams, anyType), parameter(op, pageParams, isNumber)
	p.offset = parameter(op, offsetParams, func(q *manifest.Parameter) bool { return isOffset(q, op.Meta) })
	p.addresses = p.leadsToAddresses()
	p.ownCursor = slices.ContainsFunc(op.Parameters, func(q manifest.Parameter) bool { return q.Name == CursorParameter })
	return p
}

// IsList reports whether an action answers with records.
func IsList(action string) bool { return action == "list" || action == "api_search" }

// TakesCursor reports whether the operation's answers come in pages, so that
// it takes a cursor.
func TakesCursor(op *manifest.Operation) bool {
	p := newPager(op)
	return p.lists && (p.addresses || p.token != nil || p.page != nil || p.offset != nil)
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
	case p.addresses && strings.HasPrefix(text, linkMark):
		rest, err = sjson.DeleteBytes(params, CursorParameter)
		return rest, text, err
	case p.ownCursor:
		return params, "", nil
	}
	return p.assign(params, text)
}

// assign gives the cursor to the parameter that says which page to get.
func (p *pager) assign(params json.RawMessage, cursor string) (rest json.RawMessage, page string, err error) {
	target := p.target()
	if target == nil {
		return nil, "", notOurs()
	}
	counts := target == p.page || target == p.offset
	if gjson.GetBytes(params, gjsonKey(target.Name)).Exists() && !counts {
		return nil, "", failure(fault.Validation, "parameters %q and %q both say which page to get; give one", CursorParameter, target.Name)
	}
	raw := encode(cursor)
	if isNumber(target) {
		if _, bad := strconv.ParseInt(cursor, 10, 64); bad != nil {
			return nil, "", notOurs()
		}
		raw = json.RawMessage(cursor)
	}
	if rest, err = sjson.DeleteBytes(params, CursorParameter); err != nil {
		return nil, "", err
	}
	rest, err = sjson.SetRawBytes(rest, gjsonKey(target.Name), raw)
	return rest, "", err
}

func notOurs() error {
	return failure(fault.Validation, "parameter %q is none that this operation returned", CursorParameter)
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
