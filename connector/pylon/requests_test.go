package pylon_test

import (
	"context"
	"fmt"
	"io"
	"mime"
	"mime/multipart"
	"net/http"
	"net/http/httptest"
	"reflect"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/tidwall/gjson"

	"github.com/agentsdk-go/airbyte/connector/pylon"
	"github.com/agentsdk-go/airbyte/internal/catalog"
	"github.com/agentsdk-go/airbyte/internal/manifest"
)

// request is what reached the service: what was called, and the names of all
// parameters that it came with.
type request struct {
	call   string
	params []string
}

// recorder answers every request with an empty success and keeps the last one.
type recorder struct {
	mu   sync.Mutex
	last request
}

func (rec *recorder) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	got := request{call: r.Method + " " + r.URL.Path}
	for name := range r.URL.Query() {
		got.params = append(got.params, name)
	}
	names, err := bodyNames(r)
	if err != nil {
		http.Error(w, err.Error(), http.StatusBadRequest)
		return
	}
	got.params = append(got.params, names...)
	slices.Sort(got.params)
	rec.mu.Lock()
	rec.last = got
	rec.mu.Unlock()
	_, _ = io.WriteString(w, `{"data":{},"request_id":"r"}`)
}

func bodyNames(r *http.Request) ([]string, error) {
	mediaType, params, err := mime.ParseMediaType(r.Header.Get("Content-Type"))
	if err == nil && mediaType == "multipart/form-data" {
		return partNames(multipart.NewReader(r.Body, params["boundary"]))
	}
	body, err := io.ReadAll(r.Body)
	if err != nil {
		return nil, err
	}
	var names []string
	gjson.ParseBytes(body).ForEach(func(name, _ gjson.Result) bool {
		names = append(names, name.String())
		return true
	})
	return names, nil
}

func partNames(parts *multipart.Reader) ([]string, error) {
	var names []string
	for {
		part, err := parts.NextPart()
		if err == io.EOF {
			return names, nil
		}
		if err != nil {
			return nil, err
		}
		if name := strings.TrimSuffix(part.FormName(), "[]"); !slices.Contains(names, name) {
			names = append(names, name)
		}
	}
}

// TestEveryActionHasAMethodThatSendsAllParameters calls each method of each
// service with everything set, and holds what arrives against the manifest.
func TestEveryActionHasAMethodThatSendsAllParameters(t *testing.T) {
	t.Parallel()
	rec := &recorder{}
	server := httptest.NewServer(rec)
	t.Cleanup(server.Close)
	conn := direct(t, server.URL)
	doc, ok := catalog.Lookup("pylon")
	if !ok {
		t.Fatal("the manifest is missing")
	}
	for i := range doc.Entities {
		e := &doc.Entities[i]
		service := serviceOf(conn, e.Name)
		for j := range e.Operations {
			op := &e.Operations[j]
			action := e.Name + "." + op.Action
			method := service.MethodByName(methodOf[op.Action])
			if !method.IsValid() {
				t.Errorf("there is no method for %s", action)
				continue
			}
			rec.last = request{}
			outcome := method.Call(arguments(t.Context(), method.Type(), op))
			if rec.last.call == "" {
				t.Errorf("%s sent nothing: %v", action, outcome[len(outcome)-1])
				continue
			}
			if diff := cmp.Diff(expected(op), rec.last, cmp.AllowUnexported(request{})); diff != "" {
				t.Errorf("%s: requests differ (-want +got):\n%s", action, diff)
			}
		}
	}
}

var methodOf = map[string]string{"list": "List", "api_search": "Search", "get": "Get", "create": "Create", "update": "Update", "delete": "Delete"}

// serviceOf is the field for an entity, found by the letters of its name.
func serviceOf(conn *pylon.Connector, entity string) reflect.Value {
	return reflect.ValueOf(conn).Elem().FieldByNameFunc(func(name string) bool {
		return strings.EqualFold(name, strings.ReplaceAll(entity, "_", ""))
	})
}

// expected is the request of an operation whose path values are all x.
func expected(op *manifest.Operation) request {
	want := request{call: op.Method + " " + op.Path}
	for _, p := range op.Parameters {
		if p.In == "path" {
			want.call = strings.ReplaceAll(want.call, "{"+p.Name+"}", "x")
		} else {
			want.params = append(want.params, p.Name)
		}
	}
	slices.Sort(want.params)
	return want
}

// arguments makes one of every argument, with every field set to a legal value.
func arguments(ctx context.Context, method reflect.Type, op *manifest.Operation) []reflect.Value {
	args := []reflect.Value{reflect.ValueOf(ctx)}
	for i := 1; i < method.NumIn(); i++ {
		v := reflect.New(method.In(i)).Elem()
		fill(v)
		if v.Kind() == reflect.Struct {
			choose(v, op)
		}
		args = append(args, v)
	}
	return args
}

// choose sets the fields that take certain values alone.
func choose(params reflect.Value, op *manifest.Operation) {
	for i := range params.NumField() {
		name, _, _ := strings.Cut(params.Type().Field(i).Tag.Get("json"), ",")
		for _, p := range op.Parameters {
			if p.Name == name && len(p.Enum) > 0 {
				reflect.Indirect(params.Field(i)).SetString(gjson.ParseBytes(p.Enum[0]).String())
			}
		}
	}
}

func fill(v reflect.Value) {
	switch v.Kind() {
	case reflect.String:
		v.SetString("x")
	case reflect.Bool:
		v.SetBool(true)
	case reflect.Int64:
		v.SetInt(1)
	case reflect.Float64:
		v.SetFloat(1)
	case reflect.Interface:
		v.Set(reflect.ValueOf("x"))
	case reflect.Pointer:
		v.Set(reflect.New(v.Type().Elem()))
		fill(v.Elem())
	case reflect.Slice:
		fillSlice(v)
	case reflect.Map:
		v.Set(reflect.MakeMap(v.Type()))
		item := reflect.New(v.Type().Elem()).Elem()
		fill(item)
		v.SetMapIndex(reflect.ValueOf("x"), item)
	case reflect.Struct:
		fillStruct(v)
	default:
		panic(fmt.Sprintf("no value for %s", v.Type()))
	}
}

func fillSlice(v reflect.Value) {
	v.Set(reflect.MakeSlice(v.Type(), 1, 1))
	if v.Type().Elem() == reflect.TypeFor[pylon.Filter]() {
		return // a filter in a filter has no end
	}
	if v.Index(0).Kind() != reflect.Uint8 {
		fill(v.Index(0))
	}
}

func fillStruct(v reflect.Value) {
	switch v.Type() {
	case reflect.TypeFor[time.Time]():
		v.Set(reflect.ValueOf(time.Date(2026, 3, 1, 0, 0, 0, 0, time.UTC)))
		return
	case reflect.TypeFor[pylon.File]():
		v.Set(reflect.ValueOf(pylon.File{Name: "x.txt", ContentType: "text/plain", Content: []byte("x")}))
		return
	}
	for _, field := range v.Fields() {
		fill(field)
	}
}
