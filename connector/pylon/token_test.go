package pylon_test

import (
	"testing"

	"github.com/agentsdk-go/airbyte/connector"
	"github.com/agentsdk-go/airbyte/connector/pylon"
	"github.com/agentsdk-go/airbyte/sandbox"
)

// The environment belongs to the process, so this test is not parallel.
func TestTokenFromTheEnvironment(t *testing.T) {
	t.Setenv(pylon.TokenVariable, sandbox.PylonToken)
	box := sandbox.Test(t)
	conn, err := pylon.Open(pylon.Auth{}, connector.WithBaseURL(box.PylonURL()))
	if err != nil {
		t.Fatal(err)
	}
	if _, err := conn.Me.Get(t.Context()); err != nil {
		t.Error(err)
	}
	if got := (pylon.Auth{}).String(); got != `pylon.Auth{APIToken: unset, Region: ""}` {
		t.Errorf("got %s", got)
	}
}
