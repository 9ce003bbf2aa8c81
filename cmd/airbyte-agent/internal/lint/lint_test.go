package lint_test

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"github.com/agentsdk-go/airbyte/cmd/airbyte-agent/internal/lint"
	"github.com/agentsdk-go/airbyte/connector"
	"github.com/agentsdk-go/airbyte/tools"
)

const closed = `{"type":"object","properties":{},"required":[],"additionalProperties":false}`

// tool returns one with this schema in which nothing else is wrong.
func tool(schema string) lint.Tool {
	return lint.Tool{Name: "pylon_execute", Description: "Runs an operation.", Schema: json.RawMessage(schema)}
}

// property returns a schema whose one property p has this schema.
func property(schema string) string {
	return `{"type":"object","properties":{"p":` + schema + `},"required":["p"],"additionalProperties":false}`
}

// same holds that the findings, written as "provider severity rule", are the
// wanted ones in any order.
func same(t *testing.T, findings []lint.Finding, want ...string) {
	t.Helper()
	want = slices.Sorted(slices.Values(want))
	if diff := cmp.Diff(want, brief(findings), cmpopts.EquateEmpty()); diff != "" {
		t.Errorf("findings (-want +got):\n%s\n%+v", diff, findings)
	}
}

func brief(findings []lint.Finding) []string {
	var lines []string
	for _, f := range findings {
		lines = append(lines, fmt.Sprintf("%s %s %s", f.Provider, f.Severity, f.Rule))
	}
	slices.Sort(lines)
	return lines
}

func check(t *testing.T, list ...lint.Tool) []lint.Finding {
	t.Helper()
	findings, err := lint.CheckTools(list)
	if err != nil {
		t.Fatal(err)
	}
	return findings
}

// Claude Code cuts the instructions of a server.
func TestInstructions(t *testing.T) {
	t.Parallel()
	same(t, lint.Instructions(strings.Repeat("i", 2048)))
	same(t, lint.Instructions(strings.Repeat("i", 2049)), "mcp warning instructions/length")
}

func TestTextRules(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name, tool, description string
		want                    []string
	}{
		{"good", strings.Repeat("a", 64), strings.Repeat("ö", 1024), nil},
		{"name too long", strings.Repeat("a", 65), "d", []string{"anthropic error name", "azure-openai error name", "openai error name"}},
		{"name with a dot", "issues.list", "d", []string{"anthropic error name", "azure-openai error name", "openai error name"}},
		{"name with a blank", "list issues", "d", []string{"anthropic error name", "azure-openai error name", "mcp warning name", "openai error name"}},
		{"no name", "", "d", []string{"anthropic error name", "azure-openai error name", "mcp warning name", "openai error name"}},
		{"description one too long", "t", strings.Repeat("d", 1025), []string{"azure-openai error description/length", "openai warning description/length"}},
		{"description too long for Claude Code", "t", strings.Repeat("ö", 1025), []string{
			"azure-openai error description/length", "mcp warning description/length", "openai warning description/length",
		}},
		{"description and tokens too many for all", "t", strings.Repeat("d ", 524_289), []string{
			"azure-openai error description/length", "azure-openai error tools/size", "mcp warning description/length", "openai error description/length", "openai error tools/size",
		}},
		{"no description", "t", " \n", []string{"any warning description/empty"}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			same(t, check(t, lint.Tool{Name: tt.tool, Description: tt.description, Schema: json.RawMessage(closed)}), tt.want...)
		})
	}
}

func TestAmountRules(t *testing.T) {
	t.Parallel()
	many := func(n, characters int) []lint.Tool {
		list := make([]lint.Tool, n)
		for i := range list {
			list[i] = tool(closed)
			list[i].Description = strings.Repeat("ab ", characters/3)
		}
		return list
	}
	refused := []string{"azure-openai error tools/count", "openai error tools/count"}
	tests := []struct {
		name string
		list []lint.Tool
		want []string
	}{
		{"none", nil, nil},
		{"30", many(30, 30), nil},
		{"31", many(31, 30), []string{"any warning tools/count"}},
		{"128", many(128, 3), []string{"any warning tools/count"}},
		{"129", many(129, 3), append([]string{"any warning tools/count"}, refused...)},
		{"many tokens", many(30, 1020), []string{"any warning tools/size"}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			same(t, check(t, tt.list...), tt.want...)
		})
	}
}

func TestMaxOutput(t *testing.T) {
	t.Parallel()
	for chars, want := range map[int]int{0: 1, 100_000: 1, 75_001: 1, 75_000: 0, 1: 0} {
		if got := lint.MaxOutput(chars); len(got) != want {
			t.Errorf("limit %d: %v, want %d findings", chars, got, want)
		}
	}
}

// The embedded connector must be fit for all providers as it comes.
func TestPylonIsNotRefused(t *testing.T) {
	t.Parallel()
	findings, err := lint.Check(newPylon(t))
	if err != nil || lint.Refused(findings) {
		t.Errorf("error %v, findings %v", err, findings)
	}
}

func TestPylonPerActionIsTooMany(t *testing.T) {
	t.Parallel()
	findings, err := lint.Check(newPylon(t, tools.WithPerAction()))
	if err != nil || !lint.Refused(findings) {
		t.Fatalf("error %v, findings %v", err, findings)
	}
	if first := findings[0]; first.Rule != "tools/count" || first.Tool != "" || !strings.Contains(first.Message, "--allow") {
		t.Errorf("first finding %+v, want the count of tools and what to do", first)
	}
	for _, f := range findings {
		if !slices.Contains(lint.Providers(), f.Provider) {
			t.Errorf("provider %q is none of %v", f.Provider, lint.Providers())
		}
	}
}

func newPylon(t *testing.T, opts ...tools.Option) *tools.Set {
	t.Helper()
	manifest, ok := connector.LookupManifest("pylon")
	if !ok {
		t.Fatal("no Pylon manifest")
	}
	return newSet(t, manifest, connector.Credentials{"api_token": "unused"}, opts...)
}

func newSet(t *testing.T, manifest *connector.Manifest, credentials connector.Credentials, opts ...tools.Option) *tools.Set {
	t.Helper()
	conn, err := connector.Open(manifest, credentials)
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

// A manifest can have parameters that services take and providers do not.
func TestManifestWithForeignNames(t *testing.T) {
	t.Parallel()
	manifest, err := connector.LoadManifest(strings.NewReader(`openapi: 3.1.0
info:
  title: Things
  version: 1.0.0
  x-airbyte-connector-definition-id: 5f0c6a52-8c0a-4f2e-9a4e-2d1f6b8c7e10
  x-airbyte-external-documentation-urls: []
servers: [{url: "https://things.example"}]
paths:
  /things:
    get:
      x-airbyte-entity: things
      x-airbyte-action: list
      parameters:
        - {name: "filter[state]", in: query, schema: {type: string}}
        - {name: "$top", in: query, schema: {type: integer}}
        - {name: tags, in: query, schema: {type: array}}
components:
  securitySchemes:
    main: {type: http, scheme: bearer}
`))
	if err != nil {
		t.Fatal(err)
	}
	set := newSet(t, manifest, connector.Credentials{"token": "unused"}, tools.WithPerAction())
	findings, err := lint.Check(set)
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, f := range findings {
		if f.Severity == lint.Error {
			what, _, _ := strings.Cut(f.Message, ";")
			got = append(got, f.Provider+" "+f.Rule+": "+what)
		}
	}
	const legal = " is not 1 to 64 of the characters a-z, A-Z, 0-9, _, . and -"
	want := []string{
		`anthropic schema/keys: the property "filter[state]"` + legal,
		`anthropic schema/keys: the property "$top"` + legal,
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("errors (-want +got):\n%s", diff)
	}
}

// A function's schema is reflected from its type, which can be anything.
func TestFunctionOfAnyShape(t *testing.T) {
	t.Parallel()
	type input struct {
		Values map[string]any `json:"values"`
	}
	fn, err := tools.Func("put", "Puts values.", func(context.Context, input) (string, error) { return "", nil })
	if err != nil {
		t.Fatal(err)
	}
	set, err := tools.NewSet(fn)
	if err != nil {
		t.Fatal(err)
	}
	findings, err := lint.Check(set)
	if err != nil {
		t.Fatal(err)
	}
	same(t, findings, "openai warning strict")
}
