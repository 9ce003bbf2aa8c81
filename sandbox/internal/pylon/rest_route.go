package pylon

import (
	"bytes"
	"encoding/json"
	"maps"
	"net/http"
	"net/url"
	"reflect"
)

// restRead is a GET route. P is filled from the query and from the pattern's
// placeholders, each under its own name.
func restRead[P any](pattern string, perMinute int, fn func(*Organization, P) (any, error)) Route {
	run := func(o *Organization, req Request) (any, error) {
		var params P
		values := queryValues(reflect.TypeFor[P](), req.Query)
		maps.Copy(values, pathValues(req.Path))
		if err := fillParams(reflect.ValueOf(&params).Elem(), values); err != nil {
			return nil, err
		}
		return fn(o, params)
	}
	return Route{Method: http.MethodGet, Pattern: pattern, PerMinute: perMinute, run: run, reads: true}
}

// restWrite is a route that changes something. P is filled from the JSON body
// and from the pattern's placeholders, which win over body members of their
// name. A body member that P does not declare is ignored.
func restWrite[P any](method, pattern string, perMinute int, fn func(*Organization, P) (any, error)) Route {
	run := func(o *Organization, req Request) (any, error) {
		params, err := decodeBody[P](req)
		if err != nil {
			return nil, err
		}
		return fn(o, params)
	}
	return Route{Method: method, Pattern: pattern, PerMinute: perMinute, run: run}
}

// restSearch is a POST route that only reads.
func restSearch[P any](pattern string, perMinute int, fn func(*Organization, P) (any, error)) Route {
	r := restWrite(http.MethodPost, pattern, perMinute, fn)
	r.reads = true
	return r
}

// restUpload is a POST route with a multipart body.
func restUpload(pattern string, perMinute int, fn func(*Organization, Request) (any, error)) Route {
	return Route{Method: http.MethodPost, Pattern: pattern, PerMinute: perMinute, run: fn}
}

func decodeBody[P any](req Request) (P, error) {
	var params P
	values := map[string]json.RawMessage{}
	if trimmed := bytes.TrimSpace(req.Body); len(trimmed) > 0 {
		if err := json.Unmarshal(trimmed, &values); err != nil || values == nil {
			return params, badRequest("the body must be a JSON object")
		}
	}
	maps.Copy(values, pathValues(req.Path))
	return params, fillParams(reflect.ValueOf(&params).Elem(), values)
}

func pathValues(path map[string]string) map[string]json.RawMessage {
	values := map[string]json.RawMessage{}
	for name, value := range path {
		values[name] = quoteJSON(value)
	}
	return values
}

// queryValues turns query text into JSON by the type of the field that takes
// it: 5 is a number for one parameter and a text for another. Keys that no
// field takes are ignored.
func queryValues(params reflect.Type, query url.Values) map[string]json.RawMessage {
	values := map[string]json.RawMessage{}
	for name, kind := range paramKinds(params) {
		text, sent := query.Get(name), query.Has(name)
		switch {
		case !sent:
		case kind == reflect.String, !json.Valid([]byte(text)):
			values[name] = quoteJSON(text)
		default:
			values[name] = json.RawMessage(text)
		}
	}
	return values
}

func paramKinds(params reflect.Type) map[string]reflect.Kind {
	kinds := map[string]reflect.Kind{}
	for field := range params.Fields() {
		if field.Anonymous {
			maps.Copy(kinds, paramKinds(field.Type))
			continue
		}
		t := field.Type
		if t.Kind() == reflect.Pointer {
			t = t.Elem()
		}
		name, _ := paramTag(field)
		kinds[name] = t.Kind()
	}
	return kinds
}

func quoteJSON(text string) json.RawMessage {
	raw, err := json.Marshal(text)
	if err != nil {
		panic(err) // a string always encodes
	}
	return raw
}

// restBody is the service's answer to reads and most writes. A nil Data is left
// out.
type restBody struct {
	Data       any             `json:"data,omitempty"`
	Pagination *restPagination `json:"pagination,omitempty"`
}

// restData answers with one record, or with a list that is never cut into pages.
func restData(data any) (any, error) { return restBody{Data: data}, nil }

// restDone answers a delete, which has nothing but the request's id.
func restDone() (any, error) { return struct{}{}, nil }
