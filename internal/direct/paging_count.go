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
// says that there is more.
func (p *pager) count(result *Result, at step) {
	switch {
	case p.token != nil && strings.HasPrefix(plain(p.token.Name), "start") && !isNumber(p.token):
		result.Cursor = lastID(result.sent)
	case p.offset != nil:
		result.Cursor = strconv.Itoa(number(at, p.offset, 0) + rows(result.sent))
	case p.page != nil:
		result.Cursor = strconv.Itoa(number(at, p.page, firstPage(p.page)) + 1)
	}
	if result.Cursor == "" {
		result.Warning = warn(result.Warning, noWay)
	}
}

// guess goes on by number until a page is empty, when the service says nothing
// but perhaps how many records or pages there are. A page that is shorter than
// asked for is no end: services cap what they give at once.
func (p *pager) guess(result *Result, at step) {
	if p.offset == nil && p.page == nil {
		return
	}
	got := rows(result.sent)
	done := got == 0
	if total := p.field(result, p.total); p.offset != nil && total.Type == gjson.Number {
		done = done || number(at, p.offset, 0)+got >= int(total.Int())
	}
	if pages := p.field(result, p.all); p.page != nil && pages.Type == gjson.Number {
		done = done || number(at, p.page, firstPage(p.page))-firstPage(p.page)+1 >= int(pages.Int())
	}
	if done {
		return
	}
	result.HasMore = true
	p.count(result, at)
}

// firstPage is the number of the first page: an index counts from 0.
func firstPage(page *manifest.Parameter) int {
	if v := gjson.ParseBytes(page.Default); v.Type == gjson.Number {
		return int(v.Int())
	}
	if strings.HasSuffix(plain(page.Name), "index") {
		return 0
	}
	return 1
}

// number is the value of a numeric parameter in the call, or its default.
func number(at step, param *manifest.Parameter, otherwise int) int {
	if v := gjson.GetBytes(at.params, gjsonKey(param.Name)); v.Exists() {
		return int(v.Int())
	}
	if v := gjson.ParseBytes(param.Default); v.Type == gjson.Number {
		return int(v.Int())
	}
	return otherwise
}

// isNumber tells a parameter that counts from one that is called the same, such
// as a date called start.
func isNumber(p *manifest.Parameter) bool {
	return p.Type == "integer" || p.Type == "number" || gjson.ParseBytes(p.Default).Type == gjson.Number
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
