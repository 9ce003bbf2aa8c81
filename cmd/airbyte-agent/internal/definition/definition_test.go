package definition_test

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/tidwall/gjson"

	"github.com/agentsdk-go/airbyte/cmd/airbyte-agent/internal/definition"
	"github.com/agentsdk-go/airbyte/connector"
	"github.com/agentsdk-go/airbyte/internal/golden"
	"github.com/agentsdk-go/airbyte/tools"
)

// newPylon returns tools of the embedded Pylon manifest; nothing is called.
func newPylon(t *testing.T, opts ...tools.Option) *tools.Set {
	t.Helper()
	manifest, ok := connector.LookupManifest("pylon")
	if !ok {
		t.Fatal("no Pylon manifest")
	}
	conn, err := connector.Open(manifest, connector.Credentials{"api_token": "unused"})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { conn.Close() })
	set, err := tools.New(conn, opts...)
	if err != nil {
		t.Fatal(err)
	}
	return set
}

// newMixed returns a set with what is easily lost on the way to the wire: the
// order of tools and of keys, characters that encoders escape, and numbers.
func newMixed(t *testing.T) *tools.Set {
	t.Helper()
	type zebra struct {
		Zone  string `json:"zone" jsonschema:"description=Where <a> & <b> live"`
		Apple int64  `json:"apple,omitempty" jsonschema:"maximum=9007199254740993"`
	}
	none := func(context.Context, struct{}) (string, error) { return "", nil }
	second, err := tools.Func("alpha", "Second, although first by name. Größe.", none)
	if err != nil {
		t.Fatal(err)
	}
	first, err := tools.Func("zebra", "First.", func(context.Context, zebra) (string, error) { return "", nil })
	if err != nil {
		t.Fatal(err)
	}
	set, err := tools.NewSet(first, second)
	if err != nil {
		t.Fatal(err)
	}
	return set
}

func define(t *testing.T, framework string, set *tools.Set) json.RawMessage {
	t.Helper()
	out, err := definition.For(t.Context(), framework, set)
	if err != nil {
		t.Fatal(err)
	}
	return out
}

func TestForGolden(t *testing.T) {
	t.Parallel()
	for _, framework := range definition.Frameworks() {
		t.Run(framework, func(t *testing.T) {
			t.Parallel()
			for name, set := range map[string]*tools.Set{
				"functions": newMixed(t),
				"issues":    newPylon(t, tools.WithPerAction(), tools.WithAllow("issues.get", "issues.delete")),
			} {
				var text bytes.Buffer
				if err := json.Indent(&text, define(t, framework, set), "", "  "); err != nil {
					t.Fatal(err)
				}
				golden.Check(t, framework+"_"+name+".json", text.String()+"\n")
			}
		})
	}
}

// A model's prompt cache lives on equal bytes.
func TestForIsTheSameEachTime(t *testing.T) {
	t.Parallel()
	for _, framework := range definition.Frameworks() {
		t.Run(framework, func(t *testing.T) {
			t.Parallel()
			want := define(t, framework, newPylon(t, tools.WithPerAction()))
			for range 3 {
				if got := define(t, framework, newPylon(t, tools.WithPerAction())); !bytes.Equal(got, want) {
					t.Fatalf("two runs differ:\n%s", cmp.Diff(string(want), string(got)))
				}
			}
		})
	}
}

// What each framework sends holds every tool, and its schema as the tool has it.
func TestForHoldsEveryTool(t *testing.T) {
	t.Parallel()
	set := newPylon(t, tools.WithPerAction())
	tests := []struct{ framework, list, name, schema string }{
		{definition.OpenAI, "@this", "function.name", "function.parameters"},
		{definition.OpenAIResponses, "@this", "name", "parameters"},
		{definition.LangChainGo, "@this", "function.name", "function.parameters"},
		{definition.MCP, "tools", "name", "inputSchema"},
	}
	for _, tt := range tests {
		t.Run(tt.framework, func(t *testing.T) {
			t.Parallel()
			got := map[string]string{}
			for _, part := range gjson.GetBytes(define(t, tt.framework, set), tt.list).Array() {
				got[part.Get(tt.name).Str] = normal(t, part.Get(tt.schema).Raw)
			}
			want := map[string]string{}
			for _, tool := range set.Tools() {
				want[tool.Name()] = normal(t, string(tool.Schema()))
			}
			if diff := cmp.Diff(want, got); diff != "" {
				t.Errorf("schemas (-want +got):\n%s", diff)
			}
		})
	}
}

// normal writes JSON with sorted keys.
func normal(t *testing.T, text string) string {
	t.Helper()
	dec := json.NewDecoder(strings.NewReader(text))
	dec.UseNumber()
	var v any
	if err := dec.Decode(&v); err != nil {
		t.Fatalf("%v in %q", err, text)
	}
	out, err := json.Marshal(v)
	if err != nil {
		t.Fatal(err)
	}
	return string(out)
}

func TestForRefusesUnknownFramework(t *testing.T) {
	t.Parallel()
	_, err := definition.For(t.Context(), "eino", newMixed(t))
	if !errors.Is(err, connector.ErrConfig) || !strings.Contains(err.Error(), "openai-responses") {
		t.Errorf("got %v, want the frameworks that there are", err)
	}
	if definition.Known("eino") || !slices.ContainsFunc(definition.Frameworks(), definition.Known) {
		t.Error("Known and Frameworks differ")
	}
}

func TestForAnEmptySet(t *testing.T) {
	t.Parallel()
	for _, framework := range definition.Frameworks() {
		want := "[]"
		got := string(define(t, framework, nil))
		if framework == definition.MCP {
			got = gjson.Get(got, "tools").Raw
		}
		if got != want {
			t.Errorf("%s: got %s, want %s", framework, got, want)
		}
	}
}
