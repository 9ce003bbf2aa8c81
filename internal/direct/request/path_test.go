package request_test

import (
	"errors"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/agentsdk-go/airbyte/internal/direct/request"
	"github.com/agentsdk-go/airbyte/internal/fault"
	"github.com/agentsdk-go/airbyte/internal/manifest"
)

func TestPath(t *testing.T) {
	t.Parallel()
	b := compile(t, &manifest.Operation{
		Path:       "/v1/things/{id}",
		Parameters: []manifest.Parameter{{Name: "id", In: "path", Type: "string", Required: true}},
	}, request.Options{})
	run(t, b, []call{
		{name: "case 18 everything is escaped", params: `{"id":"a/b c?#é"}`, want: "/v1/things/a%2Fb%20c%3F%23%C3%A9"},
		{name: "case 18 sub-delimiters too", params: `{"id":"a:b@c,d$&+="}`, want: "/v1/things/a%3Ab%40c%2Cd%24%26%2B%3D"},
		{name: "unreserved stay", params: `{"id":"aZ09_.-~"}`, want: "/v1/things/aZ09_.-~"},
		{name: "case 19 missing", params: `{}`, errHas: `missing required parameter "id"`},
		{name: "case 19 no params at all", params: ``, errHas: `missing required parameter "id"`},
		{name: "case 19 blank", params: `{"id":" \t"}`, errHas: `"id" must not be empty`},
		{name: "case 19 null", params: `{"id":null}`, errHas: `"id" must not be empty`},
		{name: "case 19 zero", params: `{"id":0}`, want: "/v1/things/0"},
		{name: "case 20 parent", params: `{"id":".."}`, errHas: `"id" must not be "." or ".."`},
		{name: "case 20 self", params: `{"id":"."}`, errHas: `must not be "."`},
		{name: "case 20 percent form", params: `{"id":"%2e%2E"}`, errHas: `must not be "."`},
		{name: "case 20 double percent form", params: `{"id":"%252e."}`, errHas: `must not be "."`},
		{name: "case 20 step inside", params: `{"id":"a/../b"}`, errHas: `must not be "."`},
		{name: "case 20 backslash", params: `{"id":"..\\b"}`, errHas: `must not be "."`},
		{name: "dots in a name", params: `{"id":"a..b/.c"}`, want: "/v1/things/a..b%2F.c"},
		{name: "percent as such", params: `{"id":"100%"}`, want: "/v1/things/100%25"},
		{name: "case 20 encoded again and again", params: `{"id":"%252525252e"}`, errHas: `must not be "."`},
		{name: "control character", params: `{"id":"a\u0000b"}`, errHas: "control characters"},
		{name: "B28 true", params: `{"id":true}`, want: "/v1/things/true"},
		{name: "B28 every digit", params: `{"id":12345678901234567890123}`, want: "/v1/things/12345678901234567890123"},
		{name: "B28 no exponent", params: `{"id":1.2e+21}`, want: "/v1/things/1200000000000000000000"},
		{name: "fraction as sent", params: `{"id":1.50}`, want: "/v1/things/1.50"},
		{name: "small exponent as sent", params: `{"id":1e-7}`, want: "/v1/things/1e-7"},
		{name: "zero with exponent", params: `{"id":0e5}`, want: "/v1/things/0"},
		{name: "negative", params: `{"id":-2E2}`, want: "/v1/things/-200"},
		{name: "huge exponent as sent", params: `{"id":1e999999999}`, want: "/v1/things/1e999999999"},
		{name: "array", params: `{"id":["a"]}`, errHas: `"id" must be a string or a number`},
		{name: "object", params: `{"id":{}}`, errHas: `"id" must be a string or a number`},
		{name: "last of two", params: `{"id":"a","id":"b"}`, want: "/v1/things/b"},
		{name: "escaped key", params: `{"\u0069d":"a"}`, want: "/v1/things/a"},
		{name: "not an object", params: `["id"]`, errHas: "must be a json object"},
		{name: "not json", params: `{"id":`, errHas: "not valid json"},
		{name: "not utf-8", params: "{\"id\":\"\xff\"}", errHas: "not valid utf-8"},
		{name: "case 24 undeclared", params: `{"id":"a","zzz":1}`, want: "/v1/things/a"},
	}, target)
}

func TestPathTemplates(t *testing.T) {
	t.Parallel()
	params := []manifest.Parameter{
		{Name: "a", In: "path", Type: "string", Required: true},
		{Name: "index", In: "path", Type: "integer", Required: true, Default: raw("0")},
		{Name: "q", In: "query", Type: "string"},
	}
	tests := []struct{ name, template, params, want string }{
		{"case 33 override", "/graphql", `{"a":"x"}`, "/graphql"},
		{"two and text around", "/x/{a}/y-{index}.json", `{"a":"1","index":7}`, "/x/1/y-7.json"},
		{"case 88 B47 default", "/x/{index}", `{"a":"x"}`, "/x/0"},
		{"verb after a colon", "/v1/{a}:search", `{"a":"x"}`, "/v1/x:search"},
		{"own query", "/x?kind=a b", `{"a":"x"}`, "/x?kind=a%20b"},
		{"own query stays before ours", "/x?kind=a", `{"a":"x","q":"y"}`, "/x?kind=a&q=y"},
		{"escapes kept, others made", "/a%20b/c d/\"", `{"a":"x"}`, "/a%20b/c%20d/%22"},
		{"null has the default", "/x/{index}", `{"a":"x","index":null}`, "/x/0"},
		{"trailing slash", "/x/{a}/", `{"a":"1"}`, "/x/1/"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			b := compile(t, &manifest.Operation{Path: tt.template, Parameters: params}, request.Options{})
			req, err := b.Build(raw(tt.params), nil)
			if err != nil {
				t.Fatal(err)
			}
			if got := target(req); got != tt.want {
				t.Errorf("got %s, want %s", got, tt.want)
			}
		})
	}
}

func TestCompileErrors(t *testing.T) {
	t.Parallel()
	path := func(template string) manifest.Operation { return manifest.Operation{Path: template} }
	param := func(params ...manifest.Parameter) manifest.Operation {
		return manifest.Operation{Path: "/", Parameters: params}
	}
	tests := []struct {
		name string
		op   manifest.Operation
		want string
	}{
		{"no slash", path("v1/x"), "must begin with /"},
		{"undeclared", path("/{id}"), "{id}, but no path parameter"},
		{"unclosed", path("/{id"), "{ without }"},
		{"unopened", path("/id}"), "} without {"},
		{"empty name", path("/{}"), "is no name"},
		{"placeholder in the query", path("/?a={id}"), "after the ?"},
		{"twice", param(manifest.Parameter{Name: "a", In: "query"}, manifest.Parameter{Name: "a", In: "query"}), "declared twice"},
		{"unknown place", param(manifest.Parameter{Name: "a", In: "cookie"}), `is in "cookie"`},
		{"broken default", param(manifest.Parameter{Name: "a", In: "query", Default: raw("{")}), "not valid json"},
		{"framing header", param(manifest.Parameter{Name: "content-length", In: "header"}), "the transport alone"},
		{"no header name", param(manifest.Parameter{Name: "X A", In: "header"}), "no name of a header"},
		{"header twice", param(manifest.Parameter{Name: "X-A", In: "header"}, manifest.Parameter{Name: "x-a", In: "header"}), "case alone"},
		{"broken date", param(manifest.Parameter{Name: "a", In: "query", Default: raw(`"{{ exec() }}"`)}), `default of parameter "a"`},
		{"unknown body", manifest.Operation{Path: "/", Body: &manifest.Body{Kind: "xml"}}, `body kind "xml"`},
		{"body parameter without a body", param(manifest.Parameter{Name: "a", In: "body"}), "travels in the body"},
		{"broken items", manifest.Operation{
			Path: "/", Body: &manifest.Body{Kind: manifest.BodyMultipart},
			Parameters: []manifest.Parameter{{Name: "a", In: "body", Items: raw("{")}},
		}, "items of parameter"},
		{"graphql broken variables", graphql(manifest.GraphQL{Variables: raw(`{`)}), "graphql variables"},
		{"graphql without query", manifest.Operation{Path: "/", Body: &manifest.Body{Kind: manifest.BodyGraphQL}}, "no query"},
		{"graphql variables", graphql(manifest.GraphQL{Variables: raw(`[]`)}), "must be an object"},
		{"graphql placeholder", graphql(manifest.GraphQL{Variables: raw(`{"a":"{{ b c }}"}`)}), "no name of a parameter"},
		{"graphql placeholder left open", graphql(manifest.GraphQL{Variables: raw(`{"a":"{{ b"}`)}), "{{ without }}"},
		{"graphql default field", graphql(manifest.GraphQL{Query: "{{ fields }}", DefaultFields: []string{"a}"}}), "default field"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			_, err := request.Compile(&tt.op, request.Options{})
			if !errors.Is(err, fault.ErrConfig) || !strings.Contains(err.Error(), tt.want) {
				t.Errorf("error = %v, want a configuration error with %q", err, tt.want)
			}
		})
	}
}

func TestSlots(t *testing.T) {
	t.Parallel()
	tests := []struct {
		template string
		want     []string
	}{
		{"/a/{b}/{c-d}.json", []string{"b", "c-d"}},
		{"attachments[{attachment_index}].url", []string{"attachment_index"}},
		{"/a", nil},
		{"/{a}/{", []string{"a"}},
	}
	for _, tt := range tests {
		if diff := cmp.Diff(tt.want, request.Slots(tt.template)); diff != "" {
			t.Errorf("Slots(%q) (-want +got):\n%s", tt.template, diff)
		}
	}
}
