package connector_test

import (
	"encoding/json"
	"fmt"
	"testing"

	"github.com/agentsdk-go/airbyte/connector"
)

// state is a text that writes itself.
type state string

func (s state) MarshalText() ([]byte, error) { return []byte(s), nil }

func TestTextThatIsNotUTF8IsRefused(t *testing.T) {
	t.Parallel()
	const bad = "caf\xe9"
	type note struct {
		Title     string
		Notes     *[]string `json:"notes,omitempty"`
		unwritten string
	}
	tests := map[string]any{
		"a text":               bad,
		"raw JSON":             json.RawMessage(`"` + bad + `"`),
		"raw JSON in a list":   []json.RawMessage{json.RawMessage(`"` + bad + `"`)},
		"a list":               []string{"a", bad},
		"a key":                map[string]any{bad: 1},
		"deep in a value":      map[string]any{"a": []any{map[string]string{"b": bad}}},
		"a struct":             note{Title: bad},
		"a pointer":            &note{Notes: &[]string{bad}},
		"a text of its own":    state(bad),
		"beside a good U+FFFD": []string{"\ufffd", bad},
	}
	m := writing("application/json", "{type: object, properties: {note: {}}}")
	for name, value := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			conn := openCase(t, m.String(), expect(t).serve, nil)
			_, err := conn.Execute(t.Context(), "things", "create", connector.Params{"note": value})
			failure{kind: connector.ErrValidation, call: "things.create", says: []string{"note", "UTF-8"}}.check(t, err)
		})
	}
	t.Run("a name", func(t *testing.T) {
		t.Parallel()
		conn := openCase(t, m.String(), expect(t).serve, nil)
		_, err := conn.Execute(t.Context(), "things", "create", connector.Params{bad: "x"})
		failure{kind: connector.ErrValidation, call: "things.create", says: []string{fmt.Sprintf("%q", bad), "UTF-8"}}.check(t, err)
	})
	t.Run("what is no text goes through", func(t *testing.T) {
		t.Parallel()
		good := map[string]string{
			"\ufffd": "\"\ufffd\"",
			`\ufffd`: `"\\ufffd"`,
		}
		for value, sent := range good {
			tr := expect(t, exchange{request: "POST /v1/things", body: `{"note":[` + sent + `]}`, answer: `{}`})
			res, err := openCase(t, m.String(), tr.serve, nil).Execute(t.Context(), "things", "create", connector.Params{"note": []string{value}})
			checkData(t, res, err, `{}`)
		}
		tr := expect(t, exchange{request: "POST /v1/things", body: `{"note":{"bytes":"6Q==","raw":"\ufffd","self":{"Title":""}}}`, answer: `{}`})
		value := map[string]any{"bytes": []byte("\xe9"), "raw": json.RawMessage(`"\ufffd"`), "self": &note{unwritten: bad}}
		res, err := openCase(t, m.String(), tr.serve, nil).Execute(t.Context(), "things", "create", connector.Params{"note": value})
		checkData(t, res, err, `{}`)
	})
}
