package tools_test

import (
	"bytes"
	"encoding/json"
	"testing"

	"github.com/agentsdk-go/airbyte/connector"
	"github.com/agentsdk-go/airbyte/sandbox"
	"github.com/agentsdk-go/airbyte/tools"
)

// connect returns a connector to a sandbox of the test's own.
func connect(t *testing.T, opts ...connector.Option) (*sandbox.Sandbox, *connector.Connector) {
	t.Helper()
	box := sandbox.Test(t)
	conn, err := connector.Connect(t.Context(), "pylon", sandbox.Workspace, append([]connector.Option{
		connector.WithBaseURL(box.PlatformURL()),
		connector.WithCredentials(sandbox.ClientID, sandbox.ClientSecret),
		connector.WithRetries(0),
	}, opts...)...)
	if err != nil {
		t.Fatal(err)
	}
	return box, conn
}

// offline returns a connector that is never called.
func offline(t *testing.T) *connector.Connector {
	t.Helper()
	conn, err := connector.Connect(t.Context(), "pylon", sandbox.Workspace,
		connector.WithConnectorID(sandbox.ConnectorID), connector.WithCredentials("id", "secret"))
	if err != nil {
		t.Fatal(err)
	}
	return conn
}

func newSet(t *testing.T, conn *connector.Connector, opts ...tools.Option) *tools.Set {
	t.Helper()
	set, err := tools.New(conn, opts...)
	if err != nil {
		t.Fatal(err)
	}
	return set
}

// definition is a tool as a reviewer wants to read it.
func definition(t *testing.T, tool *tools.Tool) string {
	t.Helper()
	var schema bytes.Buffer
	if err := json.Indent(&schema, tool.Schema(), "", "  "); err != nil {
		t.Fatal(err)
	}
	return "name: " + tool.Name() + "\neffect: " + string(tool.Effect()) + "\n\n" + tool.Description() + "\n\n" + schema.String() + "\n"
}
