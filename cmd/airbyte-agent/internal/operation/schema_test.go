package operation_test

import (
	"testing"

	"github.com/agentsdk-go/airbyte/cmd/airbyte-agent/internal/operation"
)

func TestSchemaKeepsTheOrderOfTheParameters(t *testing.T) {
	t.Parallel()
	o := operation.Operation{
		Short: "Run.",
		Long:  "Run a\n< b.\n\nMore.",
		Params: []operation.Param{
			{Name: "z", Type: operation.String, Required: true, Description: "last letter"},
			{Name: "a", Type: operation.Integer, Default: "20"},
		},
		Example: "  run\n  run again",
		API:     &operation.API{Method: "GET", Path: "/api/v1/things"},
	}
	got, err := o.Schema()
	const want = `{"description":"Run a < b.\n\nMore.","params":{"z":{"type":"string","required":true,"description":"last letter"},` +
		`"a":{"type":"integer","required":false,"description":"","default":"20"}},"examples":"run\nrun again","api":{"method":"GET","path":"/api/v1/things"}}`
	if err != nil || string(got) != want {
		t.Errorf("got %s, %v\nwant %s", got, err, want)
	}
}
