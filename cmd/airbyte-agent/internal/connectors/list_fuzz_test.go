package connectors_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"net/http"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/agentsdk-go/airbyte/cmd/airbyte-agent/internal/app"
)

// FuzzList lets the server answer anything: valid JSON comes out with the same
// values, and with two members more in each row or a warning that there are none.
func FuzzList(f *testing.F) {
	for _, seed := range []string{
		`{"data":[{"id":"a"}]}`,
		`{"data":[{},{"id":1,"x":[]} , null,"s",[{}]],"data":[]}`,
		`{ "d\u0061ta" : [ { } , { "context_store_status" : 1 } ] , "z" : 1.50 }`,
		`[]`, `null`, `{"data":{}}`, ` "text" `, `{"data":[{"id":"a"}`,
	} {
		f.Add([]byte(seed))
	}
	api.on("GET /organizations/org/credentials", func(w http.ResponseWriter, _ *http.Request) {
		fmt.Fprint(w, `{"data":[{"id":"a","context_store_status":"ready","context_store_entity_count":3}]}`)
	})
	f.Fuzz(func(t *testing.T, answer []byte) {
		api.on("GET /integrations/connectors", func(w http.ResponseWriter, _ *http.Request) { w.Write(answer) })
		s := newSession(t, "", app.Terminal{})
		if err := s.run(t.Context(), "list"); err != nil {
			if s.out.Len() > 0 {
				t.Errorf("%v, and on standard output %s", err, s.out.String())
			}
			return
		}
		want, got := decoded(t, answer), decoded(t, s.out.Bytes())
		if diff := cmp.Diff(withoutStore(want), withoutStore(got)); diff != "" {
			t.Errorf("values differ (-sent +printed):\n%s", diff)
		}
	})
}

func decoded(t *testing.T, text []byte) any {
	t.Helper()
	d := json.NewDecoder(bytes.NewReader(text))
	d.UseNumber()
	var v any
	if err := d.Decode(&v); err != nil {
		t.Fatalf("%v: %s", err, text)
	}
	return v
}

// withoutStore takes away what the list adds to its rows.
func withoutStore(v any) any {
	list, ok := v.(map[string]any)
	if !ok {
		return v
	}
	rows, ok := list["data"].([]any)
	if !ok {
		delete(list, "warnings")
		delete(list, "airbyte_agent_warnings")
		return v
	}
	for _, row := range rows {
		if members, ok := row.(map[string]any); ok {
			delete(members, "context_store_status")
			delete(members, "context_store_entity_count")
		}
	}
	return v
}
