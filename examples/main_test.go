package examples_test

import (
	"log"
	"os"
	"testing"

	"github.com/agentsdk-go/airbyte/connector"
	"github.com/agentsdk-go/airbyte/internal/testenv"
	"github.com/agentsdk-go/airbyte/sandbox"
)

// TestMain gives the examples of the README what a reader's machine has: the
// credentials of both modes, here of a sandbox.
func TestMain(m *testing.M) {
	testenv.Clear()
	box, err := sandbox.Start()
	if err != nil {
		log.Fatal(err)
	}
	for name, value := range map[string]string{
		"AIRBYTE_CLIENT_ID": sandbox.ClientID, "AIRBYTE_CLIENT_SECRET": sandbox.ClientSecret, "AIRBYTE_API_HOST": box.PlatformURL(),
		"PYLON_API_TOKEN": sandbox.PylonToken, "PYLON_API_HOST": box.PylonURL(),
	} {
		if err := os.Setenv(name, value); err != nil {
			log.Fatal(err)
		}
	}
	if conn, err = connector.Connect(ctx, "pylon", ""); err != nil {
		log.Fatal(err)
	}
	os.Exit(m.Run())
}
