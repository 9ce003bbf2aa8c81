package lint_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/agentsdk-go/airbyte/cmd/airbyte-agent/internal/lint"
)

func TestGrouped(t *testing.T) {
	t.Parallel()
	findings := []lint.Finding{
		{Provider: "any", Severity: lint.Warning, Rule: "tools/count", Message: "many"},
		{Provider: "openai", Tool: "a", Severity: lint.Warning, Rule: "length", Message: "a is long"},
		{Provider: "azure-openai", Tool: "a", Severity: lint.Error, Rule: "length", Message: "a is too long"},
		{Provider: "openai", Tool: "b", Severity: lint.Error, Rule: "length", Message: "b is far too long"},
		{Provider: "azure-openai", Tool: "b", Severity: lint.Error, Rule: "length", Message: "b is too long"},
	}
	want := []lint.Group{
		{
			Provider: "azure-openai", Severity: lint.Error, Rule: "length", Message: "a is too long", Count: 2,
			Tools: []lint.Instance{{Tool: "a"}, {Tool: "b", Message: "b is too long"}},
		},
		{
			Provider: "openai", Severity: lint.Error, Rule: "length", Message: "b is far too long", Count: 1,
			Tools: []lint.Instance{{Tool: "b"}},
		},
		{Provider: "any", Severity: lint.Warning, Rule: "tools/count", Message: "many", Count: 1},
		{
			Provider: "openai", Severity: lint.Warning, Rule: "length", Message: "a is long", Count: 1,
			Tools: []lint.Instance{{Tool: "a"}},
		},
	}
	if diff := cmp.Diff(want, lint.Grouped(findings)); diff != "" {
		t.Errorf("groups (-want +got):\n%s", diff)
	}
	if got := lint.Grouped(nil); got == nil || len(got) != 0 {
		t.Errorf("no findings: got %#v, want an empty list", got)
	}
}
