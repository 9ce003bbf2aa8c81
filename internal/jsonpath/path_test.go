package jsonpath_test

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/agentsdk-go/airbyte/internal/jsonpath"
)

func compile(t testing.TB, expr string) jsonpath.Path {
	t.Helper()
	p, err := jsonpath.Compile(expr)
	if err != nil {
		t.Fatal(err)
	}
	return p
}

func TestSelect(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name, expr, doc string
		want            []string
	}{
		{"root", `$`, " {\"a\": 1}\n", []string{`{"a": 1}`}},
		{"root of nothing", `$`, ` `, nil},
		{"member", `$.data`, `{"x":[{"data":1}],"data":[1, 2] }`, []string{`[1, 2]`}},
		{"nested members", `$.a.b.c`, `{"a":{"b":{"c":12345678901234567890}}}`, []string{`12345678901234567890`}},
		{"name with hyphen and digits", `$.page-info_2`, `{"page-info_2":true}`, []string{`true`}},
		{"case 52: absent member", `$.data`, `{}`, nil},
		{"case 53: present null", `$.data`, `{"data":null}`, []string{`null`}},
		{"member of a text", `$.a.b`, `{"a":"b"}`, nil},
		{"member of an array", `$.a`, `[{"a":1}]`, nil},
		{"member of null", `$.a.b`, `{"a":null}`, nil},
		{"the last duplicate counts", `$.a.b`, `{"a":{"b":1},"a":{"b":2,"b":3}}`, []string{`3`}},
		{"a later duplicate hides", `$.a.b`, `{"a":{"b":1},"a":4}`, nil},
		{"escaped key", `$.data`, `{"d\u0061t\u0061":1}`, []string{`1`}},
		{"key that only looks alike", `$.data`, `{"d\\u0061ta":1,"Data":2}`, nil},
		{"case 55: element", `$.data[0]`, `{"data":[{"id":1},{"id":2}]}`, []string{`{"id":1}`}},
		{"later element", `$[2]`, `[0, [1], "two" ]`, []string{`"two"`}},
		{"case 55: element of an empty array", `$.data[0]`, `{"data":[]}`, nil},
		{"case 55 B37: element of an object", `$.data[0]`, `{"data":{"id":1}}`, nil},
		{"element of a text", `$.data[0]`, `{"data":"abc"}`, nil},
		{"case 66: wildcard, members that are missing", `$.list[*].c`, `{"list":[{"c":{"id":1}},{"d":2},3,{"c":null}]}`, []string{`{"id":1}`, `null`}},
		{"wildcard over nothing", `$.list[*].c`, `{"list":[]}`, nil},
		{"wildcard over null", `$.list[*].c`, `{"list":null}`, nil},
		{"wildcard over a text", `$[*]`, `"text"`, nil},
		{"case 56: two boards", `$.b[*].p.items`, `{"b":[{"p":{"items":[1]}},{"p":{"items":[2]}}]}`, []string{`[1]`, `[2]`}},
		{"case 57 B23: values, then elements", `$[*][*]`, `{"visitor":[{"id":1}],"ip_address":[{"id":2}]}`, []string{`{"id":1}`, `{"id":2}`}},
		{"wildcard over duplicates", `$[*]`, `{"a":1,"b":2,"\u0061":3}`, []string{`3`, `2`}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			var got []string
			for _, match := range compile(t, tt.expr).Select([]byte(tt.doc)) {
				got = append(got, string(match))
			}
			if diff := cmp.Diff(tt.want, got); diff != "" {
				t.Errorf("%s (-want +got):\n%s", tt.expr, diff)
			}
		})
	}
}

func TestCompileRefuses(t *testing.T) {
	t.Parallel()
	tests := []struct{ expr, want string }{
		{"", "does not begin with $"},
		{"data", "does not begin with $"},
		{"$data", `unexpected "data" at position 2`},
		{"$.", `unexpected "." at position 2`},
		{"$..a", "supported are $ followed by .name, [0] and [*]"},
		{"$.1a", "unexpected"},
		{"$.a b", `unexpected " b" at position 4`},
		{"$.a.*", "unexpected"},
		{"$.a[-1]", "unexpected"},
		{"$.a[01]", "unexpected"},
		{"$.a[+1]", "unexpected"},
		{"$.a[]", "unexpected"},
		{"$.a[1", "unexpected"},
		{"$.a[9999999999]", "unexpected"},
		{"$.a['b']", "unexpected"},
		{"$.a[1:2]", "unexpected"},
		{"$.a[0,1]", "unexpected"},
		{"$.a[?@.b]", "unexpected"},
		{"$.ключ", "unexpected"},
		{"$" + strings.Repeat(".a", 600), "longer than 1024"},
	}
	for _, tt := range tests {
		t.Run(tt.expr, func(t *testing.T) {
			t.Parallel()
			if _, err := jsonpath.Compile(tt.expr); err == nil || !strings.Contains(err.Error(), tt.want) {
				t.Errorf("Compile(%q) = %v, want an error with %q", tt.expr, err, tt.want)
			}
		})
	}
}

func TestPathProperties(t *testing.T) {
	t.Parallel()
	tests := []struct {
		expr           string
		root, wildcard bool
		names          []string
		restIsRoot     bool
	}{
		{"$", true, false, nil, true},
		{"$.a.b", false, false, []string{"a", "b"}, true},
		{"$.a[0].b", false, false, []string{"a"}, false},
		{"$.a.b[*].c", false, true, []string{"a", "b"}, false},
		{"$[*][*]", false, true, nil, false},
	}
	for _, tt := range tests {
		t.Run(tt.expr, func(t *testing.T) {
			t.Parallel()
			p := compile(t, tt.expr)
			names, rest := p.Split()
			if p.String() != tt.expr || p.IsRoot() != tt.root || p.HasWildcard() != tt.wildcard || rest.IsRoot() != tt.restIsRoot {
				t.Errorf("%s: root %v, wildcard %v, rest is root %v", p, p.IsRoot(), p.HasWildcard(), rest.IsRoot())
			}
			if diff := cmp.Diff(tt.names, names); diff != "" {
				t.Errorf("names (-want +got):\n%s", diff)
			}
		})
	}
	if got := (jsonpath.Path{}).String(); got != "$" {
		t.Errorf("the zero path is %q", got)
	}
}

func FuzzSelect(f *testing.F) {
	f.Add("$.a[*].b", `{"a":[{"b":1},{"b":[]}]}`)
	f.Add("$[*][0]", ` {"a" : [1 , 2], "\u0061":[ 3 ]} `)
	f.Add("$.a-b[0]", `{"a-b":[null]}`)
	f.Fuzz(func(t *testing.T, expr, doc string) {
		p, err := jsonpath.Compile(expr)
		if err != nil || !json.Valid([]byte(doc)) {
			return
		}
		matches := p.Select([]byte(doc))
		if len(matches) > 1 && !p.HasWildcard() {
			t.Errorf("%s matches %q %d times", p, doc, len(matches))
		}
		for _, match := range matches {
			if !json.Valid(match) || strings.TrimSpace(string(match)) != string(match) {
				t.Errorf("%s selects %q from %q", p, match, doc)
			}
		}
	})
}

// BenchmarkSelectLarge finds the records of a 64 MB answer.
func BenchmarkSelectLarge(b *testing.B) {
	row := `{"id":"3d9f6e0a-1c55-4b8e-9a37-0d2f3c1b7a10","body_html":"` + strings.Repeat("<p>export stops</p>", 20) + `"}`
	doc := []byte(`{"data":[` + strings.Repeat(row+",", 64_000_000/(len(row)+1)) + row + `],"next":null}`)
	p := compile(b, "$.data")
	b.SetBytes(int64(len(doc)))
	b.ReportAllocs()
	for b.Loop() {
		if len(p.Select(doc)) != 1 {
			b.Fatal("no match")
		}
	}
}
