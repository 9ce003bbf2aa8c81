package tools_test

import (
	"bytes"
	"context"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/agentsdk-go/airbyte/tools"
)

// operations lists what a tool says that it can call.
func operations(tool *tools.Tool) []string {
	var names []string
	for _, e := range tool.Entities() {
		for _, a := range e.Actions {
			names = append(names, e.Name+"."+a.Name)
		}
	}
	return names
}

func TestEntities(t *testing.T) {
	t.Parallel()
	conn := offline(t)
	allow := tools.WithAllow("tags.get", "tags.update", "teams.get")
	type call struct {
		Entity string `json:"entity"`
		Action string `json:"action"`
	}
	pass, err := tools.Func("pass", "Passes on.", func(context.Context, call) (string, error) { return "", nil },
		tools.WithCapabilities(conn), allow, tools.WithReadOnly())
	if err != nil {
		t.Fatal(err)
	}
	plain, err := tools.Func("plain", "A function.", func(context.Context, call) (string, error) { return "", nil })
	if err != nil {
		t.Fatal(err)
	}
	perAction := newSet(t, conn, allow, tools.WithPerAction()).Tools()
	tests := []struct {
		name      string
		tool      *tools.Tool
		connector string
		want      []string
	}{
		{"execute", newSet(t, conn, allow).Tools()[0], "pylon", []string{"teams.get", "tags.get", "tags.update"}},
		{"execute, read only", newSet(t, conn, allow, tools.WithReadOnly()).Tools()[0], "pylon", []string{"teams.get", "tags.get"}},
		{"per action", perAction[len(perAction)-1], "pylon", []string{"tags.update"}},
		{"function with capabilities", pass, "pylon", []string{"teams.get", "tags.get"}},
		{"plain function", plain, "", nil},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			if diff := cmp.Diff(tt.want, operations(tt.tool)); diff != "" {
				t.Errorf("operations (-want +got):\n%s", diff)
			}
			if got := tt.tool.Connector(); got != tt.connector {
				t.Errorf("connector %q, want %q", got, tt.connector)
			}
		})
	}
}

// A caller that reorders or cuts the list does not change the tool's.
func TestEntitiesIsACopy(t *testing.T) {
	t.Parallel()
	tool := newSet(t, offline(t), tools.WithAllow("tags.get", "teams.get")).Tools()[0]
	want := operations(tool)
	list := tool.Entities()
	list[0], list[1] = list[1], list[0]
	if diff := cmp.Diff(want, operations(tool)); diff != "" {
		t.Errorf("operations after a caller changed its list (-want +got):\n%s", diff)
	}
}

func TestEntitySchema(t *testing.T) {
	t.Parallel()
	conn := offline(t)
	tool := newSet(t, conn, tools.WithAllow("tags.*")).Tools()[0]
	want, _ := conn.EntitySchema("tags")
	got, ok := tool.EntitySchema("tags")
	if !ok || len(got) == 0 || !bytes.Equal(got, want) {
		t.Errorf("schema of tags is %s, want %s", got, want)
	}
	got[0] = '!'
	if again, _ := tool.EntitySchema("tags"); !bytes.Equal(again, want) {
		t.Error("a caller can change the connector's schema")
	}
	if schema, ok := tool.EntitySchema("teams"); ok {
		t.Errorf("an entity that the policy leaves out has the schema %s", schema)
	}
}
