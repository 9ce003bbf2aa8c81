package envelope_test

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/agentsdk-go/airbyte/internal/envelope"
)

func TestOpenNormalisesResults(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name, body, data, cursor string
		more                     bool
	}{
		{"bare array", `{"status":"success","result":[1,2]}`, `[1,2]`, "", false},
		{"bare object", `{"result":{"id":"1"}}`, `{"id":"1"}`, "", false},
		{"wrapped rows with meta", `{"result":{"data":[1],"meta":{"has_more":true,"cursor":"c1"}}}`, `[1]`, "c1", true},
		{"wrapped object with request id", `{"result":{"data":{"id":"1"},"request_id":"r"}}`, `{"id":"1"}`, "", false},
		{"wrapped null", `{"result":{"data":null,"request_id":"r"}}`, ``, "", false},
		{"only a request id", `{"result":{"request_id":"r"}}`, `{"request_id":"r"}`, "", false},
		{"record with a data field stays whole", `{"result":{"data":[1],"id":"7"}}`, `{"data":[1],"id":"7"}`, "", false},
		{"snake case metadata", `{"result":[],"connector_metadata":{"has_next_page":true,"end_cursor":"c2"}}`, `[]`, "c2", true},
		{"camel case metadata", `{"result":[],"connector_metadata":{"hasNextPage":true,"endCursor":"c3"}}`, `[]`, "c3", true},
		{"next_cursor", `{"result":[],"connector_metadata":{"has_next_page":true,"next_cursor":"c4"}}`, `[]`, "c4", true},
		{"pagination inside the result", `{"result":{"data":[],"pagination":{"cursor":"c5","has_next_page":true}}}`, `[]`, "c5", true},
		{"pagination inside the metadata", `{"result":[],"connector_metadata":{"pagination":{"cursor":"c6","has_next_page":true}}}`, `[]`, "c6", true},
		{"cursor without a flag", `{"result":[],"connector_metadata":{"cursor":"c7"}}`, `[]`, "c7", true},
		{"flag says no", `{"result":[],"connector_metadata":{"has_next_page":false,"end_cursor":"c8"}}`, `[]`, "c8", false},
		{"null flags", `{"result":[],"connector_metadata":{"has_next_page":null,"end_cursor":null}}`, `[]`, "", false},
		{"numeric cursor", `{"result":[],"connector_metadata":{"has_more":true,"cursor":42}}`, `[]`, "42", true},
		{"metadata first, result last", `{"connector_metadata":{"has_more":true,"cursor":"c"},"status":"success","result":{"data":[]}}`, `[]`, "c", true},
		{"null metadata", `{"result":[1],"connector_metadata":null,"execution_metadata":null,"warning":null}`, `[1]`, "", false},
		{"no result", `{"status":"success"}`, ``, "", false},
		{"null result", `{"result":null}`, ``, "", false},
		{"text result", `{"result":"done"}`, `"done"`, "", false},
		{"white space", " {\n \"result\" : { \"data\" : [ 1 ] } } \n", `[ 1 ]`, "", false},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			got, err := envelope.Open([]byte(tt.body))
			if err != nil {
				t.Fatalf("Open: %v", err)
			}
			want := []any{tt.data, tt.cursor, tt.more}
			if diff := cmp.Diff(want, []any{string(got.Data), got.Cursor, got.HasMore}); diff != "" {
				t.Errorf("data, cursor, more (-want +got):\n%s", diff)
			}
		})
	}
}

func TestOpenKeepsTheMembersAsSent(t *testing.T) {
	t.Parallel()
	got, err := envelope.Open([]byte(`{"status":"success","result":{"z":9007199254740993,"a":"\u00e9\ud83d\ude00é"},` +
		`"connector_metadata":{"k":1},"execution_metadata":{"execution_time_ms":3},"warning":{"code":"stale"}}`))
	if err != nil {
		t.Fatal(err)
	}
	want := envelope.Wire{
		Status:            "success",
		Result:            json.RawMessage(`{"z":9007199254740993,"a":"\u00e9\ud83d\ude00é"}`),
		ConnectorMetadata: json.RawMessage(`{"k":1}`),
		ExecutionMetadata: json.RawMessage(`{"execution_time_ms":3}`),
		Warning:           json.RawMessage(`{"code":"stale"}`),
		Data:              json.RawMessage(`{"z":9007199254740993,"a":"\u00e9\ud83d\ude00é"}`),
		Compact:           true,
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("Open (-want +got):\n%s", diff)
	}
}

func TestOpenRefusesWhatIsNoEnvelope(t *testing.T) {
	t.Parallel()
	tests := []struct{ name, body, want string }{
		{"empty", ``, "empty body"},
		{"white space", " \n", "empty body"},
		{"an array", `[]`, "not a json object"},
		{"html", `<html>`, "not a json object"},
		{"cut in the result", `{"result":{"data":[1,`, "ends too early"},
		{"cut in a text", `{"status":"succ`, "ends too early"},
		{"two documents", `{"result":1}{"result":2}`, "invalid json at byte 12"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			_, err := envelope.Open([]byte(tt.body))
			if err == nil || !strings.Contains(err.Error(), tt.want) {
				t.Errorf("Open(%q) = %v, want an error with %q", tt.body, err, tt.want)
			}
		})
	}
}

func FuzzOpen(f *testing.F) {
	f.Add([]byte(`{"status":"success","result":{"data":[1],"meta":{"has_more":true}},"connector_metadata":{"end_cursor":"x"}}`))
	f.Add([]byte(`{"result":{"data":null,"pagination":{"cursor":null}},"warning":"x"}`))
	f.Fuzz(func(t *testing.T, body []byte) {
		wire, err := envelope.Open(body)
		if err == nil && !json.Valid(body) {
			t.Errorf("Open accepted invalid JSON %q", body)
		}
		for _, part := range []json.RawMessage{wire.Result, wire.Data, wire.ConnectorMetadata, wire.Warning} {
			if err == nil && len(part) > 0 && !json.Valid(part) {
				t.Errorf("part %q of %q is not JSON", part, body)
			}
		}
	})
}
