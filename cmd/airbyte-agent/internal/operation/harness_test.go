package operation_test

import (
	"bytes"
	"context"
	"encoding/json"
	"strings"
	"testing"

	"github.com/spf13/cobra"

	"github.com/agentsdk-go/airbyte/cmd/airbyte-agent/internal/app"
	"github.com/agentsdk-go/airbyte/cmd/airbyte-agent/internal/operation"
)

// example has a parameter of each type.
func example(run func(operation.Input)) operation.Operation {
	return operation.Operation{
		Name:  "run",
		Short: "Run an example.",
		Local: operation.Always,
		Params: []operation.Param{
			{Name: "name", Type: operation.String, Required: true, Description: "its name"},
			{Name: "dry_run", Type: operation.Boolean, Description: "only try"},
			{Name: "limit", Type: operation.Integer, Description: "the most", Default: "20"},
			{Name: "ratio", Type: operation.Number},
			{Name: "tags", Type: operation.Array},
			{Name: "params", Type: operation.Object},
			{Name: "kind", Type: operation.String, Enum: []string{"a", "b"}},
			{Name: "entity", Type: operation.String, AllowEmpty: true},
			{Name: "credentials", Type: operation.Object, Secret: true},
			{Name: "token", Type: operation.String, Secret: true},
		},
		Run: func(_ context.Context, in operation.Input) (json.RawMessage, error) {
			run(in)
			return json.RawMessage(`{"ok":true}`), nil
		},
	}
}

// invoke runs an operation with arguments and returns what it wrote.
func invoke(t *testing.T, o operation.Operation, stdin string, args ...string) (out string, err error) {
	t.Helper()
	var stdout, stderr bytes.Buffer
	a := &app.App{In: strings.NewReader(stdin), Out: &stdout, Err: &stderr}
	root := &cobra.Command{Use: "root", SilenceErrors: true, SilenceUsage: true}
	root.AddCommand(operation.Group{Name: "things", Operations: []operation.Operation{o}}.Command(a))
	root.SetArgs(append([]string{"things", o.Name}, args...))
	root.SetOut(&stdout)
	root.SetErr(&stderr)
	err = root.ExecuteContext(t.Context())
	if stderr.Len() > 0 {
		t.Errorf("standard error: %s", &stderr)
	}
	return stdout.String(), err
}
