package pylon_test

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"mime/multipart"
	"net/http"
	"net/http/httptest"
	"regexp"
	"strings"
	"testing"

	"github.com/agentsdk-go/airbyte/sandbox/internal/pylon"
)

// desk calls an organization's REST routes by concrete paths.
type desk struct {
	tb     testing.TB
	o      *pylon.Organization
	mux    *http.ServeMux
	routes map[string]pylon.Route // by the pattern of the mux
}

func newDesk(tb testing.TB) *desk {
	tb.Helper()
	d := &desk{tb: tb, o: newOrganization(), mux: http.NewServeMux(), routes: map[string]pylon.Route{}}
	for _, route := range pylon.Routes() {
		pattern := route.Method + " " + route.Pattern
		d.routes[pattern] = route
		d.mux.Handle(pattern, http.NotFoundHandler())
	}
	return d
}

var placeholder = regexp.MustCompile(`\{(\w+)\}`)

// serve runs the route behind a request and decodes its answer.
func (d *desk) serve(r *http.Request, body json.RawMessage) (object, *pylon.Error) {
	d.tb.Helper()
	_, pattern := d.mux.Handler(r)
	route, ok := d.routes[pattern]
	if !ok {
		d.tb.Fatalf("no route for %s %s", r.Method, r.URL)
	}
	req := pylon.Request{Path: pathOf(route.Pattern, r.URL.Path), Query: r.URL.Query(), Body: body, Form: r.MultipartForm}
	answer, err := d.o.Serve(route, req)
	var refused *pylon.Error
	if err != nil && !errors.As(err, &refused) {
		d.tb.Fatalf("%s %s: %v is no refusal", r.Method, r.URL, err)
	}
	if refused != nil {
		return nil, refused
	}
	return decode[object](d.tb, answer), nil
}

// patternOf returns the route that a call goes to.
func (d *desk) patternOf(call string) string {
	method, target, _ := strings.Cut(call, " ")
	_, pattern := d.mux.Handler(httptest.NewRequestWithContext(d.tb.Context(), method, target, http.NoBody))
	return pattern
}

func pathOf(pattern, path string) map[string]string {
	values := map[string]string{}
	parts := strings.Split(path, "/")
	for i, part := range strings.Split(pattern, "/") {
		if name := placeholder.FindStringSubmatch(part); name != nil {
			values[name[1]] = parts[i]
		}
	}
	return values
}

// try calls "METHOD /path" with a body, nil for none.
func (d *desk) try(call string, body any) (object, *pylon.Error) {
	d.tb.Helper()
	method, target, _ := strings.Cut(call, " ")
	var raw json.RawMessage
	if body != nil {
		raw = encodeParams(d.tb, body)
	}
	return d.serve(httptest.NewRequestWithContext(d.tb.Context(), method, target, http.NoBody), raw)
}

func (d *desk) call(call string, body any) object {
	d.tb.Helper()
	answer, refused := d.try(call, body)
	if refused != nil {
		d.tb.Fatalf("%s %v = %v", call, body, refused)
	}
	return answer
}

// record is the data of an answer that holds one record.
func (d *desk) record(call string, body any) object {
	d.tb.Helper()
	record, ok := d.call(call, body)["data"].(object)
	if !ok {
		d.tb.Fatalf("%s: data is no object", call)
	}
	return record
}

// records is the data of a list; absent data counts as none.
func (d *desk) records(call string, body any) []object {
	d.tb.Helper()
	return listIn(d.tb, d.call(call, body))
}

func listIn(tb testing.TB, answer object) []object {
	tb.Helper()
	data, _ := answer["data"].([]any)
	rows := make([]object, 0, len(data))
	for _, row := range data {
		rows = append(rows, row.(object))
	}
	return rows
}

// first is the id of the first record of a list or a search.
func (d *desk) first(call string) string {
	d.tb.Helper()
	var body any
	if strings.HasPrefix(call, "POST ") {
		body = object{}
	}
	rows := d.records(call, body)
	if len(rows) == 0 {
		d.tb.Fatalf("%s lists nothing", call)
	}
	return rows[0]["id"].(string)
}

func (d *desk) refuse(call string, body any) *pylon.Error {
	d.tb.Helper()
	answer, refused := d.try(call, body)
	if refused == nil {
		d.tb.Fatalf("%s %v = %v, want a refusal", call, body, answer)
	}
	return refused
}

// upload posts a multipart form. Each file is a name and its content.
func (d *desk) upload(target string, files [][2]string, values map[string][]string) (object, *pylon.Error) {
	d.tb.Helper()
	var body bytes.Buffer
	form := multipart.NewWriter(&body)
	for _, file := range files {
		part, err := form.CreateFormFile("files", file[0])
		if err != nil {
			d.tb.Fatal(err)
		}
		if _, err := io.WriteString(part, file[1]); err != nil {
			d.tb.Fatal(err)
		}
	}
	for name, list := range values {
		for _, value := range list {
			if err := form.WriteField(name, value); err != nil {
				d.tb.Fatal(err)
			}
		}
	}
	if err := form.Close(); err != nil {
		d.tb.Fatal(err)
	}
	r := httptest.NewRequestWithContext(d.tb.Context(), http.MethodPost, target, &body)
	r.Header.Set("Content-Type", form.FormDataContentType())
	if err := r.ParseMultipartForm(1 << 20); err != nil {
		d.tb.Fatal(err)
	}
	return d.serve(r, nil)
}
