package connector_test

import (
	"strings"
	"testing"

	"github.com/agentsdk-go/airbyte/connector"
)

// TestHintsOfAnOperationAreSaid holds that what a manifest advises of a single
// operation gets to whoever reads its description.
func TestHintsOfAnOperationAreSaid(t *testing.T) {
	t.Parallel()
	manifest := strings.Replace(listing("{}", "[]"), "x-airbyte-action: list",
		"x-airbyte-action: list\n      description: Lists rows.\n      x-airbyte-ai-hints: {when_to_use: The user asks for rows}", 1)
	m, err := connector.LoadManifest(strings.NewReader(manifest))
	if err != nil {
		t.Fatal(err)
	}
	if got, want := m.DirectEntities()[0].Actions[0].Description, "Lists rows. The user asks for rows"; got != want {
		t.Errorf("description = %q, want %q", got, want)
	}
}
