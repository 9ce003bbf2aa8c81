package connector_test

import (
	"encoding/json"
	"testing"

	"github.com/agentsdk-go/airbyte/connector"
)

func TestIntegersAreWholeAndFinite(t *testing.T) {
	t.Parallel()
	m := caseManifest{Method: "post", Action: "create", Path: "/v1/things/{id}", Operation: `
parameters:
  - {name: id, in: path, required: true, schema: {type: integer}}
  - {name: limit, in: query, schema: {type: integer}}
  - {name: X-Version, in: header, schema: {type: integer}}
requestBody: {content: {application/json: {schema: {type: object, properties: {size: {type: integer}, ids: {type: array, items: {type: integer}}, rate: {type: number}}}}}}
`}
	t.Run("written as digits", func(t *testing.T) {
		t.Parallel()
		tr := expect(t, exchange{
			request: "POST /v1/things/25?limit=12345678901234567890", header: map[string]string{"X-Version": "5"},
			body: `{"size":-250,"ids":[1,2],"rate":1.0}`, answer: "{}",
		})
		_, err := openCase(t, m.String(), tr.serve, nil).Execute(t.Context(), "things", "create", connector.Params{
			"id": json.Number("25.0"), "limit": json.Number("12345678901234567890"), "X-Version": json.Number("5e0"),
			"size": json.Number("-2.5e2"), "ids": json.RawMessage(`[1.0,20e-1]`), "rate": json.Number("1.0"),
		})
		if err != nil {
			t.Error(err)
		}
	})
	for _, number := range []string{"1e400", "-1e400", "2.5", "1e-400", "25.00000000000000000000001"} {
		t.Run(number, func(t *testing.T) {
			t.Parallel()
			conn := openCase(t, m.String(), expect(t).serve, nil)
			for _, params := range []connector.Params{
				{"id": json.Number(number)},
				{"id": 1, "limit": json.Number(number)},
				{"id": 1, "X-Version": json.Number(number)},
				{"id": 1, "size": json.Number(number)},
				{"id": 1, "ids": []json.Number{json.Number(number)}},
			} {
				_, err := conn.Execute(t.Context(), "things", "create", params)
				failure{kind: connector.ErrValidation, call: "things.create", says: []string{number, "integer"}}.check(t, err)
			}
		})
	}
}
