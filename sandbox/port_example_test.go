package sandbox_test

import (
	"fmt"
	"log"
	"strings"

	"github.com/agentsdk-go/airbyte/sandbox"
)

// A fixed port keeps the addresses the same from run to run.
func ExampleWithPort() {
	box, err := sandbox.Start(sandbox.WithPort(0)) // 0 here, so that the example finds a free one
	if err != nil {
		log.Fatal(err)
	}
	defer box.Close()
	fmt.Println(strings.HasPrefix(box.PlatformURL(), "http://127.0.0.1:"))
	// Output: true
}

// The variables are for a program that is started with them.
func ExampleSandbox_Environ() {
	box, err := sandbox.Start()
	if err != nil {
		log.Fatal(err)
	}
	defer box.Close()
	for _, variable := range box.Environ() {
		name, _, _ := strings.Cut(variable, "=")
		fmt.Println(name)
	}
	// Output:
	// AIRBYTE_CLIENT_ID
	// AIRBYTE_CLIENT_SECRET
	// AIRBYTE_ORGANIZATION_ID
	// AIRBYTE_WORKSPACE
	// AIRBYTE_API_HOST
	// AIRBYTE_KEYCLOAK_URL
	// AIRBYTE_WEBAPP_URL
	// PYLON_API_TOKEN
	// PYLON_API_HOST
	// OPENAI_API_KEY
	// OPENAI_BASE_URL
	// OPENAI_MODEL
}
