package connector_test

import (
	"encoding/json"
	"testing"

	"github.com/agentsdk-go/airbyte/connector"
)

// listingWith is things.list with the parameters, a YAML list.
func listingWith(parameters string) caseManifest {
	return caseManifest{Operation: "parameters: " + parameters}
}

// queryCase is one call and the query that it sends, with "?" unless it is empty.
type queryCase struct {
	params connector.Params
	query  string
}

// checkQueries runs things.list for each of the cases.
func checkQueries(t *testing.T, m caseManifest, cases map[string]queryCase, opts ...connector.Option) {
	t.Helper()
	for name, test := range cases {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			tr := expect(t, exchange{request: "GET /v1/things" + test.query, header: map[string]string{"Content-Type": absent}, answer: "[]"})
			res, err := openCase(t, m.String(), tr.serve, nil, opts...).Execute(t.Context(), "things", "list", test.params)
			checkData(t, res, err, "[]")
		})
	}
}

func TestCase021_QueryOfScalars(t *testing.T) {
	t.Parallel()
	m := listingWith(`[{name: limit, in: query, schema: {type: integer}}, {name: flag, in: query, schema: {type: boolean}}, {name: q, in: query, schema: {type: string}}]`)
	checkQueries(t, m, map[string]queryCase{
		"what the case says": {connector.Params{"q": "a b&c", "flag": true, "limit": 10}, "?limit=10&flag=true&q=a+b%26c"},
		"nothing":            {nil, ""},
		"false and zero":     {connector.Params{"flag": false, "limit": 0}, "?limit=0&flag=false"},
		"empty text":         {connector.Params{"q": ""}, "?q="},
		"reserved":           {connector.Params{"q": "é=+/?#[]:@*~._-"}, "?q=%C3%A9%3D%2B%2F%3F%23%5B%5D%3A%40%2A~._-"},
		"a float that is whole": {
			connector.Params{"limit": 1e3}, "?limit=1000",
		},
		"with a point":    {connector.Params{"limit": json.Number("25.0")}, "?limit=25"},
		"with a fraction": {connector.Params{"limit": json.RawMessage("250e-1")}, "?limit=25"},
		"every digit":     {connector.Params{"limit": json.Number("12345678901234567890")}, "?limit=12345678901234567890"},
		// Differs: Python sends a null as q=.
		"null": {connector.Params{"q": nil}, ""},
	})
}

func TestCase022_QueryOfArrays(t *testing.T) {
	t.Parallel()
	m := listingWith(`[{name: arr, in: query, schema: {type: array, items: {type: string}}}, {name: "statuses[]", in: query, schema: {type: array}}]`)
	checkQueries(t, m, map[string]queryCase{
		"two":                  {connector.Params{"arr": []string{"a", "b"}}, "?arr=a&arr=b"},
		"brackets in the name": {connector.Params{"statuses[]": []string{"a"}}, "?statuses%5B%5D=a"},
		"of several types":     {connector.Params{"statuses[]": []any{1, true, "é", nil}}, "?statuses%5B%5D=1&statuses%5B%5D=true&statuses%5B%5D=%C3%A9"},
		"empty":                {connector.Params{"arr": []string{}}, ""},
	})
}

func TestCase023_QueryOfDeepObjects(t *testing.T) {
	t.Parallel()
	m := listingWith(`[{name: created, in: query, style: deepObject, explode: true, schema: {type: object, properties: {gte: {type: integer}, lt: {type: integer}}}}]`)
	checkQueries(t, m, map[string]queryCase{
		"null is left out":  {connector.Params{"created": map[string]any{"gte": 1, "lt": nil}}, "?created%5Bgte%5D=1"},
		"two":               {connector.Params{"created": json.RawMessage(`{"lt":2,"gte":1}`)}, "?created%5Blt%5D=2&created%5Bgte%5D=1"},
		"a list repeats":    {connector.Params{"created": map[string]any{"in": []int{1, 2}}}, "?created%5Bin%5D=1&created%5Bin%5D=2"},
		"empty":             {connector.Params{"created": map[string]any{}}, ""},
		"a text is plain":   {connector.Params{"created": "x"}, "?created=x"},
		"a number is plain": {connector.Params{"created": 1700000000}, "?created=1700000000"},
		// Differs: Python writes its own notation of what is nested deeper.
		"deeper is JSON": {connector.Params{"created": map[string]any{"gte": map[string]any{"a": 1}}}, "?created%5Bgte%5D=%7B%22a%22%3A1%7D"},
	})
	t.Run("a list is refused", func(t *testing.T) {
		t.Parallel()
		_, err := openCase(t, m.String(), expect(t).serve, nil).Execute(t.Context(), "things", "list", connector.Params{"created": []int{1}})
		failure{kind: connector.ErrValidation, says: []string{`parameter "created" must be an object`}}.check(t, err)
	})
}

// Differs: Python leaves out what is not declared; here strict is the only mode,
// since a misspelled filter that vanishes answers with the wrong records.
func TestCase024_UndeclaredParameters(t *testing.T) {
	t.Parallel()
	m := listingWith(`[{name: limit, in: query, schema: {type: integer}}]`)
	tests := map[string]struct {
		params connector.Params
		says   []string
	}{
		"far from any":   {connector.Params{"zzz": 1}, []string{`unknown parameter "zzz"`}},
		"near to one":    {connector.Params{"limits": 1}, []string{`unknown parameter "limits"`, `did you mean "limit"?`}},
		"two at once":    {connector.Params{"zzz": 1, "yyy": 2}, []string{`unknown parameter "zzz"`, `unknown parameter "yyy"`}},
		"case matters":   {connector.Params{"Limit": 1}, []string{`unknown parameter "Limit"`, `did you mean "limit"?`}},
		"with a problem": {connector.Params{"zzz": 1, "limit": "x"}, []string{`"zzz"`, `"limit" must be an integer`, "things.list(limit?: integer"}},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			_, err := openCase(t, m.String(), expect(t).serve, nil).Execute(t.Context(), "things", "list", test.params)
			failure{kind: connector.ErrValidation, says: test.says}.check(t, err)
		})
	}
}

func TestCase025_QueryDefaults(t *testing.T) {
	t.Parallel()
	m := listingWith(`[{name: alt, in: query, required: true, schema: {type: string, default: media}}, {name: sort, in: query, schema: {type: string, default: name}}]`)
	// Differs: Python sends neither.
	checkQueries(t, m, map[string]queryCase{
		"of a required one":    {nil, "?alt=media"},
		"null means as usual":  {connector.Params{"alt": nil}, "?alt=media"},
		"the call comes first": {connector.Params{"alt": "json", "sort": "age"}, "?alt=json&sort=age"},
	})
	t.Run("with optional ones", func(t *testing.T) {
		t.Parallel()
		checkQueries(t, m, map[string]queryCase{
			"nothing given":        {nil, "?alt=media&sort=name"},
			"the call comes first": {connector.Params{"sort": "age"}, "?alt=media&sort=age"},
			"null is absent":       {connector.Params{"sort": nil}, "?alt=media&sort=name"},
		}, connector.WithOptionalDefaults())
	})
}

// Differs: Python sends the request without them.
func TestCase026_RequiredQueryParameters(t *testing.T) {
	t.Parallel()
	m := listingWith(`[{name: q, in: query, required: true, schema: {type: string}}, {name: since, in: query, required: true, description: First day., schema: {type: string}}]`)
	tests := map[string]struct {
		params connector.Params
		says   []string
	}{
		"all missing":    {nil, []string{`required parameter "q" is missing`, `required parameter "since" is missing (First day)`, "things.list(q: string, since: string"}},
		"one missing":    {connector.Params{"q": "x"}, []string{`required parameter "since" is missing`}},
		"null is absent": {connector.Params{"q": nil, "since": "x"}, []string{`required parameter "q" is missing`}},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			_, err := openCase(t, m.String(), expect(t).serve, nil).Execute(t.Context(), "things", "list", test.params)
			failure{kind: connector.ErrValidation, says: test.says}.check(t, err)
		})
	}
	checkQueries(t, m, map[string]queryCase{"all given": {connector.Params{"q": "x", "since": "y"}, "?q=x&since=y"}})
}
