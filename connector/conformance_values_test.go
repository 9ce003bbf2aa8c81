package connector_test

import (
	"encoding/json"
	"errors"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/agentsdk-go/airbyte/connector"
)

// wrongValue is a call that is refused before anything is sent.
type wrongValue struct {
	params  connector.Params
	says    []string
	allowed []string // nil: the error lists no legal values
}

// checkWrong runs things.<action> for each of the cases. Differs: Python gives
// these errors the status 400, where here a status means that a service sent one.
func checkWrong(t *testing.T, m caseManifest, action string, cases map[string]wrongValue) {
	t.Helper()
	for name, test := range cases {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			_, err := openCase(t, m.String(), expect(t).serve, nil).Execute(t.Context(), "things", action, test.params)
			failure{kind: connector.ErrValidation, call: "things." + action, says: test.says}.check(t, err)
			if e, ok := errors.AsType[*connector.Error](err); ok {
				if diff := cmp.Diff(test.allowed, e.Allowed); diff != "" {
					t.Errorf("allowed (-want +got):\n%s", diff)
				}
			}
		})
	}
}

func TestCase029_EnumsAreChecked(t *testing.T) {
	t.Parallel()
	t.Run("query", enumsOfQueries)
	t.Run("body", enumsOfBodies)
	t.Run("path and header", enumsOfPathsAndHeaders)
}

func enumsOfQueries(t *testing.T) {
	t.Parallel()
	m := listingWith(`[{name: e, in: query, schema: {type: string, enum: [x, y]}}, {name: n, in: query, schema: {type: integer, enum: [1, 2]}}]`)
	checkWrong(t, m, "list", map[string]wrongValue{
		"not in it":         {connector.Params{"e": "z"}, []string{`parameter "e" cannot be "z"`, `things.list(e?: "x"|"y"`}, []string{"x", "y"}},
		"another case":      {connector.Params{"e": "X"}, []string{`"e" cannot be "X"`, `did you mean "x"?`}, []string{"x", "y"}},
		"a list":            {connector.Params{"e": []string{"x"}}, []string{`"e" cannot be ["x"]`}, []string{"x", "y"}},
		"one is no truth":   {connector.Params{"n": true}, []string{`"n" cannot be true`}, []string{"1", "2"}},
		"one is no text":    {connector.Params{"n": "1"}, []string{`"n" cannot be "1"`}, []string{"1", "2"}},
		"two wrong at once": {connector.Params{"e": "z", "n": 3}, []string{`"e" cannot be "z"`, `"n" cannot be 3`}, []string{"x", "y"}},
	})
	checkQueries(t, m, map[string]queryCase{
		"in it": {connector.Params{"e": "y", "n": 2}, "?e=y&n=2"},
		// Differs: Python refuses a null even where the parameter is optional.
		"null is absent": {connector.Params{"e": nil}, ""},
	})
}

func enumsOfBodies(t *testing.T) {
	t.Parallel()
	m := writing("application/json", `{type: object, properties: {e: {type: string, enum: [x, y]}, u: {type: [string, "null"], enum: [x, null]}}}`)
	checkWrong(t, m, "create", map[string]wrongValue{
		"not in it": {connector.Params{"e": "z"}, []string{`parameter "e" cannot be "z"`}, []string{"x", "y"}},
	})
	for name, test := range map[string]struct {
		params connector.Params
		body   string
	}{
		"in it":               {connector.Params{"e": "y"}, `{"e":"y"}`},
		"null is absent":      {connector.Params{"e": nil}, ""},
		"null is one of them": {connector.Params{"u": nil}, `{"u":null}`},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			tr := expect(t, exchange{request: "POST /v1/things", body: test.body, answer: `{"id":1}`})
			res, err := openCase(t, m.String(), tr.serve, nil).Execute(t.Context(), "things", "create", test.params)
			checkData(t, res, err, `{"id":1}`)
		})
	}
}

// Differs: Python holds only queries and bodies against their enums.
func enumsOfPathsAndHeaders(t *testing.T) {
	t.Parallel()
	m := caseManifest{Path: "/v1/{kind}", Operation: `parameters: [{name: kind, in: path, schema: {type: string, enum: [x, y]}}, {name: X-Mode, in: header, schema: {type: string, enum: [a]}}]`}
	checkWrong(t, m, "list", map[string]wrongValue{
		"path":   {connector.Params{"kind": "z"}, []string{`parameter "kind" cannot be "z"`}, []string{"x", "y"}},
		"header": {connector.Params{"kind": "x", "X-Mode": "b"}, []string{`parameter "X-Mode" cannot be "b"`}, []string{"a"}},
	})
}

func TestCase030_ArraysAreChecked(t *testing.T) {
	t.Parallel()
	t.Run("query", arraysOfQueries)
	t.Run("body", arraysOfBodies)
}

func arraysOfQueries(t *testing.T) {
	t.Parallel()
	m := listingWith(`[{name: arr, in: query, schema: {type: array, items: {type: string}}}, {name: es, in: query, schema: {type: array, items: {type: string, enum: [x, y]}}}]`)
	states := []string{"x", "y"}
	checkWrong(t, m, "list", map[string]wrongValue{
		"a text":                {connector.Params{"arr": "a"}, []string{`parameter "arr" must be an array, got "a"`}, nil},
		"a number":              {connector.Params{"arr": 1}, []string{`parameter "arr" must be an array, got 1`}, nil},
		"an object":             {connector.Params{"arr": map[string]any{}}, []string{`parameter "arr" must be an array`}, nil},
		"a text for an enum":    {connector.Params{"es": "x"}, []string{`parameter "es" must be an array`}, nil},
		"bad elements":          {connector.Params{"es": []string{"z", "x", "w"}}, []string{`parameter "es" cannot hold "z", "w"`}, states},
		"a near element":        {connector.Params{"es": []string{"X"}}, []string{`cannot hold "X"`, `did you mean "x"?`}, states},
		"elements of no type":   {connector.Params{"arr": []any{"a", 1}}, []string{`parameter "arr" must hold string values only, got 1`}, nil},
		"a list within a list":  {connector.Params{"arr": []any{[]string{"a"}}}, []string{`parameter "arr" must hold string values only`}, nil},
		"both wrong in one try": {connector.Params{"arr": "a", "es": []string{"z"}}, []string{`"arr" must be an array`, `"es" cannot hold "z"`}, states},
	})
	checkQueries(t, m, map[string]queryCase{
		"legal":          {connector.Params{"arr": []string{"a"}, "es": []string{"y", "x"}}, "?arr=a&es=y&es=x"},
		"null is absent": {connector.Params{"arr": nil, "es": nil}, ""},
	})
}

func arraysOfBodies(t *testing.T) {
	t.Parallel()
	// Differs: Python does not look at arrays that may be null.
	m := writing("application/json", `{type: object, properties: {arr: {type: [array, "null"], items: {type: integer}}}}`)
	checkWrong(t, m, "create", map[string]wrongValue{
		"a number": {connector.Params{"arr": 1}, []string{`parameter "arr" must be an array, got 1`}, nil},
		"a text":   {connector.Params{"arr": []any{1, "2"}}, []string{`parameter "arr" must hold integer values only, got "2"`}, nil},
	})
}

// Differs: Python leaves types to the service, which tells less of them, and
// tells it of a write that may be half done.
func TestParametersOfTheWrongType(t *testing.T) {
	t.Parallel()
	m := writing("application/json", `{type: object, required: [s], properties: {
		s: {type: string, description: Name.}, i: {type: integer}, n: {type: number}, b: {type: boolean}, o: {type: object}, a: {type: array}, any: {}}}`)
	m.Path, m.Operation = "/v1/{id}/things", m.Operation+`
parameters: [{name: id, in: path, schema: {type: integer}}]`
	wrong := func(name string, value any) connector.Params {
		params := connector.Params{"id": 1, "s": "x"}
		params[name] = value
		return params
	}
	checkWrong(t, m, "create", map[string]wrongValue{
		"a number for a text":    {wrong("s", 1), []string{`parameter "s" must be a string, got 1 (Name)`}, nil},
		"a list for a text":      {wrong("s", []string{"x"}), []string{`parameter "s" must be a string`}, nil},
		"a text for an integer":  {wrong("i", "10"), []string{`parameter "i" must be an integer, got "10"`}, nil},
		"a fraction":             {wrong("i", 1.5), []string{`parameter "i" must be an integer, got 1.5`}, nil},
		"a text for a number":    {wrong("n", "1.5"), []string{`parameter "n" must be a number, got "1.5"`}, nil},
		"a text for a truth":     {wrong("b", "true"), []string{`parameter "b" must be a boolean, got "true"`}, nil},
		"a number for a truth":   {wrong("b", 1), []string{`parameter "b" must be a boolean, got 1`}, nil},
		"a list for an object":   {wrong("o", []int{1}), []string{`parameter "o" must be an object, got [1]`}, nil},
		"a text for an object":   {wrong("o", `{"a":1}`), []string{`parameter "o" must be an object`}, nil},
		"an object for an array": {wrong("a", map[string]int{"x": 1}), []string{`parameter "a" must be an array, got {"x":1}`}, nil},
		"a text in the path":     {wrong("id", "x"), []string{`parameter "id" must be an integer, got "x"`}, nil},
		"several":                {connector.Params{"id": "x", "i": "y"}, []string{`"id" must be an integer`, `"i" must be an integer`, `required parameter "s" is missing`}, nil},
		"no JSON":                {wrong("any", make(chan int)), []string{"parameters are not JSON: any"}, nil},
		"broken JSON":            {wrong("any", json.RawMessage(`{"a":`)), []string{"parameters are not JSON: any"}, nil},
	})
	t.Run("right", func(t *testing.T) {
		t.Parallel()
		tr := expect(t, exchange{
			request: "POST /v1/7/things", body: `{"s":"x","i":3,"n":1.50,"b":false,"o":{},"a":[],"any":[null]}`, answer: `{"id":1}`,
		})
		res, err := openCase(t, m.String(), tr.serve, nil).Execute(t.Context(), "things", "create", connector.Params{
			"id": 7.0, "s": "x", "i": json.Number("3"), "n": json.RawMessage("1.50"), "b": false, "o": map[string]any{}, "a": []any{}, "any": []any{nil},
		})
		checkData(t, res, err, `{"id":1}`)
	})
}
