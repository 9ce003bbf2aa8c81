package connector_test

import (
	"testing"

	"github.com/agentsdk-go/airbyte/connector"
	"github.com/agentsdk-go/airbyte/sandbox"
)

// options point a connector at a sandbox.
func options(box *sandbox.Sandbox, more ...connector.Option) []connector.Option {
	return append([]connector.Option{
		connector.WithBaseURL(box.PlatformURL()),
		connector.WithCredentials(sandbox.ClientID, sandbox.ClientSecret),
		connector.WithRetries(0),
	}, more...)
}

// connect returns a connector to a sandbox of the test's own.
func connect(t *testing.T, box *sandbox.Sandbox, more ...connector.Option) *connector.Connector {
	t.Helper()
	conn, err := connector.Connect(t.Context(), "pylon", sandbox.Workspace, options(box, more...)...)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := conn.Close(); err != nil {
			t.Error(err)
		}
	})
	return conn
}
