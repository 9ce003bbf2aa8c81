package connector_test

import (
	"strings"
	"testing"

	"github.com/agentsdk-go/airbyte/connector"
)

// A configuration value that a template reads is asked for before anything is
// sent, of reads and writes alike.
func TestTemplatesNeedTheirConfiguration(t *testing.T) {
	t.Parallel()
	const transform = `x-airbyte-record-transform: {id: "{{ record.id }}", of: "{{ config.account }}"}`
	creating := reading("create", "$", transform)
	creating.Method = "post"
	tests := map[string]struct {
		manifest caseManifest
		request  string
		want     string
	}{
		"a write that transforms": {creating, "POST /v1/things", `{"id":1,"of":"A1"}`},
		"a read that transforms":  {reading("list", "$", transform), "GET /v1/things", `[{"id":1,"of":"A1"}]`},
		"a read that filters":     {reading("list", "$", `x-airbyte-record-filter: "{{ config.account }}"`), "GET /v1/things", `[{"id":1}]`},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			action := test.manifest.Action
			conn := openCase(t, test.manifest.String(), expect(t).serve, nil)
			_, err := conn.Execute(t.Context(), "things", action, nil)
			failure{kind: connector.ErrConfig, call: "things." + action, says: []string{"account", "WithConfig"}}.check(t, err)

			tr := expect(t, exchange{request: test.request, answer: `{"id":1}`})
			conn = openCase(t, test.manifest.String(), tr.serve, nil, configured("account", "A1"))
			res, err := conn.Execute(t.Context(), "things", action, nil)
			checkData(t, res, err, test.want)
		})
	}
}

// Whatever is wrong with the answer of a write, it may have happened.
func TestAShapeThatFailsAfterAWriteIsAnUnknownOutcome(t *testing.T) {
	t.Parallel()
	tests := map[string]struct {
		expr   string
		answer string
	}{
		"a field is missing": {"{{ record.id }}", `{}`},
		"far too large":      {strings.Repeat("{{ record.text }}", 600), `{"text":"` + strings.Repeat("x", 10_000) + `"}`},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			m := reading("create", "$", `x-airbyte-record-transform: {of: "`+test.expr+`"}`)
			m.Method = "post"
			tr := expect(t, exchange{request: "POST /v1/things", answer: test.answer})
			_, err := openCase(t, m.String(), tr.serve, nil).Execute(t.Context(), "things", "create", nil)
			failure{kind: connector.ErrUnknownOutcome, call: "things.create", status: 200, says: []string{"look before"}}.check(t, err)
		})
	}
	t.Run("an attribute of a text", func(t *testing.T) {
		t.Parallel()
		m := reading("create", "$", `x-airbyte-record-transform: {of: "{{ config.region.name }}"}`)
		m.Method = "post"
		conn := openCase(t, m.String(), expect(t).serve, nil)
		_, err := conn.Execute(t.Context(), "things", "create", nil)
		failure{kind: connector.ErrConfig, call: "things.create", says: []string{"config.region.name", "no attributes"}}.check(t, err)
	})
}

// A few bytes of an answer cannot become gigabytes of records.
func TestTransformedRecordsAreBounded(t *testing.T) {
	t.Parallel()
	row := `{"text":"` + strings.Repeat("x", 1000) + `"}`
	page := `[` + strings.Repeat(row+",", 99) + row + `]`
	tests := map[string]struct {
		times int // that the transform repeats the text
		fails bool
	}{
		"16 times and 1 MiB": {25, false},
		"more":               {28, true},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			m := reading("list", "$", `x-airbyte-record-transform: {of: "`+strings.Repeat("{{ record.text }}", test.times)+`"}`)
			tr := expect(t, exchange{request: "GET /v1/things", answer: page})
			res, err := openCase(t, m.String(), tr.serve, nil).Execute(t.Context(), "things", "list", nil)
			if !test.fails {
				checkData(t, res, err, "["+strings.TrimSuffix(strings.Repeat(`{"of":"`+strings.Repeat("x", 1000*test.times)+`"},`, 100), ",")+"]")
				return
			}
			failure{kind: connector.ErrValidation, status: 200, says: []string{"too large", "fewer records"}}.check(t, err)
		})
	}
	t.Run("one text", func(t *testing.T) {
		t.Parallel()
		m := reading("list", "$", `x-airbyte-record-filter: "`+strings.Repeat("{{ record.text }}", 3000)+`"`)
		tr := expect(t, exchange{request: "GET /v1/things", answer: `[{"text":"` + strings.Repeat("x", 10_000) + `"}]`})
		_, err := openCase(t, m.String(), tr.serve, nil).Execute(t.Context(), "things", "list", nil)
		failure{kind: connector.ErrValidation, status: 200, says: []string{"filter", "too large"}}.check(t, err)
	})
}
