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
	case p.token != nil && strings.HasPrefix(plain(p.token.Name), "start") && p.token.Type != "integer":
		result.Cursor = lastID(result.Data)
	case p.offset != nil:
		result.Cursor = strconv.Itoa(p.number(at, p.offset, 0) + rows(result.Data))
	case p.page != nil:
		result.Cursor = strconv.Itoa(p.number(at, p.page, 1) + 1)
	}
	if result.Cursor == "" {
		result.Warning = warn(result.Warning, noWay)
	}
}

// guess goes on by number as long as pages are full, when the service says
// nothing at all.
func (p *pager) guess(result *Result, at step) {
	if p.offset == nil && p.page == nil {
		return
	}
	got := rows(result.Data)
	done := got == 0
	if p.limit != nil {
		if limit := p.number(at, p.limit, 0); limit > 0 && got < limit {
			done = true
		}
	}
	if total := p.meta1(result, p.total); p.offset != nil && total.Type == gjson.Number {
		done = done || p.number(at, p.offset, 0)+got >= int(total.Int())
	}
	if pages := p.meta1(result, p.all); p.page != nil && pages.Type == gjson.Number {
		done = done || p.number(at, p.page, 1) >= int(pages.Int())
	}
	if done {
		return
	}
	result.HasMore = true
	p.count(result, at)
}

// number is the value of a numeric parameter in the call, or its default.
func (p *pager) number(at step, param *manifest.Parameter, otherwise int) int {
	if v := gjson.GetBytes(at.params, gjsonKey(param.Name)); v.Exists() {
		return int(v.Int())
	}
	if v := gjson.ParseBytes(param.Default); v.Type == gjson.Number {
		return int(v.Int())
	}
	return otherwise
}

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
