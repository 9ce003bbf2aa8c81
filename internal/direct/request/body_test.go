package request_test

import (
	"strings"
	"testing"

	"github.com/agentsdk-go/airbyte/internal/direct/request"
	"github.com/agentsdk-go/airbyte/internal/manifest"
)

func TestJSONBody(t *testing.T) {
	t.Parallel()
	b := compile(t, &manifest.Operation{
		Method: "POST", Action: "create",
		Parameters: []manifest.Parameter{
			{Name: "name", In: "body", Type: "string"},
			{Name: "n", In: "body", Type: "integer", Default: raw("7")},
			{Name: "obj", In: "body", Type: "object"},
			{Name: "tags", In: "body", Type: "array"},
			{Name: "p", In: "body", Type: "string", Nullable: true},
		},
		Body: &manifest.Body{Kind: manifest.BodyJSON, MediaType: "application/json"},
	}, request.Options{})
	run(t, b, []call{
		{
			name:   "case 34 whole",
			params: `{"name": "é", "n": null, "obj": {"a": null}, "tags": [], "extra": 1}`,
			want:   `application/json {"n":7,"name":"é","obj":{"a":null},"tags":[]}`,
		},
		{name: "case 34 default overridden", params: `{"name":"a","n":8}`, want: `application/json {"n":8,"name":"a"}`},
		{name: "case 10 default alone", params: `{}`, want: `application/json {"n":7}`},
		{name: "case 41 nullable", params: `{"p":null,"name":null}`, want: `application/json {"n":7,"p":null}`},
		{name: "case 68 every digit", params: `{"obj":{"id":12345678901234567890.10}}`, want: `application/json {"n":7,"obj":{"id":12345678901234567890.10}}`},
		{name: "compact", params: "{\"obj\" : { \"a b\" : [ 1 ,\n\t\"x \\\" y\" ] } }", want: `application/json {"n":7,"obj":{"a b":[1,"x \" y"]}}`},
		{name: "escapes as sent", params: `{"name":"<\u00e9\/>"}`, want: `application/json {"n":7,"name":"<\u00e9\/>"}`},
	}, bodyAndType)
}

func TestRequiredBody(t *testing.T) {
	t.Parallel()
	op := manifest.Operation{
		Method: "POST", Action: "create",
		Parameters: []manifest.Parameter{
			{Name: "name", In: "body", Type: "string", Required: true},
			{Name: "n", In: "body", Type: "integer", Required: true, Default: raw("7")},
		},
		Body: &manifest.Body{Kind: manifest.BodyJSON},
	}
	run(t, compile(t, &op, request.Options{}), []call{
		{name: "case 35 default is not enough", params: `{"name":"x"}`, errHas: `missing required parameter "n"`},
		{name: "case 35 null passes", params: `{"name":null,"n":1}`, want: `{"n":1}`},
		{name: "case 35 all missing", params: `{}`, errHas: `missing required parameters "name", "n"`},
	}, body)
	read := op
	read.Action = "list"
	run(t, compile(t, &read, request.Options{}), []call{
		{name: "default of a read is enough", params: `{"name":"x"}`, want: `{"n":7,"name":"x"}`},
		{name: "B11 required of a read", params: `{}`, errHas: `missing required parameter "name"`},
	}, body)
}

func TestNullDefault(t *testing.T) {
	t.Parallel()
	b := compile(t, &manifest.Operation{
		Method: "POST",
		Parameters: []manifest.Parameter{
			{Name: "a", In: "body", Default: raw("null")},
			{Name: "b", In: "body", Default: raw("1"), Nullable: true},
		},
		Body: &manifest.Body{Kind: manifest.BodyJSON},
	}, request.Options{})
	run(t, b, []call{
		{name: "explicit null default is sent", params: `{}`, want: `{"a":null,"b":1}`},
		{name: "case 41 null takes a default away", params: `{"a":2,"b":null}`, want: `{"a":2,"b":null}`},
	}, body)
}

func TestNoBody(t *testing.T) {
	t.Parallel()
	for _, kind := range []string{manifest.BodyJSON, manifest.BodyForm, manifest.BodyMultipart, manifest.BodyRelated} {
		b := compile(t, &manifest.Operation{
			Method: "DELETE", Parameters: []manifest.Parameter{{Name: "a", In: "body", Type: "string"}}, Body: &manifest.Body{Kind: kind},
		}, request.Options{})
		run(t, b, []call{{name: "case 36 " + kind, params: `{"a":null,"zz":1}`, want: "none, 0 headers"}}, func(r *request.Request) string {
			if r.Body == nil && len(r.Header) == 0 {
				return "none, 0 headers"
			}
			return string(r.Body)
		})
	}
}

func TestForm(t *testing.T) {
	t.Parallel()
	b := compile(t, &manifest.Operation{
		Method: "POST",
		Parameters: []manifest.Parameter{
			{Name: "name", In: "body", Type: "string"},
			{Name: "obj", In: "body", Type: "object"},
			{Name: "tags", In: "body", Type: "array"},
			{Name: "MediaUrl", In: "body", Type: "array"},
			{Name: "unset", In: "body", Type: "string", Nullable: true},
		},
		Body: &manifest.Body{Kind: manifest.BodyForm, MediaType: "application/x-www-form-urlencoded", Repeat: []string{"MediaUrl"}},
	}, request.Options{})
	const prefix = "application/x-www-form-urlencoded "
	run(t, b, []call{
		{
			name:   "case 37 flattened",
			params: `{"name":"a b","obj":{"k":[{"p":true},5,[1]]},"tags":["x"]}`,
			want:   prefix + "name=a+b&obj%5Bk%5D%5B0%5D%5Bp%5D=true&obj%5Bk%5D%5B1%5D=5&obj%5Bk%5D%5B2%5D%5B0%5D=1&tags%5B0%5D=x",
		},
		{name: "case 37 nested null", params: `{"obj":{"a":null}}`, want: prefix + "obj%5Ba%5D="},
		{name: "case 37 empty", params: `{"obj":{},"tags":[]}`, want: " "},
		{name: "B21 repeat", params: `{"MediaUrl":["a","b",{"c":1}]}`, want: prefix + "MediaUrl=a&MediaUrl=b&MediaUrl%5Bc%5D=1"},
		{name: "B21 one value", params: `{"MediaUrl":"a"}`, want: prefix + "MediaUrl=a"},
		{name: "B19 null unsets", params: `{"unset":null,"name":null}`, want: prefix + "unset="},
		{name: "key needs escaping", params: `{"obj":{"a&b=c":1}}`, want: prefix + "obj%5Ba%26b%3Dc%5D=1"},
		{name: "exponent", params: `{"name":1e3}`, want: prefix + "name=1000"},
		{name: "too deep", params: `{"obj":` + strings.Repeat("[", 40) + strings.Repeat("]", 40) + `}`, errHas: `"obj" is nested deeper`},
	}, bodyAndType)
}
