package envelope_test

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/agentsdk-go/airbyte/internal/envelope"
)

// TestValid compares the scanner with encoding/json on both sides of the line.
func TestValid(t *testing.T) {
	t.Parallel()
	for _, doc := range documents {
		t.Run(doc, func(t *testing.T) {
			t.Parallel()
			err := envelope.Valid([]byte(doc))
			if want := json.Valid([]byte(doc)); (err == nil) != want {
				t.Errorf("Valid(%q) = %v, encoding/json says %v", doc, err, want)
			}
		})
	}
}

var documents = []string{
	``, ` `, `null`, `nul`, `true`, `false`, `tru`, `"`, `""`, `"a`, `"\n"`, `"\x"`, `"\u12"`, `"\u12fG"`, `"\ud800"`, `"\u00e9"`,
	"\"a\nb\"", "\"\x1f\"", "\"\x7f\"", "\"\xff\"", `"long enough for the eight byte steps \" and on"`,
	"\"0123456\x017\"", `0`, `-0`, `01`, `-`, `1.`, `1.5`, `.5`, `1e`, `1e5`, `1E+5`, `1e-`, `9007199254740993`, `+1`, `1a`,
	`[]`, `[ ]`, `[1]`, `[1,]`, `[,1]`, `[1 2]`, `[1,2`, `[1]]`, `{}`, `{ }`, `{"a":1}`, `{"a":1,}`, `{"a"}`, `{a:1}`, `{"a":}`,
	`{"a":1 "b":2}`, `{"a":1,"b":[{"c":null}]}`, ` {"a" : [ 1 , 2 ] } `, `{"a":1}x`, "\ufeff{}",
}

func TestValidRefusesDeepNesting(t *testing.T) {
	t.Parallel()
	deep := strings.Repeat("[", 20_000) + strings.Repeat("]", 20_000)
	if err := envelope.Valid([]byte(deep)); err == nil {
		t.Error("a document 20,000 levels deep was accepted")
	}
}

func FuzzValid(f *testing.F) {
	for _, doc := range documents {
		f.Add([]byte(doc))
	}
	f.Fuzz(func(t *testing.T, doc []byte) {
		if got, want := envelope.Valid(doc) == nil, json.Valid(doc); got != want {
			t.Errorf("Valid(%q) = %v, encoding/json says %v", doc, got, want)
		}
	})
}
