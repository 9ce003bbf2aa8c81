package direct

import (
	"strings"

	"github.com/agentsdk-go/airbyte/internal/manifest"
)

// A manifest says how to read where the next page is, not which parameter takes
// it. Both are told by names, of which services use few. A name is compared
// without case and punctuation.
var (
	tokenParams = []string{
		"cursor", "pagecursor", "nextcursor", "startcursor", "cursorstart", "pagetoken", "nextpagetoken", "nexttoken",
		"pageafter", "after", "startingafter", "startafter", "pageinfo", "continuationtoken", "paginationtoken",
		"paginationkey", "nextpageid", "bookmark", "scrollid", "starturi", "sincetoken",
	}
	pageParams   = []string{"page", "pagenumber", "pageno", "pagenum", "pageindex", "currentpage"}
	offsetParams = []string{"offset", "skip", "start", "startat", "startindex", "pageoffset", "from", "startposition"}

	nextFields = []string{
		"nextcursor", "endcursor", "aftercursor", "nextpagetoken", "nextpagecursor", "nexttoken", "pagetoken", "cursor", "after",
		"startingafter", "nextoffset", "nextpageoffset", "nextpage", "nextpageid", "nextlink", "nextpagelink", "nexturl", "nextpageurl",
		"nextpageuri", "nextrecordsurl", "nextpath", "nexthref", "pagingnext", "paginationnext", "linksnext", "bookmark",
		"continuationtoken", "offset", "scrollid", "next",
	}
	moreFields  = []string{"hasmore", "hasnextpage", "hasnext", "morerecords", "more", "hasadditional", "hasmorepages"}
	lastFields  = []string{"islast", "lastpage", "islastpage", "done", "endofstream", "end", "complete"}
	totalFields = []string{"total", "totalcount", "totalsize", "totalresults", "totalrecords"}
	pagesFields = []string{"totalpages", "pages", "pagecount", "numpages", "lastpagenumber", "lastpage"}
	echoFields  = []string{"page", "currentpage", "pagenumber", "pageindex", "pageno"}
)

func field(meta []manifest.Pair, names []string) string {
	for _, name := range names {
		for _, f := range meta {
			if plain(f.Name) == name {
				return f.Name
			}
		}
	}
	return ""
}

func parameter(op *manifest.Operation, names []string, fits func(*manifest.Parameter) bool) *manifest.Parameter {
	for _, name := range names {
		for i := range op.Parameters {
			if p := &op.Parameters[i]; p.In != "path" && p.In != "header" && plain(p.Name) == name && fits(p) {
				return p
			}
		}
	}
	return nil
}

// plain is a name without case and punctuation.
func plain(name string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case 'A' <= r && r <= 'Z':
			return r + 'a' - 'A'
		case 'a' <= r && r <= 'z' || '0' <= r && r <= '9':
			return r
		default:
			return -1
		}
	}, name)
}
