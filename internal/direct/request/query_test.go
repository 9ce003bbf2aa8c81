package request_test

import (
	"testing"
	"time"

	"github.com/agentsdk-go/airbyte/internal/direct/request"
	"github.com/agentsdk-go/airbyte/internal/manifest"
)

func TestQuery(t *testing.T) {
	t.Parallel()
	b := compile(t, &manifest.Operation{Parameters: []manifest.Parameter{
		{Name: "limit", In: "query", Type: "integer"},
		{Name: "flag", In: "query", Type: "boolean"},
		{Name: "q", In: "query", Type: "string"},
		{Name: "arr", In: "query", Type: "array"},
		{Name: "statuses[]", In: "query", Type: "array"},
		{Name: "created", In: "query", Type: "object", DeepObject: true},
		{Name: "optional", In: "query", Default: raw(`"x"`)},
	}}, request.Options{})
	run(t, b, []call{
		{name: "case 21 plain", params: `{"q":"a b&c","flag":true,"limit":10}`, want: "/v1/things?limit=10&flag=true&q=a+b%26c"},
		{name: "case 21 whole float", params: `{"limit":1.0}`, want: "/v1/things?limit=1"},
		{name: "case 21 float of no type stays", params: `{"optional":1.0}`, want: "/v1/things?optional=1.0"},
		{name: "case 22 array", params: `{"arr":["a","b"]}`, want: "/v1/things?arr=a&arr=b"},
		{name: "case 22 brackets in the name", params: `{"statuses[]":["a"]}`, want: "/v1/things?statuses%5B%5D=a"},
		{name: "empty array", params: `{"arr":[]}`, want: "/v1/things"},
		{name: "B28 array of everything", params: `{"arr":[1,null,{"a": 1},[2, 3]]}`, want: "/v1/things?arr=1&arr=%7B%22a%22%3A1%7D&arr=%5B2%2C3%5D"},
		{name: "case 23 deep object", params: `{"created":{"gte":1,"lt":null}}`, want: "/v1/things?created%5Bgte%5D=1"},
		{name: "case 23 not an object", params: `{"created":"x"}`, want: "/v1/things?created=x"},
		{name: "deep object of everything", params: `{"created":{"a b":["x","y"],"o":{"k": [1]}}}`, want: "/v1/things?created%5Ba+b%5D=x&created%5Ba+b%5D=y&created%5Bo%5D=%7B%22k%22%3A%5B1%5D%7D"},
		{name: "B28 null", params: `{"q":null,"limit":1}`, want: "/v1/things?limit=1"},
		{name: "B28 object", params: `{"q": {"a": "b c"}}`, want: "/v1/things?q=%7B%22a%22%3A%22b+c%22%7D"},
		{name: "empty text", params: `{"q":""}`, want: "/v1/things?q="},
		{name: "case 25 optional default", params: `{}`, want: "/v1/things"},
		{name: "unicode escape", params: `{"q":"\u00e9"}`, want: "/v1/things?q=%C3%A9"},
	}, target)
}

func TestRequiredQuery(t *testing.T) {
	t.Parallel()
	params := []manifest.Parameter{
		{Name: "alt", In: "query", Required: true, Default: raw(`"media"`)},
		{Name: "q", In: "query", Required: true},
		{Name: "fields", In: "query", Default: raw(`["a","b"]`)},
		{Name: "r", In: "query", Required: true},
	}
	b := compile(t, &manifest.Operation{Parameters: params}, request.Options{})
	run(t, b, []call{
		{name: "case 25 default", params: `{"q":1,"r":2}`, want: "/v1/things?alt=media&q=1&r=2"},
		{name: "case 25 null is the default", params: `{"alt":null,"q":1,"r":2}`, want: "/v1/things?alt=media&q=1&r=2"},
		{name: "case 26 all missing are named", params: `{}`, errHas: `missing required parameters "q", "r"`},
		{name: "case 26 null is missing", params: `{"q":null,"r":1}`, errHas: `missing required parameter "q"`},
	}, target)
	with := compile(t, &manifest.Operation{Parameters: params}, request.Options{OptionalDefaults: true})
	run(t, with, []call{
		{name: "case 25 optional default on", params: `{"q":1,"r":2}`, want: "/v1/things?alt=media&q=1&fields=a&fields=b&r=2"},
		{name: "null turns it off", params: `{"q":1,"r":2,"fields":null}`, want: "/v1/things?alt=media&q=1&r=2"},
	}, target)
}

func TestDateDefaults(t *testing.T) {
	t.Parallel()
	b := compile(t, &manifest.Operation{Parameters: []manifest.Parameter{
		{Name: "from", In: "query", Required: true, Default: raw(`"{{ (now_utc() - duration('P365D')).strftime('%Y%m%d') }}"`)},
		{Name: "to", In: "query", Required: true, Default: raw(`"{{ now_utc().strftime('%Y%m%d') }}"`)},
	}}, request.Options{Now: func() time.Time { return time.Date(2026, 3, 1, 0, 0, 0, 0, time.UTC) }})
	run(t, b, []call{
		{name: "B10 dates", params: `{}`, want: "/v1/things?from=20250301&to=20260301"},
		{name: "given", params: `{"from":"20200101"}`, want: "/v1/things?from=20200101&to=20260301"},
	}, target)
}

func TestInjection(t *testing.T) {
	t.Parallel()
	b := compile(t, &manifest.Operation{Parameters: []manifest.Parameter{
		{Name: "mid", In: "query", Inject: &manifest.Inject{Source: "region", Map: []manifest.Pair{{Name: "US", Value: "M1"}}}},
		{Name: "as", In: "query", Inject: &manifest.Inject{Source: "plain"}},
	}}, request.Options{})
	run(t, b, []call{
		{name: "case 31 upper case", params: `{}`, values: map[string]string{"region": "us"}, want: "/v1/things?mid=M1"},
		{name: "case 31 not in the map", params: `{}`, values: map[string]string{"region": "zz"}, want: "/v1/things"},
		{name: "case 31 the call wins", params: `{"mid":"X"}`, values: map[string]string{"region": "us"}, want: "/v1/things?mid=X"},
		{name: "null wins", params: `{"mid":null}`, values: map[string]string{"region": "us"}, want: "/v1/things"},
		{name: "without a map", params: `{}`, values: map[string]string{"plain": "a b"}, want: "/v1/things?as=a+b"},
		{name: "no configuration", params: `{}`, want: "/v1/things"},
	}, target)
}

func TestRequiredInjection(t *testing.T) {
	t.Parallel()
	b := compile(t, &manifest.Operation{Parameters: []manifest.Parameter{
		{Name: "mid", In: "query", Required: true, Inject: &manifest.Inject{Source: "region"}},
	}}, request.Options{})
	run(t, b, []call{
		{name: "given", params: `{}`, values: map[string]string{"region": "us"}, want: "/v1/things?mid=us"},
		{name: "nowhere", params: `{}`, errHas: `missing required parameter "mid"; the configuration can fill in what is missing: set "region"`},
	}, target)
}

func TestScoping(t *testing.T) {
	t.Parallel()
	scoping := []manifest.Scope{{Parameter: "acct", ConfigKey: "account_id"}, {Parameter: "n"}}
	b := compile(t, &manifest.Operation{
		Path: "/a/{acct}", Action: "create", Method: "POST",
		Parameters: []manifest.Parameter{
			{Name: "acct", In: "path", Type: "string", Required: true},
			{Name: "acct", In: "query", Type: "string"},
			{Name: "acct", In: "body", Type: "string", Required: true},
			{Name: "n", In: "body", Type: "integer"},
		},
		Body: &manifest.Body{Kind: manifest.BodyJSON},
	}, request.Options{Scoping: scoping})
	look := func(r *request.Request) string { return target(r) + " " + string(r.Body) }
	values := map[string]string{"account_id": "A1", "n": "5"}
	run(t, b, []call{
		{name: "case 32 every place", params: `{}`, values: values, want: `/a/A1?acct=A1 {"acct":"A1","n":5}`},
		{name: "case 32 the call wins", params: `{"acct":"B","n":6}`, values: values, want: `/a/B?acct=B {"acct":"B","n":6}`},
		{name: "case 32 null wins", params: `{"acct":null}`, values: values, errHas: `"acct" must not be empty`},
		{name: "blank setting is none", params: `{}`, values: map[string]string{"account_id": ""}, errHas: `missing required parameter "acct"; the configuration`},
		{name: "text for a number", params: `{}`, values: map[string]string{"account_id": "A1", "n": "5 "}, want: `/a/A1?acct=A1 {"acct":"A1","n":"5 "}`},
	}, look)
}

func TestScopingTypes(t *testing.T) {
	t.Parallel()
	b := compile(t, &manifest.Operation{
		Method:     "POST",
		Parameters: []manifest.Parameter{{Name: "ids", In: "body", Type: "array"}, {Name: "on", In: "body", Type: "boolean"}},
		Body:       &manifest.Body{Kind: manifest.BodyJSON},
	}, request.Options{Scoping: []manifest.Scope{{Parameter: "ids", ConfigKey: "id"}, {Parameter: "on", ConfigKey: "on"}, {Parameter: "zz", ConfigKey: "z"}}})
	run(t, b, []call{
		{name: "array and truth value", values: map[string]string{"id": `7"`, "on": "true"}, want: `{"ids":["7\""],"on":true}`},
	}, body)
}
