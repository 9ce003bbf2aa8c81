package catalog_test

import (
	"encoding/json"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/agentsdk-go/airbyte/internal/manifest"
)

func TestRelationshipsLeadSomewhere(t *testing.T) {
	t.Parallel()
	schemas := map[string]json.RawMessage{}
	for _, entity := range pylon(t).Entities {
		schemas[entity.Name] = entity.Schema
	}
	for _, entity := range pylon(t).Entities {
		for _, r := range entity.Relationships {
			target, ok := schemas[r.Target]
			if !ok {
				t.Errorf("%s: target %q is no entity", entity.Name, r.Target)
				continue
			}
			if !hasPath(t, target, r.TargetKey) {
				t.Errorf("%s: %s has no key %q", entity.Name, r.Target, r.TargetKey)
			}
			if !hasPath(t, entity.Schema, r.ForeignKey) {
				t.Errorf("%s: no key %q", entity.Name, r.ForeignKey)
			}
		}
	}
}

func TestMessagesBelongToIssues(t *testing.T) {
	t.Parallel()
	entities := pylon(t).Entities
	i := slices.IndexFunc(entities, func(e manifest.Entity) bool { return e.Name == "messages" })
	got := entities[i].Relationships[0]
	got.Description = ""
	want := manifest.Relationship{Target: "issues", ForeignKey: "id", TargetKey: "id", Cardinality: "many_to_one"}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("messages (-want +got):\n%s", diff)
	}
}
