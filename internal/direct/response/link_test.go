package response_test

import (
	"net/http"
	"strings"
	"testing"

	"github.com/agentsdk-go/airbyte/internal/direct/response"
)

func TestLink(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name  string
		lines []string
		want  string
	}{
		{"case 63", []string{`<https://a/?p=2,3>; foo="bar"; rel="next", <https://a/0>; rel=prev`}, "https://a/?p=2,3"},
		{"case 64: other parameters first", []string{
			`<https://s/?cursor=0:0:1>; rel="previous"; results="false"; cursor="0:0:1", <https://s/?cursor=0:100:0>; results="true"; cursor="0:100:0"; rel="next"`,
		}, "https://s/?cursor=0:100:0"},
		{"case 64 B73: several relations", []string{`<https://a/2>; rel="next last"`}, "https://a/2"},
		{"several lines", []string{`<https://a/1>; rel=first`, `<https://a/2>; rel=next`}, "https://a/2"},
		{"the first counts", []string{`<https://a/1>; rel=next, <https://a/2>; rel=next`}, "https://a/1"},
		{"the first rel of a link counts", []string{`<https://a/1>; rel=prev; rel=next`}, ""},
		{"spaces and case", []string{` < /2 > ; REL = "NEXT" `}, "/2"},
		{"comma and bracket in quotes", []string{`<https://a/1>; title="a, <b>; rel=next"; rel=prev, <https://a/2>; rel=next`}, "https://a/2"},
		{"escaped quote", []string{`<https://a/1>; title="a\"; rel=next"; rel=prev`}, ""},
		{"parameter without a value", []string{`<https://a/1>; crossorigin; rel=next`}, "https://a/1"},
		{"text before the link", []string{`next, <https://a/1>; rel=next`}, "https://a/1"},
		{"empty address", []string{`<>; rel=next`}, ""},
		{"part of a word", []string{`<https://a/1>; rel=next2`}, ""},
		{"no rel", []string{`<https://a/1>`}, ""},
		{"open address", []string{`<https://a/1; rel=next`}, ""},
		{"open quote", []string{`<https://a/1>; rel="next`}, "https://a/1"},
		{"no header", nil, ""},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			header := http.Header{}
			for _, line := range tt.lines {
				header.Add("Link", line)
			}
			got, found := response.Link(header, "next")
			if got != tt.want || found != (tt.want != "") {
				t.Errorf("Link = %q, %v; want %q", got, found, tt.want)
			}
		})
	}
}

func FuzzLink(f *testing.F) {
	f.Add(`<https://a/?p=2,3>; foo="bar"; rel="next", <https://a/0>; rel=prev`, "next")
	f.Add(`<a>;rel="\"`, `"`)
	f.Add(`<a>;;,;=,rel<b>;rel==`, "=")
	f.Fuzz(func(t *testing.T, line, rel string) {
		address, found := response.Link(http.Header{"Link": {line}}, rel)
		if found != (address != "") || strings.Contains(address, ">") || !strings.Contains(line, address) {
			t.Errorf("Link(%q, %q) = %q, %v", line, rel, address, found)
		}
	})
}
