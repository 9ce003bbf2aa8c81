package request_test

import (
	"encoding/json"
	"fmt"

	"github.com/agentsdk-go/airbyte/internal/direct/request"
	"github.com/agentsdk-go/airbyte/internal/manifest"
)

func ExampleBuilder_Build() {
	builder, err := request.Compile(&manifest.Operation{
		Action: "update", Method: "PATCH", Path: "/issues/{id}",
		Parameters: []manifest.Parameter{
			{Name: "id", In: "path", Type: "string", Required: true},
			{Name: "notify", In: "query", Type: "boolean"},
			{Name: "state", In: "body", Type: "string"},
			{Name: "assignee_id", In: "body", Type: "string", Nullable: true},
		},
		Body: &manifest.Body{Kind: manifest.BodyJSON, MediaType: "application/json"},
	}, request.Options{})
	if err != nil {
		fmt.Println(err)
		return
	}
	req, err := builder.Build(json.RawMessage(`{"id": "a/1", "state": "closed", "assignee_id": null, "notify": true}`), nil)
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(req.Method, req.Path+"?"+req.Query)
	fmt.Println(string(req.Body))

	_, err = builder.Build(json.RawMessage(`{"state": "closed"}`), nil)
	fmt.Println(err)
	// Output:
	// PATCH /issues/a%2F1?notify=true
	// {"state":"closed","assignee_id":null}
	// missing required parameter "id"
}
