package mcp_test

import (
	"context"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/modelcontextprotocol/go-sdk/mcp"

	"github.com/agentsdk-go/airbyte/connector"
	"github.com/agentsdk-go/airbyte/tools"
)

// A tool is described as the worst of what it may do.
func TestAnnotations(t *testing.T) {
	t.Parallel()
	type hints struct{ readOnly, destructive, idempotent bool }
	allow := func(globs ...string) *tools.Set { return offline(t, tools.WithAllow(globs...)) }
	of := func(e connector.Effect) *tools.Set {
		return function(t, func(context.Context) (string, error) { return "", nil }, tools.WithEffect(e))
	}
	tests := []struct {
		name string
		set  *tools.Set
		want hints
	}{
		{"reads", allow("issues.get", "issues.list"), hints{true, false, true}},
		{"create adds", allow("issues.create"), hints{false, false, false}},
		{"update replaces", allow("issues.update"), hints{false, true, true}},
		{"delete", allow("issues.delete"), hints{false, true, true}},
		{"reads and a create", allow("issues.get", "issues.create"), hints{false, false, false}},
		{"create and update", allow("issues.create", "issues.update"), hints{false, true, false}},
		{"update and delete", allow("issues.update", "issues.delete", "*.list"), hints{false, true, true}},
		{"everything", offline(t), hints{false, true, false}},
		{"one action", offline(t, tools.WithAllow("issues.create"), tools.WithPerAction()), hints{false, false, false}},
		{"a function that reads", of(connector.Read), hints{true, false, true}},
		{"a function that writes, nobody knows how", of(connector.Write), hints{false, true, false}},
		{"a function that destroys", of(connector.Destroy), hints{false, true, false}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			res, err := connect(t, newServer(t, tt.set), inMemory, nil).ListTools(t.Context(), &mcp.ListToolsParams{})
			if err != nil {
				t.Fatal(err)
			}
			a := res.Tools[0].Annotations
			got := hints{a.ReadOnlyHint, *a.DestructiveHint, a.IdempotentHint}
			if diff := cmp.Diff(tt.want, got, cmp.AllowUnexported(hints{})); diff != "" || !*a.OpenWorldHint {
				t.Errorf("hints (-want +got):\n%s", diff)
			}
		})
	}
}
