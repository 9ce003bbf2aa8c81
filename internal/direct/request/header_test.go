package request_test

import (
	"testing"

	"github.com/agentsdk-go/airbyte/internal/direct/request"
	"github.com/agentsdk-go/airbyte/internal/manifest"
)

func TestHeaders(t *testing.T) {
	t.Parallel()
	b := compile(t, &manifest.Operation{Parameters: []manifest.Parameter{
		{Name: "x-v", In: "header", Default: raw(`"1"`)},
		{Name: "X-Req", In: "header", Required: true},
	}}, request.Options{})
	look := func(name string) func(*request.Request) string {
		return func(r *request.Request) string { return r.Header.Get(name) }
	}
	run(t, b, []call{
		{name: "case 27 default", params: `{"X-Req":1}`, want: "1"},
		{name: "case 27 given", params: `{"x-v":"2","X-Req":1}`, want: "2"},
		{name: "case 27 null", params: `{"x-v":null,"X-Req":1}`, want: "1"},
		{name: "case 27 required", params: `{}`, errHas: `missing required parameter "X-Req"`},
	}, look("X-V"))
	run(t, b, []call{
		{name: "B28 true", params: `{"X-Req":true}`, want: "true"},
		{name: "every digit", params: `{"X-Req":12345678901234567890}`, want: "12345678901234567890"},
		{name: "array", params: `{"X-Req":["a",null,2]}`, want: "a,2"},
		{name: "object", params: `{"X-Req":{"a": 1}}`, want: `{"a":1}`},
		{name: "line break", params: `{"X-Req":"a\r\nHost: evil.test"}`, errHas: `"X-Req" must not have line breaks`},
		{name: "line break in an array", params: `{"X-Req":["a\n"]}`, errHas: "must not have line breaks"},
		{name: "delete", params: `{"X-Req":"\u007f"}`, errHas: "control characters"},
	}, look("X-Req"))
}

func TestContentType(t *testing.T) {
	t.Parallel()
	params := []manifest.Parameter{
		{Name: "content-type", In: "header", Default: raw(`"application/vnd.x+json"`)},
		{Name: "name", In: "body", Type: "string"},
	}
	vendor := compile(t, &manifest.Operation{
		Method: "POST", Parameters: params, Body: &manifest.Body{Kind: manifest.BodyJSON, MediaType: "application/json"},
	}, request.Options{})
	run(t, vendor, []call{
		{name: "case 28 of a parameter", params: `{"name":"a"}`, want: `application/vnd.x+json {"name":"a"}`},
		{name: "without a body", params: `{}`, want: "application/vnd.x+json "},
	}, bodyAndType)

	own := compile(t, &manifest.Operation{
		Method: "POST", Parameters: params[1:], Body: &manifest.Body{Kind: manifest.BodyJSON, MediaType: "application/merge-patch+json"},
	}, request.Options{})
	run(t, own, []call{
		{name: "of the manifest", params: `{"name":"a"}`, want: `application/merge-patch+json {"name":"a"}`},
		{name: "case 42 none without a body", params: `{}`, want: " "},
	}, bodyAndType)
}
