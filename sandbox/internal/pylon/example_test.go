package pylon_test

import (
	"encoding/json"
	"errors"
	"fmt"

	"github.com/agentsdk-go/airbyte/sandbox/internal/pylon"
)

func ExampleOrganization_Execute() {
	organization := pylon.NewOrganization(nil)

	reply, err := organization.Execute("me", "get", nil)
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(string(reply.Result))

	search := json.RawMessage(`{"query": {"filter": {"fuzzy": {"name": "bank"}}}, "fields": [["name"], ["domain"]]}`)
	reply, err = organization.Execute("accounts", "context_store_search", search)
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(string(reply.Result))

	_, err = organization.Execute("issues", "get", json.RawMessage(`{"id": 7}`))
	if refused, ok := errors.AsType[*pylon.Error](err); ok {
		fmt.Println(refused.Status, refused.Message)
	}
	// Output:
	// {"id":"6d497734-d4cc-4234-8425-8522cddf5bda","name":"Northlight Analytics","user":{"id":"9102d5b5-0f01-4913-abf9-defa91526e50"}}
	// {"data":[{"name":"Bluefinch Bank","domain":"bluefinch.example"}],"meta":{"has_more":false,"cursor":null,"took_ms":1}}
	// 404 Issue not found!
}
