package connector_test

import (
	"testing"

	"github.com/agentsdk-go/airbyte/connector"
)

// Beside errors, data counts only where the operation looks for its records.
func TestGraphQLErrorsAndTheRecordsOfTheOperation(t *testing.T) {
	t.Parallel()
	const boom = `"errors":[{"message":"boom"}]`
	tests := map[string]struct {
		action, extractor, answer string
		kind                      error  // nil: a warning
		data                      string // beside the warning
	}{
		"records":           {"list", "$.data.things", `{` + boom + `,"data":{"things":[{"id":1}],"owner":null}}`, nil, `[{"id":1}]`},
		"no records":        {"list", "$.data.things", `{` + boom + `,"data":{"things":[]}}`, nil, `[]`},
		"null, other data":  {"list", "$.data.things", `{` + boom + `,"data":{"things":null,"owner":{"id":1}}}`, connector.ErrValidation, ""},
		"a null above":      {"list", "$.data.owner.things", `{` + boom + `,"data":{"owner":null,"me":1}}`, connector.ErrValidation, ""},
		"left out":          {"get", "$.data.thing", `{` + boom + `,"data":{"me":1}}`, connector.ErrValidation, ""},
		"one of several":    {"list", "$.data.b[*].item", `{` + boom + `,"data":{"b":[{"item":null},{"item":{"id":2}}]}}`, nil, `[{"value":null},{"id":2}]`},
		"none of several":   {"list", "$.data.b[*].items", `{` + boom + `,"data":{"b":[{"items":null}]}}`, connector.ErrValidation, ""},
		"a write that did":  {"create", "$.data.make.thing", `{` + boom + `,"data":{"make":{"ok":true,"thing":null}}}`, connector.ErrUnknownOutcome, ""},
		"a write that none": {"create", "$.data.make.thing", `{` + boom + `,"data":{"make":null}}`, connector.ErrValidation, ""},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			m := querying(test.action, `query: "query Q"`)
			m.Operation += "x-airbyte-record-extractor: " + test.extractor + "\n"
			tr := expect(t, exchange{request: "POST /graphql", body: `{"query":"query Q"}`, answer: test.answer})
			res, err := openCase(t, m.String(), tr.serve, nil).Execute(t.Context(), "things", test.action, nil)
			if test.kind != nil {
				failure{kind: test.kind, call: "things." + test.action, status: 200, says: []string{"boom"}}.check(t, err)
				return
			}
			checkData(t, res, err, test.data)
			if res.Meta.Warning != "boom" {
				t.Errorf("warning = %q, want boom", res.Meta.Warning)
			}
		})
	}
}
