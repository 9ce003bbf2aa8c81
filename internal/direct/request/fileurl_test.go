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

func TestFileURL(t *testing.T) {
	t.Parallel()
	const answer = `{"data":{"download_url":"u1","size":5},"calls":[{"media":{"audioUrl":"u2"}}],
		"attachments":[{"url":"u3"},{"url":"u4"},{"name":"n"}],"a.b":"no","en":{"url":"u5"},"nil":null,"empty":"","yes":true}`
	op := &manifest.Operation{Parameters: []manifest.Parameter{
		{Name: "i", In: "path", Required: true, Default: raw("0")}, {Name: "lang", In: "query"},
	}}
	tests := []struct {
		name, expr, params, want string
		fails                    error
		text                     string
	}{
		{name: "keys", expr: "data.download_url", want: "u1"},
		{name: "case 87 index", expr: "calls[0].media.audioUrl", want: "u2"},
		{name: "case 88 parameter", expr: "attachments[{i}].url", params: `{"i":1}`, want: "u4"},
		{name: "case 88 parameter as text", expr: "attachments[{i}].url", params: `{"i":"1"}`, want: "u4"},
		{name: "case 88 B47 default", expr: "attachments[{i}].url", params: `{}`, want: "u3"},
		{name: "null has the default", expr: "attachments[{i}].url", params: `{"i":null}`, want: "u3"},
		{name: "parameter in a key", expr: "{lang}.url", params: `{"lang":"en"}`, want: "u5"},
		{name: "a value is one key", expr: "{lang}", params: `{"lang":"data.download_url"}`, fails: fault.ErrNotFound, text: `no "data.download_url"`},
		{name: "case 88 out of range", expr: "attachments[{i}].url", params: `{"i":3}`, fails: fault.ErrNotFound, text: `"attachments" in the answer has 3 elements, so none with index 3`},
		{name: "case 88 missing field", expr: "attachments[{i}].url", params: `{"i":2}`, fails: fault.ErrNotFound, text: `"attachments[2]" has no "url"; it has name`},
		{name: "missing in the answer", expr: "dat.x", fails: fault.ErrNotFound, text: `the answer has no "dat"; it has data, calls, attachments, a.b, en, nil, empty, yes`},
		{name: "not an object", expr: "data.size.x", fails: fault.ErrNotFound, text: `"data.size" is a number, so it has no "x"`},
		{name: "not an array", expr: "data[0]", fails: fault.ErrNotFound, text: `"data" in the answer is an object and no array`},
		{name: "not a string", expr: "data.size", fails: fault.ErrNotFound, text: `"data.size" is a number and no address`},
		{name: "null", expr: "nil", fails: fault.ErrNotFound, text: `"nil" is null`},
		{name: "empty", expr: "empty", fails: fault.ErrNotFound, text: `"empty" is an empty string`},
		{name: "step into a string", expr: "data.download_url.x", fails: fault.ErrNotFound, text: `"data.download_url" is a string`},
		{name: "step into an array", expr: "calls.x", fails: fault.ErrNotFound, text: `"calls" is an array`},
		{name: "true", expr: "yes", fails: fault.ErrNotFound, text: `"yes" is true or false`},
		{name: "missing parameter", expr: "{lang}.url", fails: fault.ErrValidation, text: `missing required parameter "lang"`},
		{name: "negative index", expr: "calls[{i}]", params: `{"i":-1}`, fails: fault.ErrValidation, text: `"i" must be a number from 0 on`},
		{name: "object as index", expr: "calls[{i}]", params: `{"i":{}}`, fails: fault.ErrValidation, text: `"i" must be a string or a number`},
		{name: "broken params", expr: "calls[{i}]", params: `{`, fails: fault.ErrValidation, text: "not valid json"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			f, err := request.CompileFileURL(tt.expr)
			if err != nil {
				t.Fatal(err)
			}
			got, err := f.Find([]byte(answer), op, raw(tt.params))
			if !errors.Is(err, tt.fails) || got != tt.want {
				t.Fatalf("Find = %q, %v; want %q, %v", got, err, tt.want, tt.fails)
			}
			if err != nil && !strings.Contains(err.Error(), tt.text) {
				t.Errorf("error = %q, want %q in it", err, tt.text)
			}
		})
	}
}

func TestFileURLSuggests(t *testing.T) {
	t.Parallel()
	f, err := request.CompileFileURL("content_ulr")
	if err != nil {
		t.Fatal(err)
	}
	_, err = f.Find([]byte(`{"id":1,"content_url":"u"}`), &manifest.Operation{}, nil)
	var failure *fault.Error
	if !errors.As(err, &failure) {
		t.Fatalf("error = %v", err)
	}
	if diff := cmp.Diff([]string{"id", "content_url"}, failure.Allowed); diff != "" || failure.DidYouMean != "content_url" {
		t.Errorf("allowed (-want +got):\n%s\ndid you mean %q", diff, failure.DidYouMean)
	}
	if _, err := f.Find([]byte(`<html>`), &manifest.Operation{}, nil); !errors.Is(err, fault.ErrUnavailable) {
		t.Errorf("unreadable answer: %v", err)
	}
}

func TestCompileFileURLErrors(t *testing.T) {
	t.Parallel()
	for _, expr := range []string{"", "a..b", "[0]", "a[0", "a[0]b", "a[0][1]", "a[-1]", "a[x]", "a[{i}{j}]", "a[]", "{a", "a}", "{}", "a[1234567890]", "a]"} {
		if _, err := request.CompileFileURL(expr); !errors.Is(err, fault.ErrConfig) {
			t.Errorf("CompileFileURL(%q) error = %v, want a configuration error", expr, err)
		}
	}
	f, err := request.CompileFileURL("{a}.x[{b}]")
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff([]string{"a", "b"}, f.Slots()); diff != "" {
		t.Errorf("slots (-want +got):\n%s", diff)
	}
}
