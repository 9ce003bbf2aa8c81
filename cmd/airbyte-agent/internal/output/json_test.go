package output_test

import (
	"bytes"
	"encoding/json"
	"errors"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/agentsdk-go/airbyte/cmd/airbyte-agent/internal/output"
)

// broken is a writer whose other side has gone.
type broken struct{}

var errGone = errors.New("other side has gone")

func (broken) Write([]byte) (int, error) { return 0, errGone }

var documents = []struct{ name, raw, want string }{
	{"object", `{"b":1,"a":{"c":[1,2]}}`, "{\n  \"b\": 1,\n  \"a\": {\n    \"c\": [\n      1,\n      2\n    ]\n  }\n}\n"},
	{"digits are kept", `[9007199254740993,1.0,1e2]`, "[\n  9007199254740993,\n  1.0,\n  1e2\n]\n"},
	{"no html escaping", `"<a href=\"x\">&</a>"`, "\"<a href=\\\"x\\\">&</a>\"\n"},
	{"escapes stay", `"\u003c\u00e9"`, "\"\\u003c\\u00e9\"\n"},
	{"empty ones stay short", `{"a":{},"b":[ ]}`, "{\n  \"a\": {},\n  \"b\": []\n}\n"},
	{"scalar", ` 7 `, "7\n"},
	{"a space of no JSON inside a text", "\"\u00a0\"", "\"\u00a0\"\n"},
	{"nothing", ``, "null\n"},
	{"white space alone", " \n", "null\n"},
	{"indented already", "{\n\t\"a\" : 1\n}\n\n", "{\n  \"a\": 1\n}\n"},
	{"characters that drive a terminal", "\"a\u009b2Jb\u007fc\u0080\"", `"a\u009b2Jb\u007fc\u0080"` + "\n"},
	{"their neighbours", "\"\u00a0\u00c2~é\"", "\"\u00a0\u00c2~é\"\n"},
}

func TestJSON(t *testing.T) {
	t.Parallel()
	for _, tc := range documents {
		t.Run(tc.name, func(t *testing.T) {
			t.Parallel()
			var got bytes.Buffer
			if err := output.JSON(&got, json.RawMessage(tc.raw)); err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(tc.want, got.String()); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestJSONFails(t *testing.T) {
	t.Parallel()
	var got bytes.Buffer
	if err := output.JSON(&got, json.RawMessage(`{"a":1}{`)); err == nil || got.Len() > 0 {
		t.Errorf("two documents: wrote %q, %v", got.String(), err)
	}
	if err := output.JSON(broken{}, json.RawMessage(`1`)); !errors.Is(err, errGone) {
		t.Errorf("got %v", err)
	}
}

func FuzzJSON(f *testing.F) {
	for _, tc := range documents {
		f.Add([]byte(tc.raw))
	}
	f.Fuzz(func(t *testing.T, raw []byte) {
		var got bytes.Buffer
		err := output.JSON(&got, raw)
		if json.Valid(raw) != (err == nil) && len(bytes.Trim(raw, " \t\r\n")) > 0 {
			t.Fatalf("%q gave %v", raw, err)
		}
		if err != nil {
			return
		}
		if !bytes.HasSuffix(got.Bytes(), []byte("\n")) || strings.ContainsRune(got.String(), '\u009b') {
			t.Errorf("wrote %q", got.String())
		}
		var before, after any
		if len(bytes.Trim(raw, " \t\r\n")) == 0 {
			return
		}
		if json.Unmarshal(raw, &before) != nil {
			return // a number beyond float64
		}
		if err := json.Unmarshal(got.Bytes(), &after); err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(before, after); diff != "" {
			t.Errorf("the value changed:\n%s", diff)
		}
	})
}
