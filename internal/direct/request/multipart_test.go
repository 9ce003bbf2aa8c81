package request_test

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"mime"
	"mime/multipart"
	"slices"
	"strings"
	"testing"

	"github.com/agentsdk-go/airbyte/internal/direct/request"
	"github.com/agentsdk-go/airbyte/internal/manifest"
)

// parts writes every part of a multipart body as one line.
func parts(t *testing.T) func(*request.Request) string {
	t.Helper()
	return func(r *request.Request) string {
		kind, params, err := mime.ParseMediaType(r.Header.Get("Content-Type"))
		if err != nil {
			t.Fatal(err)
		}
		if params["boundary"] == "" {
			return kind + " " + string(r.Body)
		}
		out := kind
		reader := multipart.NewReader(bytes.NewReader(r.Body), params["boundary"])
		for {
			part, err := reader.NextRawPart()
			if errors.Is(err, io.EOF) {
				return out
			}
			if err != nil {
				t.Fatal(err)
			}
			content, err := io.ReadAll(part)
			if err != nil {
				t.Fatal(err)
			}
			out += "\n" + part.Header.Get("Content-Disposition") + "|" + part.Header.Get("Content-Type") + "|" + string(content)
		}
	}
}

func TestMultipart(t *testing.T) {
	t.Parallel()
	b := compile(t, &manifest.Operation{
		Method: "POST",
		Parameters: []manifest.Parameter{
			{Name: "content-type", In: "header", Default: raw(`"multipart/form-data"`)},
			{Name: "title", In: "body", Type: "string"},
			{Name: "meta", In: "body", Type: "object"},
			{Name: "ids", In: "body", Type: "array"},
			{Name: "file", In: "body", Type: "string", Format: "binary"},
			{Name: "files", In: "body", Type: "array", Items: raw(`{"type":"string","format":"binary"}`)},
		},
		Body: &manifest.Body{Kind: manifest.BodyMultipart, MediaType: "multipart/form-data"},
	}, request.Options{})
	run(t, b, []call{
		{
			name:   "case 38 text and file",
			params: `{"title":"é \"x\"","file":"aGVsbG8="}`,
			want: "multipart/form-data\nform-data; name=\"title\"||é \"x\"\n" +
				`form-data; name="file"; filename="file"|application/octet-stream|hello`,
		},
		{
			name:   "file as an object",
			params: `{"file":{"name":"../a/b \"c\"\r\n.txt","type":"Text/Plain; charset=utf-8","content":"aGVsbG8"}}`,
			want:   "multipart/form-data\n" + `form-data; name="file"; filename="b \"c\".txt"|text/plain; charset=utf-8|hello`,
		},
		{
			name:   "windows path, no type",
			params: `{"file":{"name":"C:\\x\\y.txt","type":null,"content":""}}`,
			want:   "multipart/form-data\n" + `form-data; name="file"; filename="y.txt"|application/octet-stream|`,
		},
		{
			name:   "name without a last step",
			params: `{"file":{"name":"..","content":"_-8"}}`,
			want:   "multipart/form-data\n" + `form-data; name="file"; filename="file"|application/octet-stream|` + "\xff\xef",
		},
		{
			name:   "several files",
			params: `{"files":["YQ==",null,{"name":"b","content":"Yg=="}]}`,
			want: "multipart/form-data\n" + `form-data; name="files"; filename="files"|application/octet-stream|a` + "\n" +
				`form-data; name="files"; filename="b"|application/octet-stream|b`,
		},
		{
			name:   "composed values",
			params: `{"meta":{"a": 1},"ids":[1,true,"x"]}`,
			want: "multipart/form-data\n" + `form-data; name="meta"|application/json|{"a":1}` + "\n" +
				`form-data; name="ids"||1` + "\n" + `form-data; name="ids"||true` + "\n" + `form-data; name="ids"||x`,
		},
		{name: "number as a file", params: `{"file":1}`, errHas: `"file" must be a file`},
		{name: "no content", params: `{"file":{"name":"a"}}`, errHas: `"file" must have the content`},
		{name: "unknown key", params: `{"file":{"data":"YQ=="}}`, errHas: `"file" must have nothing but`},
		{name: "name is a number", params: `{"file":{"name":1,"content":"YQ=="}}`, errHas: `"file" must have strings`},
		{name: "type is none", params: `{"file":{"type":"a\r\nb","content":"YQ=="}}`, errHas: `"file" must be of a media type`},
		{name: "bad file in an array", params: `{"files":["!"]}`, errHas: `"files" is not base64`},
	}, parts(t))
}

func TestBase64(t *testing.T) {
	t.Parallel()
	b := compile(t, &manifest.Operation{
		Method:     "POST",
		Parameters: []manifest.Parameter{{Name: "file", In: "body", Format: "binary"}},
		Body:       &manifest.Body{Kind: manifest.BodyMultipart},
	}, request.Options{})
	content := func(r *request.Request) string {
		all := parts(t)(r)
		return fmt.Sprintf("%x", all[strings.LastIndex(all, "|")+1:])
	}
	run(t, b, []call{
		{name: "standard", params: `{"file":"+/8="}`, want: "fbff"},
		{name: "standard without padding", params: `{"file":"+/8"}`, want: "fbff"},
		{name: "escaped slash", params: `{"file":"+\/8="}`, want: "fbff"},
		{name: "url", params: `{"file":"-_8="}`, want: "fbff"},
		{name: "url without padding", params: `{"file":"-_8"}`, want: "fbff"},
		{name: "line breaks of a tool", params: `{"file":"YW\nJj\r\n"}`, want: "616263"},
		{name: "B49 junk", params: `{"file":"YW!j"}`, errHas: `"file" is not base64`},
		{name: "B49 both alphabets", params: `{"file":"+_8="}`, errHas: "not base64"},
		{name: "B49 bits left over", params: `{"file":"YR=="}`, errHas: "not base64"},
		{name: "B49 cut", params: `{"file":"YWJjZ"}`, errHas: "not base64"},
		{name: "B49 data url", params: `{"file":"data:text/plain;base64,YQ=="}`, errHas: "without any prefix"},
		{name: "padding in the middle", params: `{"file":"YQ==YQ=="}`, errHas: "not base64"},
	}, content)
}

func TestRelated(t *testing.T) {
	t.Parallel()
	fields := []manifest.Parameter{
		{Name: "name", In: "body", Type: "string"},
		{Name: "file_content", In: "body", Type: "string"},
		{Name: "file_mime_type", In: "body", Type: "string"},
	}
	op := manifest.Operation{
		Method: "POST", Parameters: fields, Body: &manifest.Body{Kind: manifest.BodyRelated, MediaType: "multipart/related"},
	}
	run(t, compile(t, &op, request.Options{}), []call{
		{
			name:   "case 39 metadata and file",
			params: `{"name":"f.txt","file_content":"aGVsbG8=","file_mime_type":"text/plain"}`,
			want:   "multipart/related\n|application/json; charset=UTF-8|{\"name\":\"f.txt\"}\n|text/plain|hello",
		},
		{
			name:   "case 39 usual type, no metadata",
			params: `{"file_content":"aGVsbG8="}`,
			want:   "multipart/related\n|application/json; charset=UTF-8|{}\n|application/octet-stream|hello",
		},
		{name: "case 40 no base64", params: `{"file_content":"!!!"}`, errHas: `"file_content" is not base64`},
		{name: "bad type", params: `{"file_content":"","file_mime_type":7}`, errHas: `"file_mime_type" must be of a media type`},
		{name: "B68 no file", params: `{"name":"f","file_mime_type":"a/b"}`, want: `application/json {"name":"f"}`},
		{name: "B68 null file", params: `{"name":"f","file_content":null}`, want: `application/json {"name":"f"}`},
	}, parts(t))

	named := op
	named.Parameters = slices.Concat(fields[:1], []manifest.Parameter{{Name: "data", In: "body"}})
	named.Body = &manifest.Body{Kind: manifest.BodyRelated, FileParam: "data"}
	run(t, compile(t, &named, request.Options{}), []call{
		{
			name: "other file parameter, as an object", params: `{"data":{"type":"image/png","content":"YQ=="}}`,
			want: "multipart/related\n|application/json; charset=UTF-8|{}\n|image/png|a",
		},
	}, parts(t))
}
