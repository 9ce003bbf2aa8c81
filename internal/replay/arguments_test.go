package replay_test

import (
	"encoding/json"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/agentsdk-go/airbyte/internal/replay"
)

func TestArguments(t *testing.T) {
	t.Parallel()
	const object = `{"city":"Berlin"}`
	tests := map[string]struct{ written, want string }{
		"object":                 {object, object},
		"object keeps its bytes": {"{ \"n\":\t12345678901234567890 }\n", "{ \"n\":\t12345678901234567890 }\n"},
		"one argument":           {`{"__arg1":"{}"}`, `{"__arg1":"{}"}`},
		"nothing":                {"", "{}"},
		"white space":            {" \n", "{}"},
		"null":                   {" null ", "{}"},
		"null in a fence":        {"```\nnull\n```", "{}"},
		"encoded twice":          {`"{\"city\":\"Berlin\"}"`, object},
		"encoded three times":    {`"\"{\\\"city\\\":\\\"Berlin\\\"}\""`, object},
		"code fence":             {"```json\n" + object + "\n```", object},
		"open fence":             {"```json\n" + object, object},
		"fence on one line":      {"```json" + object + "```", object},
		"string in a fence":      {"```\n\"{}\"\n```", "{}"},
		"fence in a string":      {"\"```json\\n{}\\n```\"", "{}"},
		"cut off":                {`{"city":"Ber`, `{"malformed_arguments":"{\"city\":\"Ber"}`},
		"two objects":            {`{}{}`, `{"malformed_arguments":"{}{}"}`},
		"array":                  {`[1]`, `{"malformed_arguments":"[1]"}`},
		"number":                 {`7`, `{"malformed_arguments":"7"}`},
		"text":                   {`a < b & c`, `{"malformed_arguments":"a < b & c"}`},
		"text in a string":       {`"Berlin"`, `{"malformed_arguments":"\"Berlin\""}`},
		"invalid UTF-8":          {"\xff", `{"malformed_arguments":"\ufffd"}`},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if got := replay.Arguments(test.written); got != test.want {
				t.Errorf("Arguments(%q) = %s, want %s", test.written, got, test.want)
			}
		})
	}
}

func TestMalformedArgumentsAreBounded(t *testing.T) {
	t.Parallel()
	got := replay.Arguments(`{"city":"` + strings.Repeat("ß", 50_000))
	if n := utf8.RuneCountInString(got); n > 2100 || !strings.Contains(got, "ß…") {
		t.Errorf("got %d characters: %.100s", n, got)
	}
}

// Whatever a model writes, what goes back is one JSON object.
func FuzzArguments(f *testing.F) {
	for _, seed := range []string{
		"", "null", "{}", `{"a":`, `[1]`, `"{\"a\":1}"`, "```json\n{}\n```", "```", `"`, "\x00\xff", `{"a":1}{"b":2}`, `"\ud800"`, "\ufeff{}",
	} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, written string) {
		var object map[string]json.RawMessage
		got := replay.Arguments(written)
		if err := json.Unmarshal([]byte(got), &object); err != nil || object == nil {
			t.Errorf("Arguments(%q) = %q, not an object: %v", written, got, err)
		}
		if again := replay.Arguments(got); again != got {
			t.Errorf("replayed again %q becomes %q", got, again)
		}
	})
}
