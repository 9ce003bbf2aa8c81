package request_test

import (
	"bytes"
	"encoding/base64"
	"encoding/json"
	"mime"
	"mime/multipart"
	"net/url"
	"strings"
	"testing"

	"github.com/agentsdk-go/airbyte/internal/direct/request"
	"github.com/agentsdk-go/airbyte/internal/manifest"
)

func quote(t *testing.T, s string) string {
	t.Helper()
	out, err := json.Marshal(s)
	if err != nil {
		t.Fatal(err)
	}
	return string(out)
}

// FuzzPath holds that two values are two segments, whatever they are.
func FuzzPath(f *testing.F) {
	for _, seed := range []string{"a", "..", "%2e%2e", "a/b", "é ?#", "a\\..\\b", "%", "\u2028", "..;", ""} {
		f.Add(seed, "x")
		f.Add("x", seed)
	}
	b := compile(f, &manifest.Operation{Path: "/base/{a}/{b}", Parameters: []manifest.Parameter{
		{Name: "a", In: "path", Required: true}, {Name: "b", In: "path", Required: true}, {Name: "q", In: "query"},
	}}, request.Options{})
	f.Fuzz(func(t *testing.T, first, second string) {
		first, second = strings.ToValidUTF8(first, "?"), strings.ToValidUTF8(second, "?")
		params := `{"a":` + quote(t, first) + `,"b":` + quote(t, second) + `,"q":` + quote(t, first) + `}`
		req, err := b.Build(raw(params), nil)
		if err != nil {
			return
		}
		u, err := url.ParseRequestURI(target(req))
		if err != nil {
			t.Fatal(err)
		}
		segments := strings.Split(u.EscapedPath(), "/")
		if len(segments) != 4 || segments[1] != "base" || u.EscapedPath() != req.Path {
			t.Fatalf("path = %q", req.Path)
		}
		if got := decoded(t, segments[2]); got != first {
			t.Errorf("first = %q, want %q", got, first)
		}
		if got := decoded(t, segments[3]); got != second {
			t.Errorf("second = %q, want %q", got, second)
		}
		if u.JoinPath().EscapedPath() != req.Path {
			t.Errorf("cleaning makes %q of %q", u.JoinPath().EscapedPath(), req.Path)
		}
		if got := u.Query().Get("q"); got != first {
			t.Errorf("q = %q, want %q", got, first)
		}
	})
}

func decoded(t *testing.T, segment string) string {
	t.Helper()
	out, err := url.PathUnescape(segment)
	if err != nil {
		t.Fatal(err)
	}
	return out
}

var anyParams = []string{
	`{"a":[1,null,{"b":[true]}],"o":{"k":"v","n":null,"d":{"e":1}}}`, `{"a":"x","o":7}`, `{"a":1e400}`, `null`, `[]`, `{"a":`, `{"a":"\ud800"}`,
	`{"a":[[[[]]]],"o":{"a]=&":" "}}`,
}

// FuzzQuery holds that every query can be parsed, and has declared names alone.
func FuzzQuery(f *testing.F) {
	for _, seed := range anyParams {
		f.Add(seed)
	}
	b := compile(f, &manifest.Operation{Parameters: []manifest.Parameter{
		{Name: "a", In: "query"}, {Name: "o", In: "query", DeepObject: true}, {Name: "H", In: "header"},
	}}, request.Options{})
	f.Fuzz(func(t *testing.T, params string) {
		req, err := b.Build(raw(params), nil)
		if err != nil {
			return
		}
		values, err := url.ParseQuery(req.Query)
		if err != nil {
			t.Fatal(err)
		}
		for name := range values {
			if name != "a" && name != "o" && !strings.HasPrefix(name, "o[") {
				t.Errorf("name %q in %s", name, req.Query)
			}
		}
		if strings.ContainsAny(req.Header.Get("H"), "\r\n\x00") {
			t.Errorf("header = %q", req.Header.Get("H"))
		}
	})
}

// FuzzForm holds that every form can be parsed, and the JSON body of the same
// call is valid.
func FuzzForm(f *testing.F) {
	for _, seed := range anyParams {
		f.Add(seed)
	}
	params := []manifest.Parameter{{Name: "a", In: "body"}, {Name: "o", In: "body"}, {Name: "n", In: "body", Nullable: true}}
	form := compile(f, &manifest.Operation{
		Parameters: params, Body: &manifest.Body{Kind: manifest.BodyForm, Repeat: []string{"a"}},
	}, request.Options{})
	object := compile(f, &manifest.Operation{Parameters: params, Body: &manifest.Body{Kind: manifest.BodyJSON}}, request.Options{})
	f.Fuzz(func(t *testing.T, params string) {
		if req, err := form.Build(raw(params), nil); err == nil {
			if _, err := url.ParseQuery(string(req.Body)); err != nil {
				t.Fatal(err)
			}
		}
		req, err := object.Build(raw(params), nil)
		if err != nil || req.Body == nil {
			return
		}
		var compact bytes.Buffer
		if err := json.Compact(&compact, req.Body); err != nil {
			t.Fatal(err)
		}
		if compact.String() != string(req.Body) {
			t.Errorf("not compact: %s", req.Body)
		}
	})
}

// FuzzGraphQL holds that every body is JSON, whatever the template and the call.
func FuzzGraphQL(f *testing.F) {
	f.Add("query { {{ fields }} }", `{"a":"{{ a }}","b":["{{ a }}:{{ b }}",null,{"c":"{{b}}"}]}`, `{"a":"{{ b }}","b":[1],"fields":["x.y"]}`)
	f.Add("{{", `{"a":"\"{{ a }}\\"}`, `{"a":"\\\"","fields":"a b"}`)
	f.Add("", `{"":{}}`, `{"a":1e5}`)
	f.Fuzz(func(t *testing.T, query, variables, params string) {
		op := graphql(manifest.GraphQL{Query: query, Variables: raw(variables), DefaultText: "id"})
		b, err := request.Compile(&op, request.Options{})
		if err != nil {
			return
		}
		req, err := b.Build(raw(params), nil)
		if err != nil {
			return
		}
		var body struct {
			Query     string
			Variables map[string]json.RawMessage
		}
		if err := json.Unmarshal(req.Body, &body); err != nil {
			t.Fatalf("%v: %s", err, req.Body)
		}
	})
}

// FuzzFile holds that what was encoded arrives, and that no file breaks the
// parts apart.
func FuzzFile(f *testing.F) {
	f.Add("a.txt", "text/plain", []byte("hello"), "aGVsbG8=")
	f.Add("a\"\r\nX: y", "a/b; c=\"\r\n\"", []byte{0xff, 0xfe}, "_-8")
	f.Add("..", "", []byte{}, "!!!")
	b := compile(f, &manifest.Operation{
		Parameters: []manifest.Parameter{{Name: "f", In: "body", Format: "binary"}, {Name: "g", In: "body", Format: "binary"}},
		Body:       &manifest.Body{Kind: manifest.BodyMultipart},
	}, request.Options{})
	f.Fuzz(func(t *testing.T, name, kind string, content []byte, free string) {
		encoded := base64.StdEncoding.EncodeToString(content)
		object := `{"f":{"name":` + quote(t, name) + `,"type":` + quote(t, kind) + `,"content":"` + encoded + `"}`
		for _, params := range []string{object + `}`, object + `,"g":` + quote(t, free) + `}`, `{"f":"` + encoded + `"}`} {
			req, err := b.Build(raw(params), nil)
			if err != nil {
				continue
			}
			_, header, err := mime.ParseMediaType(req.Header.Get("Content-Type"))
			if err != nil {
				t.Fatal(err)
			}
			form, err := multipart.NewReader(bytes.NewReader(req.Body), header["boundary"]).ReadForm(1 << 20)
			if err != nil {
				t.Fatal(err)
			}
			if got := readUpload(t, form.File["f"]); !bytes.Equal(got, content) {
				t.Errorf("content = %x, want %x", got, content)
			}
		}
	})
}

func readUpload(t *testing.T, files []*multipart.FileHeader) []byte {
	t.Helper()
	if len(files) != 1 {
		t.Fatalf("%d files", len(files))
	}
	opened, err := files[0].Open()
	if err != nil {
		t.Fatal(err)
	}
	defer opened.Close()
	var out bytes.Buffer
	if _, err := out.ReadFrom(opened); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

// FuzzFileURL holds that a found address is a string of the answer.
func FuzzFileURL(f *testing.F) {
	f.Add("calls[{i}].media.url", `{"calls":[{"media":{"url":"u"}}]}`, `{"i":0}`)
	f.Add("{i}", `{"a.b":"u"}`, `{"i":"a.b"}`)
	f.Fuzz(func(t *testing.T, expr, body, params string) {
		u, err := request.CompileFileURL(expr)
		if err != nil {
			return
		}
		found, err := u.Find([]byte(body), &manifest.Operation{}, raw(params))
		if err == nil && found == "" {
			t.Error("an empty address")
		}
	})
}
