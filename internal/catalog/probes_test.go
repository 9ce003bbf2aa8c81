package catalog_test

import (
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/agentsdk-go/airbyte/internal/manifest"
)

// A check of the connector has nobody to ask, so what a list needs is in the
// manifest. The type of a custom object is the customer's own choice.
func TestChecksKnowWhatListsNeed(t *testing.T) {
	t.Parallel()
	var open []string
	each(pylon(t), func(name string, op manifest.Operation) {
		if op.Action != "list" {
			return
		}
		for _, p := range op.AsDirect().Parameters {
			if p.Required && len(p.Default) == 0 && p.Probe == "" && p.Parent == nil {
				open = append(open, name+" "+p.Name)
			}
		}
	})
	if diff := cmp.Diff([]string{"custom_objects.list type"}, open); diff != "" {
		t.Errorf("not known (-want +got):\n%s", diff)
	}
}

func TestParentsHaveTheKey(t *testing.T) {
	t.Parallel()
	entities := pylon(t).Entities
	each(pylon(t), func(name string, op manifest.Operation) {
		for _, p := range op.Parameters {
			if p.Parent == nil {
				continue
			}
			i := slices.IndexFunc(entities, func(e manifest.Entity) bool { return e.Name == p.Parent.Entity })
			if p.In != "path" || i < 0 || !hasPath(t, entities[i].Schema, p.Parent.Key) {
				t.Errorf("%s: %s in %s has the parent %v", name, p.Name, p.In, *p.Parent)
			}
		}
	})
}
