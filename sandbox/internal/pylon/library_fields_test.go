package pylon_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"
)

// TestWorkCarriesCustomFields defines a field for each kind of record first: the
// organization is seeded with none for them.
func TestWorkCarriesCustomFields(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	project := "/projects/" + d.o.IDs("projects")[0]
	calls := "/call-recordings/" + d.first("POST /call-recordings/search")
	for _, c := range []struct{ object, call string }{
		{"task", "PATCH /tasks/" + d.o.IDs("tasks")[0]}, {"project", "PATCH " + project}, {"meeting", "PATCH " + calls},
	} {
		d.call("POST /custom-fields", object{"label": "Effort", "slug": "effort", "object_type": c.object, "type": "number"})
		got := d.record(c.call, object{"custom_fields": []object{{"slug": "effort", "value": "8"}}})
		if diff := cmp.Diff(object{"effort": object{"value": "8"}}, got["custom_fields"]); diff != "" {
			t.Errorf("%s (-want +got):\n%s", c.object, diff)
		}
		if refused := d.refuse(c.call, object{"custom_fields": []object{{"slug": "effort", "value": "lots"}}}); refused.Status != 400 {
			t.Errorf("%s with a wrong value = %v", c.object, refused)
		}
		if got := d.record(c.call, object{"custom_fields": []object{}})["custom_fields"]; len(got.(object)) != 1 {
			t.Errorf("%s after a write without fields = %v", c.object, got)
		}
	}
	created := d.record("POST /tasks", object{"title": "New", "custom_fields": []object{{"slug": "effort", "value": "13"}}, "unheard_of": true})
	byEffort := object{"filter": object{"field": "effort", "operator": "greater_than", "value": "8"}}
	if rows := d.records("POST /tasks/search", byEffort); len(rows) != 1 || rows[0]["id"] != created["id"] {
		t.Errorf("tasks of more than 8 = %v", rows)
	}
	byEffort["filter"].(object)["operator"] = "less_than_or_equals"
	if rows := d.records("POST /projects/search", byEffort); len(rows) != 1 || "/projects/"+rows[0]["id"].(string) != project {
		t.Errorf("projects of at most 8 = %v", rows)
	}
}
