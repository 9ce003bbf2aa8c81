package operation_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/agentsdk-go/airbyte/cmd/airbyte-agent/internal/failure"
	"github.com/agentsdk-go/airbyte/cmd/airbyte-agent/internal/operation"
)

var allNames = []string{"name", "dry_run", "limit", "ratio", "tags", "params", "kind", "entity", "credentials", "token"}

func rawValues(in operation.Input) map[string]string {
	got := map[string]string{}
	for _, name := range allNames {
		if in.Has(name) {
			got[name] = string(in.Raw(name))
		}
	}
	return got
}

func TestInputIsKeptAsGiven(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	file := filepath.Join(dir, "in.json")
	if err := os.WriteFile(file, []byte("\xef\xbb\xbf{\"name\":\"x\",\"credentials\":{\"k\":\"v\"}}\r\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	secret := filepath.Join(dir, "token")
	if err := os.WriteFile(secret, []byte("s3\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	tests := []struct {
		name  string
		args  []string
		stdin string
		want  map[string]string
	}{
		{"flags", []string{"--name", "x", "--dry-run", "--limit", "5"}, "", map[string]string{"name": `"x"`, "dry_run": "true", "limit": "5"}},
		{"only what is given", []string{"--name", "x"}, "", map[string]string{"name": `"x"`}},
		{"number beyond 2^53", []string{"--name", "x", "--limit", "9007199254740993"}, "", map[string]string{"name": `"x"`, "limit": "9007199254740993"}},
		{"number beyond 2^53 in an object", []string{"--name", "x", "--params", `{"id": 9007199254740993}`}, "", map[string]string{"name": `"x"`, "params": `{"id": 9007199254740993}`}},
		{"number beyond 2^53 in json", []string{"--json", `{"name":"x","params":{"id":9007199254740993}}`}, "", map[string]string{"name": `"x"`, "params": `{"id":9007199254740993}`}},
		{"array by commas", []string{"--name", "x", "--tags", "a, b,", "--tags", "c"}, "", map[string]string{"name": `"x"`, "tags": `["a","b","c"]`}},
		{"boolean false", []string{"--name", "x", "--dry-run=false"}, "", map[string]string{"name": `"x"`, "dry_run": "false"}},
		{"last flag wins", []string{"--name", "x", "--name", "y"}, "", map[string]string{"name": `"y"`}},
		{"empty text where allowed", []string{"--name", "x", "--entity", ""}, "", map[string]string{"name": `"x"`, "entity": `""`}},
		{"characters of html", []string{"--name", "<a&b>"}, "", map[string]string{"name": `"<a&b>"`}},
		{"json file with a mark and crlf", []string{"--json", "@" + file}, "", map[string]string{"name": `"x"`, "credentials": `{"k":"v"}`}},
		{"json of standard input", []string{"--json", "-"}, `{"name":"x"}`, map[string]string{"name": `"x"`}},
		{"json of standard input, other spelling", []string{"--json", "@-"}, `{"name":"x"}`, map[string]string{"name": `"x"`}},
		{"last member of a key wins", []string{"--json", `{"name":"x","name":"y"}`}, "", map[string]string{"name": `"y"`}},
		{"whole number with a point", []string{"--json", `{"name":"x","limit":42.0}`}, "", map[string]string{"name": `"x"`, "limit": "42.0"}},
		{"object of a file", []string{"--name", "x", "--credentials", "@" + file}, "", map[string]string{"name": `"x"`, "credentials": `{"name":"x","credentials":{"k":"v"}}`}},
		{"secret text of a file", []string{"--name", "x", "--token", "@" + secret}, "", map[string]string{"name": `"x"`, "token": `"s3"`}},
		{"secret of standard input", []string{"--name", "x", "--token", "-"}, "s3\n", map[string]string{"name": `"x"`, "token": `"s3"`}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			var got map[string]string
			out, err := invoke(t, example(func(in operation.Input) { got = rawValues(in) }), tt.stdin, tt.args...)
			if err != nil {
				t.Fatalf("%v: %+v", err, failure.From(err))
			}
			if diff := cmp.Diff(tt.want, got); diff != "" {
				t.Errorf("input (-want +got):\n%s", diff)
			}
			if out != "{\n  \"ok\": true\n}\n" {
				t.Errorf("wrote %q", out)
			}
		})
	}
}

func TestInputIsRefused(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name string
		args []string
		want failure.Error // Type, Message (a part), Fields
	}{
		{"required", nil, failure.Error{Type: "validation_error", Fields: map[string]string{"name": "required"}}},
		{"required but empty", []string{"--name", ""}, failure.Error{Type: "validation_error", Fields: map[string]string{"name": "required"}}},
		{"required but null", []string{"--json", `{"name":null}`}, failure.Error{Type: "validation_error", Fields: map[string]string{"name": "required"}}},
		{"optional null", []string{"--json", `{"name":"x","limit":null}`}, failure.Error{Type: "validation_error", Fields: map[string]string{"limit": "expected integer"}}},
		{"text for a number", []string{"--json", `{"name":"x","limit":"42"}`}, failure.Error{Type: "validation_error", Fields: map[string]string{"limit": "expected integer"}}},
		{"fraction for an integer", []string{"--name", "x", "--limit", "4.5"}, failure.Error{Type: "validation_error", Fields: map[string]string{"limit": "expected integer"}}},
		{"word for a number", []string{"--name", "x", "--ratio", "much"}, failure.Error{Type: "validation_error", Fields: map[string]string{"ratio": "expected number"}}},
		{"word for a boolean", []string{"--name", "x", "--dry-run=maybe"}, failure.Error{Type: "validation_error", Fields: map[string]string{"dry_run": "expected boolean"}}},
		{"list of numbers", []string{"--json", `{"name":"x","tags":[1]}`}, failure.Error{Type: "validation_error", Fields: map[string]string{"tags": "expected array"}}},
		{"list for an object", []string{"--name", "x", "--params", "[]"}, failure.Error{Type: "validation_error", Fields: map[string]string{"params": "expected object"}}},
		{"broken object", []string{"--name", "x", "--params", "{"}, failure.Error{Type: "validation_error", Fields: map[string]string{"params": "expected object"}}},
		{"value of no enum", []string{"--name", "x", "--kind", "c"}, failure.Error{Type: "validation_error", Fields: map[string]string{"kind": "expected one of a, b"}}},
		{"unknown member", []string{"--json", `{"name":"x","nam":1}`}, failure.Error{Type: "validation_error", Fields: map[string]string{"nam": "unknown parameter"}}},
		{"several at once", []string{"--limit", "x", "--ratio", "y"}, failure.Error{Type: "validation_error", Fields: map[string]string{"name": "required", "limit": "expected integer", "ratio": "expected number"}}},
		{"json and flags", []string{"--json", "{}", "--name", "x", "--limit", "1"}, failure.Error{Type: "validation_error", Message: "--json cannot be used together with --limit, --name"}},
		{"json of null", []string{"--json", "null"}, failure.Error{Type: "input_error", Message: "must be a JSON object"}},
		{"json of a list", []string{"--json", "[]"}, failure.Error{Type: "input_error", Message: "must be a JSON object"}},
		{"empty json", []string{"--json", ""}, failure.Error{Type: "input_error", Message: "it is empty"}},
		{"broken json", []string{"--json", `{"name":`}, failure.Error{Type: "input_error", Message: "not valid JSON"}},
		{"no such file", []string{"--json", "@no/such/file"}, failure.Error{Type: "input_error", Message: "cannot read the file"}},
		{"secret in plain sight", []string{"--name", "x", "--token", "s3cret"}, failure.Error{Type: "validation_error", Fields: map[string]string{"token": "a secret must not be typed here, where the list of processes shows it: give @file, or - for standard input"}}},
		{"secret in typed json", []string{"--json", `{"name":"x","credentials":{"k":"s3cret"}}`}, failure.Error{Type: "validation_error", Fields: map[string]string{"credentials": "a secret must not be typed here, where the list of processes shows it: give @file, or - for standard input"}}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			out, err := invoke(t, example(func(operation.Input) { t.Error("it ran") }), "", tt.args...)
			got := failure.From(err)
			if got.Type != tt.want.Type || got.Exit != failure.ExitInput || !strings.Contains(got.Message, tt.want.Message) {
				t.Errorf("failure %+v, want %+v and exit 4", got, tt.want)
			}
			if diff := cmp.Diff(tt.want.Fields, got.Fields); diff != "" {
				t.Errorf("fields (-want +got):\n%s", diff)
			}
			if out != "" || strings.Contains(got.Error(), "s3cret") {
				t.Errorf("wrote %q, failure %v", out, got)
			}
		})
	}
}

func FuzzJSON(f *testing.F) {
	for _, seed := range []string{`{"name":"x"}`, `{"name":"x","limit":1e400}`, `null`, `{"name":"x","tags":["\ud800"]}`, "\xef\xbb\xbf{}"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		if strings.HasPrefix(text, "@") {
			return // the name of a file
		}
		ran := false
		_, err := invoke(t, example(func(in operation.Input) {
			ran = true
			if in.Text("name") == "" {
				t.Errorf("ran without its required parameter: %q", text)
			}
		}), "", "--json="+text)
		if ran == (err != nil) {
			t.Errorf("ran %v with error %v", ran, err)
		}
	})
}
