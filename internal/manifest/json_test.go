package manifest_test

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/agentsdk-go/airbyte/internal/manifest"
)

func TestEncodeKeepsTheDocument(t *testing.T) {
	t.Parallel()
	want := &manifest.Document{
		Name: "test", Title: "Test",
		Entities: []manifest.Entity{{
			Name: "things", Freshness: "live",
			Operations: []manifest.Operation{{
				Action: "create", Method: "POST", Path: "/things", DirectOnly: true,
				Parameters: []manifest.Parameter{{
					Name: "body", In: "body", Type: "string", Description: "HTML, such as <p>&</p>.",
					Default: json.RawMessage("null"), Enum: []json.RawMessage{json.RawMessage("9007199254740993")},
				}},
			}},
			Search: &manifest.Search{Fields: []manifest.Field{{Name: "id", Type: "string"}}},
			Schema: json.RawMessage(`{"z":1,"a":2}`),
		}},
	}
	data, err := manifest.Encode(want)
	if err != nil {
		t.Fatal(err)
	}
	if text := string(data); !strings.Contains(text, "<p>&</p>") || strings.Count(text, "\n") != 1 {
		t.Errorf("not compact, or HTML is escaped: %s", text)
	}
	got, err := manifest.Decode(data)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("document (-want +got):\n%s", diff)
	}
}

func TestEncodeRefusesBrokenSchema(t *testing.T) {
	t.Parallel()
	doc := &manifest.Document{Name: "test", Entities: []manifest.Entity{{Schema: json.RawMessage("{")}}}
	if _, err := manifest.Encode(doc); err == nil || !strings.Contains(err.Error(), `encode manifest "test"`) {
		t.Errorf("error = %v", err)
	}
}

func TestDecodeErrors(t *testing.T) {
	t.Parallel()
	tests := map[string]struct{ data, want string }{
		"empty":       {"", "decode manifest: EOF"},
		"cut":         {`{"name":"a`, "decode manifest: unexpected EOF"},
		"unknown key": {`{"nome":"a"}`, `unknown field "nome"`},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if _, err := manifest.Decode([]byte(test.data)); err == nil || !strings.Contains(err.Error(), test.want) {
				t.Errorf("error = %v, want %q in it", err, test.want)
			}
		})
	}
}
