package platform_test

import (
	"context"
	"encoding/json"
	"fmt"

	"github.com/agentsdk-go/airbyte/platform"
)

func ExampleClient_Connectors() {
	client, stop := exampleClient(map[string]string{
		"GET /api/v1/integrations/connectors": `{"data":[{"id":"con-1","name":"Pylon - default",
			"summarized_source_template":{"name":"Pylon","connector_name":"pylon"}}]}`,
	})
	defer stop()

	connectors, err := client.Connectors(context.Background(), platform.ConnectorQuery{WorkspaceName: "default"})
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, c := range connectors {
		fmt.Println(c.ID, c.Name, c.Template.ConnectorName)
	}
	// Output: con-1 Pylon - default pylon
}

func ExampleClient_CreateConnector() {
	client, stop := exampleClient(map[string]string{
		"POST /api/v1/integrations/connectors":            `{"id":"con-1","name":"Pylon - default"}`,
		"POST /api/v1/integrations/connectors/{id}/check": `{"status":"succeeded"}`,
	})
	defer stop()
	ctx := context.Background()

	connector, err := client.CreateConnector(ctx, platform.CreateConnectorRequest{
		WorkspaceName: "default",
		ConnectorType: "Pylon",
		Credentials:   json.RawMessage(`{"api_token":"my-pylon-token"}`),
	})
	if err != nil {
		fmt.Println(err)
		return
	}
	check, err := client.CheckConnector(ctx, connector.ID)
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(connector.ID, check.Status)
	// Output: con-1 succeeded
}

func ExampleClient_CheckNewConnector() {
	client, stop := exampleClient(map[string]string{
		"POST /api/v1/integrations/connectors/check": `{"status":"failed","error_message":"the token was refused"}`,
	})
	defer stop()

	check, err := client.CheckNewConnector(context.Background(), platform.CreateConnectorRequest{
		WorkspaceName: "default",
		ConnectorType: "Pylon",
		Credentials:   json.RawMessage(`{"api_token":"my-pylon-token"}`),
	})
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(check.Status, check.ErrorMessage)
	// Output: failed the token was refused
}

func ExampleClient_UpdateConnector() {
	client, stop := exampleClient(map[string]string{
		"PUT /api/v1/integrations/connectors/{id}": `{"id":"con-1","name":"Support"}`,
	})
	defer stop()

	connector, err := client.UpdateConnector(context.Background(), "con-1", platform.UpdateConnectorRequest{Name: "Support"})
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(connector.Name)
	// Output: Support
}

func ExampleClient_DeleteConnector() {
	client, stop := exampleClient(map[string]string{
		"DELETE /api/v1/integrations/connectors/{id}": `{"job_id":"job-7"}`,
	})
	defer stop()

	job, err := client.DeleteConnector(context.Background(), "con-1")
	fmt.Println(job, err)
	// Output: job-7 <nil>
}

func ExampleClient_InspectConnector() {
	client, stop := exampleClient(map[string]string{
		"GET /api/v1/integrations/connectors/{id}/inspect": `{"connector_id":"con-1","docs_skill_id":"connector-source:con-1"}`,
		"GET /api/v1/skills/docs": `{"metadata":{"id":"connector-source:con-1","title":"Pylon"},
			"content":[{"type":"heading","level":2,"text":"Entities"},{"type":"paragraph","text":"issues: list, get"}]}`,
	})
	defer stop()
	ctx := context.Background()

	inspection, err := client.InspectConnector(ctx, "con-1")
	if err != nil {
		fmt.Println(err)
		return
	}
	docs, err := client.SkillDocs(ctx, platform.SkillDocsRequest{ID: inspection.DocsSkillID})
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, block := range docs.Content {
		fmt.Println(block.Type, block.Text)
	}
	// Output:
	// heading Entities
	// paragraph issues: list, get
}

func ExampleClient_SearchSkills() {
	client, stop := exampleClient(map[string]string{
		"GET /api/v1/skills/search": `{"data":[{"id":"connector-source:con-1","title":"Pylon"}],"next_cursor":null}`,
	})
	defer stop()

	for skill, err := range client.SearchSkills(context.Background(), "support tickets", platform.SkillQuery{}) {
		if err != nil {
			fmt.Println(err)
			return
		}
		fmt.Println(skill.ID, skill.Title)
	}
	// Output: connector-source:con-1 Pylon
}
