package direct

import (
	"encoding/json"
	"strconv"
	"strings"

	"github.com/tidwall/gjson"

	"github.com/agentsdk-go/airbyte/internal/envelope"
	"github.com/agentsdk-go/airbyte/internal/manifest"
)

// count goes on by number, or behind the last record, when the service only
// says that there is more. A page without records gives no place to go on from.
func (p *pager) count(result *Result, at step) {
	switch {
	case rows(result.Sent) == 0:
		result.Warning = warn(result.Warning, emptyMore)
	case p.token != nil && strings.HasPrefix(plain(p.token.Name), "start") && !isNumber(p.token):
		result.Cursor = lastID(result.Sent)
	default:
		p.advance(result, at)
	}
	if result.Cursor == "" {
		result.Warning = warn(result.Warning, noWay)
	}
}

// advance makes the cursor of the next number.
func (p *pager) advance(result *Result, at step) {
	switch {
	case p.offset != nil:
		result.Cursor = strconv.Itoa(p.current(p.offset, result, at) + rows(result.Sent))
	case p.page != nil:
		result.Cursor = strconv.Itoa(p.current(p.page, result, at) + 1)
	}
}

// guess goes on by number until a page is empty, when the service says nothing
// but perhaps how many records or pages there are. A page that is shorter than
// asked for is no end: services cap what they give at once.
func (p *pager) guess(result *Result, at step) {
	got := rows(result.Sent)
	total, pages := p.field(result, p.total), p.field(result, p.all)
	switch {
	case p.offset == nil && p.page == nil:
		p.beyond(result, total, got, at)
		return
	case p.offset == nil && pages.Type == gjson.Number:
		if p.current(p.page, result, at) >= int(pages.Int()) {
			return
		}
	case got == 0, p.offset != nil && total.Type == gjson.Number && p.current(p.offset, result, at)+got >= int(total.Int()):
		return
	}
	result.HasMore = true
	p.advance(result, at)
}

// beyond finds that a first page is not all, where nothing leads further.
func (p *pager) beyond(result *Result, total gjson.Result, got int, at step) {
	first := p.token == nil || !gjson.GetBytes(at.params, gjsonKey(p.token.Name)).Exists()
	if first && total.Type == gjson.Number && int(total.Int()) > got {
		result.HasMore = true
		result.Warning = warn(result.Warning, noWay)
	}
}

// current is the number of the page that was read: the one that was asked for,
// the one that the service repeats, or the first.
func (p *pager) current(param *manifest.Parameter, result *Result, at step) int {
	if v := gjson.GetBytes(at.params, gjsonKey(param.Name)); v.Exists() {
		return int(v.Int())
	}
	if echo := p.field(result, p.echo); param == p.page && echo.Type == gjson.Number {
		return int(echo.Int())
	}
	if v := gjson.ParseBytes(param.Default); v.Type == gjson.Number {
		return int(v.Int())
	}
	if param == p.page && !param.FromZero && !strings.HasSuffix(plain(param.Name), "index") {
		return 1
	}
	return 0
}

// isNumber tells a parameter that counts from one that is called the same, such
// as a date called start.
func isNumber(p *manifest.Parameter) bool {
	return p.Type == "integer" || p.Type == "number" || gjson.ParseBytes(p.Default).Type == gjson.Number
}

// isOffset tells an offset from a time in seconds, which may be called start or
// from too.
func isOffset(p *manifest.Parameter, meta []manifest.Pair) bool {
	if !isNumber(p) || strings.Contains(p.Format, "time") || strings.Contains(p.Format, "date") {
		return false
	}
	if name := plain(p.Name); name != "start" && name != "from" {
		return true
	}
	return gjson.ParseBytes(p.Default).Type == gjson.Number || field(meta, totalFields) != "" || field(meta, []string{"offset", "start", "from", "nextoffset", "nextstart"}) != ""
}

func anyType(*manifest.Parameter) bool { return true }

func rows(data json.RawMessage) int {
	n := 0
	for range envelope.Rows(data) {
		n++
	}
	return n
}

func lastID(data json.RawMessage) string {
	var last json.RawMessage
	for row := range envelope.Rows(data) {
		last = row
	}
	return gjson.GetBytes(last, "id").String()
}
