package direct

import (
	"slices"
	"strconv"
	"strings"

	"github.com/tidwall/gjson"
)

// verdict is what a service says of whether there is more.
type verdict int

const (
	silent verdict = iota
	yes
	no
	unknown
)

// says gathers what the service says outright: that there is more, that this
// was the last page, or a next page that is just true or false.
func (p *pager) says(result *Result, next gjson.Result) verdict {
	verdicts := []verdict{judge(p.field(result, p.more))}
	if last := p.field(result, p.last); plain(p.last) != "lastpage" || last.Type != gjson.Number { // that is a number of pages
		verdicts = append(verdicts, opposite(judge(last)))
	}
	switch {
	case next.IsObject(), next.IsArray():
		verdicts = append(verdicts, unknown)
	case next.IsBool():
		verdicts = append(verdicts, judge(next))
	}
	for _, v := range []verdict{no, unknown, yes} {
		if slices.Contains(verdicts, v) {
			return v
		}
	}
	return silent
}

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

func opposite(v verdict) verdict {
	switch v {
	case yes:
		return no
	case no:
		return yes
	default:
		return v
	}
}

// echoes reports whether a field called offset only repeats the one that was
// asked for.
func (p *pager) echoes(next gjson.Result, result *Result, at step) bool {
	return p.offset != nil && plain(p.next) == "offset" && next.String() == strconv.Itoa(p.current(p.offset, result, at))
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
