package langchaingo_test

import (
	"testing"

	"github.com/agentsdk-go/airbyte/connector"
	"github.com/agentsdk-go/airbyte/internal/golden"
	"github.com/agentsdk-go/airbyte/tools"
	"github.com/agentsdk-go/airbyte/tools/langchaingo"
)

// pylonSet holds the execute tool of the hosted Pylon connector, without a server behind it.
func pylonSet(t *testing.T) *tools.Set {
	t.Helper()
	conn, err := connector.Connect(t.Context(), "pylon", "default",
		connector.WithConnectorID("00000000-0000-0000-0000-000000000001"), connector.WithCredentials("id", "secret"))
	if err != nil {
		t.Fatal(err)
	}
	set, err := tools.New(conn)
	if err != nil {
		t.Fatal(err)
	}
	return set
}

func TestPylonDescriptions(t *testing.T) {
	t.Parallel()
	set := pylonSet(t)
	for name, budget := range map[string]int{"pylon_description.txt": 1024, "pylon_description_unlimited.txt": 0} {
		tool := langchaingo.ToolsWith(set, langchaingo.WithDescriptionBudget(budget))[0]
		golden.Check(t, name, tool.Description()+"\n")
	}
}
