package connector_test

import (
	"strings"
	"testing"

	"github.com/agentsdk-go/airbyte/connector"
)

func TestCase059_AFilterKeepsPrivateRecordsBack(t *testing.T) {
	t.Parallel()
	m := reading("list", "$.data", `x-airbyte-record-filter: "{{ not record.isPrivate }}"`)
	checkReplies(t, m, map[string]reply{
		"every value": {
			`{"data":[{"id":1,"isPrivate":true},{"id":2,"isPrivate":false},{"id":3,"isPrivate":null},` +
				`{"id":4,"isPrivate":"false"},{"id":5,"isPrivate":0}]}`,
			`[{"id":2,"isPrivate":false},{"id":3,"isPrivate":null},{"id":5,"isPrivate":0}]`,
		},
		"all are kept": {`{"data":[{"isPrivate": false}, {"isPrivate": 0}]}`, `[{"isPrivate": false}, {"isPrivate": 0}]`},
		"none is kept": {`{"data":[{"isPrivate":true}]}`, `[]`},
		"no records":   {`{"data":[]}`, `[]`},
	})
	t.Run("a record without the field", func(t *testing.T) {
		t.Parallel()
		tr := expect(t, exchange{request: "GET /v1/things", answer: `{"data":[{"id":1,"isPrivate":false},{"id":2,"name":"hush"}]}`})
		conn := openCase(t, m.String(), tr.serve, nil)
		res, err := conn.Execute(t.Context(), "things", "list", nil)
		if res != nil {
			t.Errorf("result = %s beside an error", res.Data)
		}
		failure{kind: connector.ErrUnavailable, status: 200, says: []string{"filter", "isPrivate"}}.check(t, err, "hush")
	})
}

func TestCase060_WhatAFilterTakesForFalse(t *testing.T) {
	t.Parallel()
	m := reading("list", "$.data", `x-airbyte-record-filter: "{{ record.v }}"`)
	checkReplies(t, m, map[string]reply{
		"dropped": {
			`{"data":[{"v":""},{"v":"0"},{"v":0},{"v":"null"},{"v":" False "},{"v":"none"},{"v":"None"},{"v":"false"},{"v":false},{"v":null}]}`,
			`[]`,
		},
		"kept": {
			`{"data":[{"v":[]},{"v":"no"},{"v":0.0},{"v":{}},{"v":"[]"},{"v":true},{"v":1},{"v":"NULL"}]}`,
			`[{"v":[]},{"v":"no"},{"v":0.0},{"v":{}},{"v":"[]"},{"v":true},{"v":1},{"v":"NULL"}]`,
		},
	})
}

func TestCase061_ATransformMakesOtherRecords(t *testing.T) {
	t.Parallel()
	m := reading("list", "$.names", `x-airbyte-record-transform: {customer_id: "{{ record.value | replace('customers/', '') }}", resource: "{{ record.value }}", from: "of {{ record.value }}"}`)
	checkReplies(t, m, map[string]reply{
		"texts": {`{"names":["customers/1"]}`, `[{"customer_id":"1","resource":"customers/1","from":"of customers/1"}]`},
		"none":  {`{"names":[]}`, `[]`},
	})
	t.Run("types", func(t *testing.T) {
		t.Parallel()
		// Differs: a lone expression keeps the value as it is. Python makes a text of
		// everything, of null the text None.
		m := reading("list", "$.data", `x-airbyte-record-transform: {n: "{{ record.n }}"}`)
		checkReplies(t, m, map[string]reply{
			"numbers": {`{"data":[{"n":12345678901234567890},{"n":null},{"n":{"a":[1]}}]}`, `[{"n":12345678901234567890},{"n":null},{"n":{"a":[1]}}]`},
		})
	})
	t.Run("before the filter", func(t *testing.T) {
		t.Parallel()
		m := reading("list", "$.data", `x-airbyte-record-transform: {on: "{{ record.state }}"}`, `x-airbyte-record-filter: "{{ record.on }}"`)
		checkReplies(t, m, map[string]reply{
			"states": {`{"data":[{"state":true},{"state":false}]}`, `[{"on":true}]`},
		})
	})
}

func TestCase062_AFilterWithoutEffectIsAnError(t *testing.T) {
	t.Parallel()
	const filter = `x-airbyte-record-filter: "{{ not record.isPrivate }}"`
	tests := map[string]struct {
		manifest caseManifest
		says     []string
	}{
		"no extractor":         {reading("list", "", filter), []string{"x-airbyte-record-filter", "x-airbyte-record-extractor"}},
		"not a list":           {reading("get", "$.data", filter), []string{"x-airbyte-record-filter", "get"}},
		"transform of nothing": {reading("list", "", `x-airbyte-record-transform: {a: "{{ record.b }}"}`), []string{"x-airbyte-record-transform"}},
		"no such language":     {reading("list", "$.data", `x-airbyte-record-filter: "{{ record | tojson }}"`), []string{"x-airbyte-record-filter", "tojson"}},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			_, err := connector.LoadManifest(strings.NewReader(test.manifest.String()))
			failure{kind: connector.ErrConfig, call: "-", says: test.says}.check(t, err)
		})
	}
}
