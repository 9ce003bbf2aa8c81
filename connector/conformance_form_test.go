package connector_test

import (
	"errors"
	"io"
	"mime"
	"mime/multipart"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/agentsdk-go/airbyte/connector"
)

// part is one part of a multipart body.
type part struct{ Disposition, Type, Content string }

// readParts reads the multipart body of a request, whose Content-Type must be
// of the given kind and say the boundary.
func readParts(t *testing.T, req sent, kind string) []part {
	t.Helper()
	mediaType, params, err := mime.ParseMediaType(req.header.Get("Content-Type"))
	if err != nil || mediaType != kind {
		t.Fatalf("content type = %q, want %s: %v", req.header.Get("Content-Type"), kind, err)
	}
	reader := multipart.NewReader(strings.NewReader(req.body), params["boundary"])
	var parts []part
	for {
		p, err := reader.NextRawPart()
		if errors.Is(err, io.EOF) {
			return parts
		}
		if err != nil {
			t.Fatalf("%v in %q", err, req.body)
		}
		content, err := io.ReadAll(p)
		if err != nil {
			t.Fatal(err)
		}
		parts = append(parts, part{p.Header.Get("Content-Disposition"), p.Header.Get("Content-Type"), string(content)})
	}
}

func TestCase037_FormsWriteNestedValuesInBrackets(t *testing.T) {
	t.Parallel()
	tests := map[string]struct {
		properties string
		params     connector.Params
		body       string
	}{
		"nested": {
			"{name: {type: string}, obj: {type: object}, tags: {type: array, items: {type: string}}, empty: {type: array}}",
			connector.Params{
				"name": "a b", "obj": map[string]any{"k": []any{map[string]any{"p": true}, 5, []int{1}}},
				"tags": []string{"x"}, "empty": []string{},
			},
			"name=a+b&obj%5Bk%5D%5B0%5D%5Bp%5D=true&obj%5Bk%5D%5B1%5D=5&obj%5Bk%5D%5B2%5D%5B0%5D=1&tags%5B0%5D=x",
		},
		"an array that repeats its name": {
			"{tags: {type: array, items: {type: string}, x-repeat: true}}",
			connector.Params{"tags": []string{"x", "y z"}},
			"tags=x&tags=y+z",
		},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			m := writing("application/x-www-form-urlencoded", "{type: object, properties: "+test.properties+"}")
			tr := expect(t, exchange{
				request: "POST /v1/things", header: map[string]string{"Content-Type": "application/x-www-form-urlencoded"},
				body: test.body, answer: `{"id":1}`,
			})
			conn := openCase(t, m.String(), tr.serve, nil)
			res, err := conn.Execute(t.Context(), "things", "create", test.params)
			checkData(t, res, err, `{"id":1}`)
		})
	}
}

func TestCase038_MultipartFormsHaveAPartForEachField(t *testing.T) {
	t.Parallel()
	m := writing("multipart/form-data", `{type: object, properties: {
		title: {type: string}, file: {type: string, format: binary}, count: {type: integer}}}`)
	tr := expect(t, exchange{request: "POST /v1/things", body: anything, header: map[string]string{"Content-Type": anything}, answer: `{"id":1}`})
	conn := openCase(t, m.String(), tr.serve, nil)
	res, err := conn.Execute(t.Context(), "things", "create", connector.Params{
		"title": "é \"x\"", "count": 2,
		"file": map[string]any{"name": "a.txt", "type": "text/plain", "content": "aGVsbG8="},
	})
	checkData(t, res, err, `{"id":1}`)
	want := []part{
		{`form-data; name="title"`, "", "é \"x\""},
		{`form-data; name="file"; filename="a.txt"`, "text/plain", "hello"},
		{`form-data; name="count"`, "", "2"},
	}
	if diff := cmp.Diff(want, readParts(t, tr.sent()[0], "multipart/form-data")); diff != "" {
		t.Errorf("parts (-want +got):\n%s", diff)
	}
}

// uploading is an operation with metadata and one file.
func uploading() caseManifest {
	return writing("multipart/related", `{type: object, properties: {name: {type: string},
		file_content: {type: string, format: byte}, file_mime_type: {type: string}}}`)
}

func TestCase039_MultipartRelatedHasMetadataAndTheFile(t *testing.T) {
	t.Parallel()
	t.Run("metadata alone", func(t *testing.T) {
		t.Parallel()
		// Differs: without a file there is one part, so it is sent as what it is.
		// Python sends the same bytes and calls them multipart/related.
		tr := expect(t, exchange{request: "POST /v1/things", header: jsonHeader, body: `{"name":"f.txt"}`, answer: `{"id":"f1"}`})
		conn := openCase(t, uploading().String(), tr.serve, nil)
		res, err := conn.Execute(t.Context(), "things", "create", connector.Params{"name": "f.txt"})
		checkData(t, res, err, `{"id":"f1"}`)
	})
	tests := map[string]struct {
		params connector.Params
		want   []part
	}{
		"typed": {
			connector.Params{"name": "f.txt", "file_content": "aGVsbG8=", "file_mime_type": "text/plain"},
			[]part{{"", "application/json; charset=UTF-8", `{"name":"f.txt"}`}, {"", "text/plain", "hello"}},
		},
		"untyped, without metadata": {
			connector.Params{"file_content": "aGVsbG8="},
			[]part{{"", "application/json; charset=UTF-8", `{}`}, {"", "application/octet-stream", "hello"}},
		},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			tr := expect(t, exchange{request: "POST /v1/things", body: anything, answer: `{"id":"f1"}`})
			conn := openCase(t, uploading().String(), tr.serve, nil)
			res, err := conn.Execute(t.Context(), "things", "create", test.params)
			checkData(t, res, err, `{"id":"f1"}`)
			req := tr.sent()[0]
			if diff := cmp.Diff(test.want, readParts(t, req, "multipart/related")); diff != "" {
				t.Errorf("parts (-want +got):\n%s", diff)
			}
			if !strings.HasSuffix(req.body, "--\r\n") {
				t.Errorf("the body does not end with the last boundary: %q", req.body)
			}
		})
	}
}

func TestCase040_AFileThatIsNotBase64IsRefused(t *testing.T) {
	t.Parallel()
	for name, content := range map[string]any{
		"no base64 at all": "!!!", "junk in between": "aGVs!bG8=", "wrong padding": "aGVsbG8==", "a number": 12,
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			conn := openCase(t, uploading().String(), expect(t).serve, nil)
			_, err := conn.Execute(t.Context(), "things", "create", connector.Params{"name": "f.txt", "file_content": content})
			failure{kind: connector.ErrValidation, call: "things.create", says: []string{"file_content"}}.check(t, err)
		})
	}
}
