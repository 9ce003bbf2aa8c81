// Create-connector creates a Pylon connector in a workspace, as the web app or
// the authentication page's curl example does, checks it and deletes it again.
//
//	PYLON_API_TOKEN=… go run ./examples/create-connector
package main

import (
	"cmp"
	"context"
	"encoding/json"
	"fmt"
	"log"
	"os"

	"github.com/agentsdk-go/airbyte/platform"
	"github.com/agentsdk-go/airbyte/sandbox"
)

func main() {
	stop, err := sandbox.Fallback(os.Stdout) // offline unless credentials are set; delete it in your program
	if err != nil {
		log.Fatal(err)
	}
	defer stop()
	if err := run(context.Background()); err != nil {
		log.Fatal(err)
	}
}

func run(ctx context.Context) error {
	client, err := platform.New() // AIRBYTE_CLIENT_ID, AIRBYTE_CLIENT_SECRET
	if err != nil {
		return err
	}
	defer client.Close()

	token := cmp.Or(os.Getenv("PYLON_API_TOKEN"), "made-up-token")
	credentials, err := json.Marshal(map[string]string{"api_token": token})
	if err != nil {
		return err
	}
	created, err := client.CreateConnector(ctx, platform.CreateConnectorRequest{
		WorkspaceName: cmp.Or(os.Getenv("AIRBYTE_WORKSPACE"), "default"),
		ConnectorType: "Pylon",
		Name:          "Pylon from Go",
		Credentials:   credentials,
	})
	if err != nil {
		return err
	}
	fmt.Printf("created %q\n", created.Name)

	// The platform does not try the credentials when it creates a connector.
	check, err := client.CheckConnector(ctx, created.ID)
	if err != nil {
		return err
	}
	fmt.Printf("check %s %s\n", check.Status, check.ErrorMessage)

	if _, err := client.DeleteConnector(ctx, created.ID); err != nil {
		return err
	}
	fmt.Println("deleted it again")
	return nil
}
